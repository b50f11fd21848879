import type { ErrorParams } from '../result.ts';
import type { TableFormat } from './reading.ts';

export const READING_FIELDS = ['encoding', 'delimiter', 'quote', 'skip', 'header', 'decimal', 'thousands'] as const satisfies readonly (keyof TableFormat)[];
export type ReadingField = (typeof READING_FIELDS)[number];

/** Why something is read as it is: a reason that every screen has words for, and the facts of its sentence. */
export const EVIDENCE_REASONS = [
  'ASKED',
  'BYTE_ORDER_MARK',
  'ZERO_BYTES',
  'ASCII',
  'VALID_UTF8',
  'CHARACTERS',
  'NONE_FITS',
  'SEP_LINE',
  'SAME_WIDTH',
  'ONE_COLUMN',
  'UNEVEN',
  'QUOTED_CELLS',
  'NO_QUOTES',
  'NOT_GUESSED',
  'NO_ROW',
  'NAMES_OVER_NUMBERS',
  'NUMBERS_IN_FIRST_ROW',
  'FIRST_ROW_REPEATS',
  'NO_SIGN',
  'MARKS',
  'NO_MARKS',
  'GROUPS',
  'NO_GROUPS',
] as const;
export type EvidenceReason = (typeof EVIDENCE_REASONS)[number];
export interface ReadingEvidence {
  field: ReadingField;
  reason: EvidenceReason;
  params: ErrorParams;
}

/** A field's value, and why. */
export interface Guess<T> {
  value: T;
  reason: EvidenceReason;
  params?: ErrorParams;
}
