/** So long one piece of work keeps the process to itself. */
export const SLICE_MS = 8;

/** Who goes on next; one each time that the process has looked after everybody else. */
const waiting: (() => void)[] = [];
let isTurning = false;

/** Resolves when the process has looked after everybody else. */
export function turn(): Promise<void> {
  return new Promise((begin) => {
    waiting.push(begin);
    if (isTurning) return;
    isTurning = true;
    setImmediate(next);
  });
}

function next(): void {
  const begin = waiting.shift();
  isTurning = begin !== undefined;
  if (!begin) return;
  begin();
  setImmediate(next);
}

/** Does long work in slices of a few milliseconds, by turns with all other such work: however much of it there is, others are answered in between. */
export async function inSlices<Result>(steps: Generator<void, Result>): Promise<Result> {
  for (;;) {
    await turn();
    for (const began = performance.now(); performance.now() - began < SLICE_MS;) {
      const step = steps.next();
      if (step.done) return step.value;
    }
  }
}
