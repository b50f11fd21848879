const QUEUE_REF = /^(?:refs\/heads\/)?gh-readonly-queue\/(.{1,255})\/pr-([1-9][0-9]{0,9})-([0-9a-f]{40,64})$/;

/** An entry of GitHub's merge queue, as the name of its branch tells it. */
export interface QueueEntry {
  targetBranch: string;
  /** The number of the change that the entry ends with. Those before it in the queue are in it too, and no event says which. */
  number: number;
  baseSha: string;
}

/** What a branch of the merge queue holds; null for any other branch. Its checks stand beside those of the change's own head. */
export function queueEntry(ref: string): QueueEntry | null {
  const [, targetBranch, number, baseSha] = QUEUE_REF.exec(ref) ?? [];
  return targetBranch === undefined ? null : { targetBranch, number: Number(number), baseSha: baseSha! };
}
