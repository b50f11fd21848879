import { EventTurns } from './event-turns.ts';

/** Everything that is ready to go on has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('turns of events', () => {
  const ending = new AbortController();
  /** Takes turns, and notes in `begun` whose begins. */
  function takers(turns: EventTurns, name: string, count: number, begun: string[]) {
    return Array.from({ length: count }, (_, i) => {
      const ended = new AbortController();
      const turn = turns.of(name, ended.signal);
      void turn.take().then(() => begun.push(`${name}${i}`));
      return { turn, ended };
    });
  }

  it('are so many of one line at once, in the order of coming, and others stand beside them', async () => {
    const begun: string[] = [];
    const turns = new EventTurns(2);
    const mine = takers(turns, 'a', 4, begun);
    takers(turns, 'b', 1, begun);
    await settled();
    expect(begun).toEqual(['a0', 'a1', 'b0']);
    mine[1]?.turn.end();
    await settled();
    expect(begun.slice(3)).toEqual(['a2']);
    // Ended twice is ended once.
    mine[1]?.turn.end();
    await settled();
    expect(begun.slice(4)).toEqual([]);
    for (const { turn } of mine) turn.end();
    await settled();
    expect(begun.slice(4)).toEqual(['a3']);
    mine[3]?.turn.end();
    takers(turns, 'a', 3, begun);
    await settled();
    expect(begun.slice(5)).toEqual(['a0', 'a1']);
  });

  it('are held until they end, however often they are taken', async () => {
    const turns = new EventTurns(1);
    const [one, other] = [turns.of('a', ending.signal), turns.of('a', ending.signal)];
    await one.take();
    await one.take();
    let isNext = false;
    void other.take().then(() => (isNext = true));
    await settled();
    expect(isNext).toBe(false);
    one.end();
    await settled();
    expect(isNext).toBe(true);
  });

  it('are not waited for by whom nobody listens to any more, nor given to them', async () => {
    const begun: string[] = [];
    const turns = new EventTurns(1);
    const [first, gone, last] = takers(turns, 'a', 3, begun);
    await settled();
    gone?.ended.abort();
    await settled();
    expect(begun).toEqual(['a0', 'a1']);
    gone?.turn.end();
    await settled();
    expect(begun.slice(2)).toEqual([]);
    first?.turn.end();
    await settled();
    expect(begun.slice(2)).toEqual(['a2']);
    first?.ended.abort();
    last?.turn.end();
    // Who ended before it asked has no turn either.
    await first?.turn.take();
    takers(turns, 'a', 1, begun);
    await settled();
    expect(begun.slice(3)).toEqual(['a0']);
  });
});
