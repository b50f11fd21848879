import { ApiAway, ApiRefusal } from './api-client.ts';
import { backoff, untilAnswered } from './retry.ts';

describe('backoff', () => {
  it.each([
    [0, 50, 100],
    [1, 100, 200],
    [3, 400, 800],
    [5, 1_000, 2_000],
    [1_000, 1_000, 2_000],
  ])('before try %i is between %i and %i ms', (tries, least, most) => {
    for (let i = 0; i < 200; i++) {
      const wait = backoff(tries);
      expect(wait).toBeGreaterThanOrEqual(least);
      expect(wait).toBeLessThanOrEqual(most);
    }
  });
});

describe('asking until there is an answer', () => {
  const { signal } = new AbortController();

  it('asks again while the api is away, and tells of each try', async () => {
    const away: number[] = [];
    let asked = 0;
    const answer = await untilAnswered(
      async () => {
        asked += 1;
        if (asked < 3) throw new ApiAway('not yet');
        return 'here';
      },
      { signal, onAway: (_, tries) => away.push(tries) },
    );
    expect([answer, away]).toEqual(['here', [1, 2]]);
  });

  it('ends with a refusal, with any other error, and with its signal', async () => {
    for (const error of [new ApiRefusal(409, 'NOT_CLAIMABLE', 'no'), new Error('odd')]) {
      let asked = 0;
      const asking = untilAnswered(
        () => {
          asked += 1;
          return Promise.reject(error);
        },
        { signal },
      );
      await expect(asking).rejects.toBe(error);
      expect(asked).toBe(1);
    }
    const ending = new AbortController();
    const waiting = untilAnswered(() => Promise.reject(new ApiAway('gone')), { signal: ending.signal, onAway: () => ending.abort() });
    await expect(waiting).rejects.toThrow('aborted');
  });
});
