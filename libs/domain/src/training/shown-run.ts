import { isLive, type RunState } from './run-state.ts';

/** What decides which of a ticket's runs its card shows. */
export interface ShownRun {
  number: number;
  state: RunState;
  /** When its newest attempt was put in line. */
  queuedAt: Date | string;
}

/** Whether a card shows `a` rather than `b`: a live one first, else the one put in line last, waiting or ended. */
export function isShownBefore(a: ShownRun, b: ShownRun): boolean {
  if (isLive(a.state) !== isLive(b.state)) return isLive(a.state);
  const [queuedA, queuedB] = [new Date(a.queuedAt).getTime(), new Date(b.queuedAt).getTime()];
  return queuedA > queuedB || (queuedA === queuedB && a.number > b.number);
}
