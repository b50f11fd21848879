import { isShownBefore, type ShownRun } from './shown-run.ts';

const run = (number: number, state: ShownRun['state'], minute = number): ShownRun => ({ number, state, queuedAt: new Date(Date.UTC(2026, 0, 1, 0, minute)) });

describe('a card shows', () => {
  it.each<[string, ShownRun, ShownRun]>([
    ['the one that trains before a newer one that waits', run(1, 'RUNNING'), run(2, 'QUEUED')],
    ['the one that starts before a newer one that has ended', run(1, 'STARTING'), run(2, 'SUCCEEDED')],
    ['a newer one that has ended before one that waits for an engine nobody has', run(2, 'SUCCEEDED'), run(1, 'QUEUED')],
    ['a newer one that waits before one that has ended', run(2, 'QUEUED'), run(1, 'SUCCEEDED')],
    ['an old one that was queued again before one queued in between', run(1, 'QUEUED', 9), run(2, 'FAILED', 5)],
    ['of two that train the newer', run(2, 'RUNNING'), run(1, 'RUNNING')],
    ['of two queued at the same time the one with the higher number', run(2, 'QUEUED', 1), run(1, 'QUEUED', 1)],
  ])('%s', (_, first, second) => {
    expect([isShownBefore(first, second), isShownBefore(second, first)]).toEqual([true, false]);
  });

  it.each(['QUEUED', 'RUNNING', 'FAILED'] as const)('no run before itself: %s', (state) => {
    expect(isShownBefore(run(1, state), run(1, state))).toBe(false);
  });

  it('the same whether times come as dates or as text', () => {
    const text = { ...run(2, 'QUEUED'), queuedAt: '2026-01-01T00:02:00.000Z' };
    expect([isShownBefore(text, run(1, 'FAILED')), isShownBefore(run(1, 'FAILED'), text)]).toEqual([true, false]);
  });
});
