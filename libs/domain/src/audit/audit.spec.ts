import { AUDIT_WINDOW_KEYS, AUDIT_WINDOW_MS, auditWindow, noteRepeat, windowIsOver } from './audit.ts';

describe('a window of the audit trail', () => {
  it('tells a thing once and counts its repeats', () => {
    const window = auditWindow(0);
    expect([noteRepeat(window, 'a'), noteRepeat(window, 'a'), noteRepeat(window, 'b'), noteRepeat(window, 'a')]).toEqual([true, false, true, false]);
    expect([...window.repeats]).toEqual([['a', 2], ['b', 0]]);
  });

  it('tells at most so many things apart, and counts the rest together', () => {
    const window = auditWindow(0);
    const told = Array.from({ length: AUDIT_WINDOW_KEYS + 50 }, (_, i) => noteRepeat(window, `key ${i}`));
    expect(told.filter(Boolean)).toHaveLength(AUDIT_WINDOW_KEYS);
    expect([window.repeats.size, window.others]).toEqual([AUDIT_WINDOW_KEYS, 50]);
    // What has a place keeps it.
    expect([noteRepeat(window, 'key 0'), window.repeats.get('key 0'), window.others]).toEqual([false, 1, 50]);
  });

  it('ends after its time', () => {
    expect([AUDIT_WINDOW_MS - 1, AUDIT_WINDOW_MS].map((now) => windowIsOver(auditWindow(0), now))).toEqual([false, true]);
  });
});
