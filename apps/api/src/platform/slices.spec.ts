import { inSlices } from './slices.ts';

/** Keeps the process busy for some milliseconds, step by step. */
function* busy(ms: number): Generator<void, number> {
  let worked = 0;
  while (worked < ms) {
    const began = performance.now();
    while (performance.now() - began < 1);
    worked += performance.now() - began;
    yield;
  }
  return worked;
}

it('much work at once lets others be served after each slice of one of it', async () => {
  let served = 0;
  let isDone = false;
  const serve = (): void => {
    served += 1;
    if (!isDone) setImmediate(serve);
  };
  setImmediate(serve);
  const worked = await Promise.all(Array.from({ length: 10 }, () => inSlices(busy(80))));
  isDone = true;
  // One slice is 8 ms, and one long step may go over it.
  expect(served).toBeGreaterThan(worked.reduce((sum, ms) => sum + ms, 0) / 80);
  expect(served).toBeGreaterThanOrEqual(50);
});

it('what goes wrong in a slice is told to who asked, and the next goes on', async () => {
  const broken = inSlices(
    (function* (): Generator<void, void> {
      yield;
      throw new Error('broken');
    })(),
  );
  await expect(broken).rejects.toThrow('broken');
  expect(await inSlices(busy(1))).toBeGreaterThan(0);
});
