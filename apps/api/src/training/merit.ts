import { HIGHER_IS_BETTER } from '@trainyard/domain';
import { sqlWords } from '../platform/sql/words.ts';

/** A figure such that more of it is better: of errors the smallest is best. */
export const MERIT = (metric: string, value: string): string => `CASE WHEN ${metric} IN ${sqlWords(HIGHER_IS_BETTER)} THEN ${value} ELSE -${value} END`;
