import { plainText } from '../text.ts';

export const TICKET_KINDS = ['EPIC', 'STORY', 'TASK', 'BUG', 'SPIKE', 'EXPERIMENT'] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];

/** Whether work of this kind is proven by runs of its own: epics and stories are by what they consist of. */
export const isProvenByRuns = (kind: TicketKind): boolean => kind !== 'EPIC' && kind !== 'STORY';

/** Where in a model's life the work belongs. */
export const LIFECYCLE_STAGES = ['DATA', 'PREPROCESSING', 'TRAINING', 'EVALUATION', 'DEPLOYMENT', 'MONITORING'] as const;
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number];

export const TICKET_TITLE_MAX = 250;
export const TICKET_DESCRIPTION_MAX = 50_000;
/** So many are changed by one act: it is done before a person wonders, and all of it can be taken back. */
export const TICKETS_AT_ONCE = 200;
export const LABELS_EACH_TICKET = 20;
/** Points a ticket may carry: 0 to 1000 in halves. */
export const POINTS_MAX = 1000;

/** Whether a number is an estimate in points. */
export const isPoints = (value: number): boolean => value >= 0 && value <= POINTS_MAX && Number.isInteger(value * 2);

/** The estimate that a person typed; null for nothing, undefined for what is none. Full-width digits count, and 2,5 is 2.5. */
export function pointsIn(typed: string): number | null | undefined {
  const text = plainText(typed).replace(/,(?=\d$)/, '.');
  if (text === '') return null;
  const points = /^[\d.]+$/.test(text) ? Number(text) : Number.NaN;
  return isPoints(points) ? points : undefined;
}

/** A title as it is kept: in one line. Line by line, as a pattern over the whole would take minutes for a pasted desert of spaces. */
export const titleOf = (typed: string): string =>
  typed
    .split(/[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');

/** Characters that a title has too many; 0 where it fits. */
export const titleExcess = (typed: string): number => Math.max(0, titleOf(typed).length - TICKET_TITLE_MAX);
