import { AUDIT_WINDOW_KEYS, AUDIT_WINDOW_KEYS_EACH, auditWindow, noteRepeat, windowIsOver } from './audit.ts';

describe('a window of the audit trail', () => {
  it('tells a thing once and counts its repeats', () => {
    const window = auditWindow(0);
    expect([noteRepeat(window, 'a', null), noteRepeat(window, 'a', null), noteRepeat(window, 'b', null), noteRepeat(window, 'a', null)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect([...window.repeats]).toEqual([
      ['a', 2],
      ['b', 0],
    ]);
  });

  it('tells at most so many things apart, and counts the rest together', () => {
    const window = auditWindow(0);
    const told = Array.from({ length: AUDIT_WINDOW_KEYS + 50 }, (_, i) => noteRepeat(window, `key ${i}`, null));
    expect(told.filter(Boolean)).toHaveLength(AUDIT_WINDOW_KEYS);
    expect([window.repeats.size, [...window.others]]).toEqual([AUDIT_WINDOW_KEYS, [[null, 50]]]);
    // What has a place keeps it.
    expect([noteRepeat(window, 'key 0', null), window.repeats.get('key 0'), window.others.get(null)]).toEqual([false, 1, 50]);
  });

  it('has places for each account, whatever strangers and others do', () => {
    const window = auditWindow(0);
    for (let i = 0; i < AUDIT_WINDOW_KEYS + 1; i++) noteRepeat(window, `stranger ${i}`, null);
    for (const account of ['li', 'bo']) {
      const told = Array.from({ length: AUDIT_WINDOW_KEYS_EACH + 2 }, (_, i) => noteRepeat(window, `${account} ${i}`, account));
      expect(told.filter(Boolean)).toHaveLength(AUDIT_WINDOW_KEYS_EACH);
    }
    expect([...window.others]).toEqual([
      [null, 1],
      ['li', 2],
      ['bo', 2],
    ]);
  });

  it('ends five minutes after it began', () => {
    const noon = Date.UTC(2026, 10, 29, 12);
    const after = (minutes: number, seconds: number): boolean => windowIsOver(auditWindow(noon), noon + (minutes * 60 + seconds) * 1_000);
    expect([after(4, 59), after(5, 0)]).toEqual([false, true]);
  });
});
