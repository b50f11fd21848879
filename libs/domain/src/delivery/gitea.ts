import { checkOutcome, newestOf, statusWords, type CheckRow } from './check.ts';

/**
 * State and conclusion from the `status` of a Gitea status (its field is not called `state`). What a warning is differs: up to 1.25 it lets a
 * change pass, later it fails. We show it apart from a success, and it fails where `warningFails`.
 */
export function giteaWords(status: string, warningFails = false): Pick<CheckRow, 'state' | 'conclusion'> {
  return statusWords(warningFails && status.toLowerCase() === 'warning' ? 'failure' : status);
}

/** The state that Gitea itself shows of a commit: of no statuses it says pending. */
export function giteaState(rows: readonly CheckRow[]): 'failure' | 'success' | 'pending' {
  const outcomes = newestOf(rows).map(checkOutcome);
  if (outcomes.includes('FAIL')) return 'failure';
  return outcomes.length > 0 && !outcomes.includes('PENDING') ? 'success' : 'pending';
}

/**
 * Whether a context has the name that is required, which may be a pattern with `*` and `?`. It goes back to the last star alone, so that no
 * pattern takes long. Other signs of patterns stand for themselves: such a check is expected for ever rather than passed by accident.
 */
export function giteaNames(required: string, context: string): boolean {
  let [at, spot] = [0, 0];
  let star: { at: number; spot: number } | null = null;
  while (spot < context.length) {
    if (required[at] === '*') {
      star = { at, spot };
      at += 1;
    } else if (at < required.length && (required[at] === '?' || required[at] === context[spot])) {
      at += 1;
      spot += 1;
    } else if (star) {
      star.spot += 1;
      [at, spot] = [star.at + 1, star.spot];
    } else return false;
  }
  while (required[at] === '*') at += 1;
  return at === required.length;
}
