import { createKeptSignal } from '../shell/kept-signal.ts';

/** What of a ticket's stream is shown. */
export const STREAM_FILTERS = ['ALL', 'COMMENTS', 'HISTORY'] as const;
export type StreamFilter = (typeof STREAM_FILTERS)[number];

/** As it was chosen last in this browser, for all tickets. */
const filter = createKeptSignal<StreamFilter>('trainyard.ticket-stream', (text) => STREAM_FILTERS.find((one) => one === text) ?? 'ALL', String);

export const useStreamFilter = filter.use;
export const chooseStream = filter.set;

interface Said {
  id: string;
  createdAt: string;
}
interface Happened {
  seq: number;
  entity: string;
  action: string;
  at: string;
}
/** As much of a list as has been read. */
interface Read<Node> {
  nodes: readonly Node[];
  hasMore: boolean;
}

export type StreamItem<Comment, Step> =
  | { kind: 'COMMENT'; comment: Comment }
  | { kind: 'STEP'; step: Step }
  /** Here the steps begin that have been read: earlier ones are missing before it. */
  | { kind: 'EARLIER_STEPS' }
  /** Here the comments end that have been read: later ones are missing behind it. */
  | { kind: 'LATER_COMMENTS' };

const timeOf = (at: string): number => Date.parse(at);

/**
 * What was said and what happened, oldest first. Comments are read from the first one on, steps from the last one back; where one of them has
 * not been read yet the stream says so in that place, so that nothing seems to follow what it does not follow.
 */
export function streamOf<Comment extends Said, Step extends Happened>(
  shown: StreamFilter,
  comments: Read<Comment>,
  history: Read<Step>,
): StreamItem<Comment, Step>[] {
  const said = shown === 'HISTORY' ? [] : comments.nodes.map((comment) => ({ at: timeOf(comment.createdAt), item: { kind: 'COMMENT' as const, comment } }));
  // a comment says itself that it was made, and that it was changed
  const isSaid = (step: Step): boolean => shown === 'ALL' && step.entity === 'COMMENT' && step.action !== 'DELETED';
  const steps = shown === 'COMMENTS' ? [] : history.nodes.toSorted((a, b) => a.seq - b.seq);
  const happened = steps.filter((step) => !isSaid(step)).map((step) => ({ at: timeOf(step.at), item: { kind: 'STEP' as const, step } }));

  const [oldest] = steps;
  const earlier =
    shown !== 'COMMENTS' && history.hasMore ? [{ at: oldest ? timeOf(oldest.at) : Number.NEGATIVE_INFINITY, item: { kind: 'EARLIER_STEPS' as const } }] : [];
  const last = comments.nodes.at(-1);
  const later =
    shown !== 'HISTORY' && comments.hasMore
      ? [{ at: last ? timeOf(last.createdAt) : Number.NEGATIVE_INFINITY, item: { kind: 'LATER_COMMENTS' as const } }]
      : [];
  // of the same moment: what was said, the end of what was said, where steps begin, what happened
  return [...said, ...later, ...earlier, ...happened].toSorted((a, b) => a.at - b.at).map(({ item }) => item);
}
