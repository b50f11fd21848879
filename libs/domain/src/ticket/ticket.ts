import { plainText } from '../text.ts';

export const TICKET_KINDS = ['EPIC', 'STORY', 'TASK', 'BUG', 'SPIKE', 'EXPERIMENT', 'SUBTASK'] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];

/** Whether work of this kind is proven by runs of its own: epics and stories are by what they consist of. */
export const isProvenByRuns = (kind: TicketKind): boolean => kind !== 'EPIC' && kind !== 'STORY';

/** Where in a model's life the work belongs. */
export const LIFECYCLE_STAGES = ['DATA', 'PREPROCESSING', 'TRAINING', 'EVALUATION', 'DEPLOYMENT', 'MONITORING'] as const;
export type LifecycleStage = (typeof LIFECYCLE_STAGES)[number];

/** How urgent work is, the most urgent first. */
export const PRIORITIES = ['URGENT', 'HIGH', 'MEDIUM', 'LOW'] as const;
export type Priority = (typeof PRIORITIES)[number];

export const TICKET_TITLE_MAX = 250;
export const TICKET_DESCRIPTION_MAX = 50_000;
/** So many are changed by one act: it is done before a person wonders, and all of it can be taken back. */
export const TICKETS_AT_ONCE = 1_000;
/** What becomes of one of many that are changed at once. */
export const CHANGE_OUTCOMES = ['CHANGED', 'UNCHANGED', 'REFUSED'] as const;
export type ChangeOutcome = (typeof CHANGE_OUTCOMES)[number];
export const LABELS_EACH_TICKET = 20;
/** Points a ticket may carry: 0 to 1000 in halves. */
export const POINTS_MAX = 1000;

/** Whether a number is an estimate in points. */
export const isPoints = (value: number): boolean => value >= 0 && value <= POINTS_MAX && Number.isInteger(value * 2);

/** Hours on a device that a ticket may be estimated at: 0 to 100,000 in quarters. */
export const DEVICE_HOURS_MAX = 100_000;

/** Whether a number is an estimate in hours on a device. */
export const isDeviceHours = (value: number): boolean => value >= 0 && value <= DEVICE_HOURS_MAX && Number.isInteger(value * 4);

/** The estimate that a person typed; null for nothing, undefined for what is none. Full-width digits count, and 2,5 is 2.5. */
export const pointsIn = (typed: string): number | null | undefined => estimateIn(typed, /,(?=\d$)/, isPoints);
/** The same in hours: 1,25 is 1.25. */
export const deviceHoursIn = (typed: string): number | null | undefined => estimateIn(typed, /,(?=\d{1,2}$)/, isDeviceHours);

function estimateIn(typed: string, decimalComma: RegExp, is: (value: number) => boolean): number | null | undefined {
  const text = plainText(typed).replace(decimalComma, '.');
  if (text === '') return null;
  const value = /^[\d.]+$/.test(text) ? Number(text) : Number.NaN;
  return is(value) ? value : undefined;
}

/** The days between which a ticket is worked on: ISO texts such as 2026-01-05, which no time zone moves. */
export interface PlannedDays {
  startDate: string | null;
  dueDate: string | null;
}

/** Work is not due before it begins. */
export const areInOrder = ({ startDate, dueDate }: PlannedDays): boolean => startDate === null || dueDate === null || startDate <= dueDate;

/** It was due before `today`, and is not done. */
export const isOverdue = ({ dueDate, resolution }: { dueDate: string | null; resolution: string | null }, today: string): boolean =>
  dueDate !== null && resolution === null && dueDate < today;

/** A title as it is kept: in one line. Line by line, as a pattern over the whole would take minutes for a pasted desert of spaces. */
export const titleOf = (typed: string): string =>
  typed
    .split(/[\r\n]/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join(' ');

/** Characters that a title has too many; 0 where it fits. */
export const titleExcess = (typed: string): number => Math.max(0, titleOf(typed).length - TICKET_TITLE_MAX);
