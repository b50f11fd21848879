import { GOING_STATES, LIVE_STATES } from '@trainyard/domain';
import { sqlWords } from '../platform/sql/words.ts';

/** Sets of run states for an SQL `IN`: in a runner's hands, and those with the queued ones. */
export const LIVE = sqlWords(LIVE_STATES);
export const GOING = sqlWords(GOING_STATES);
