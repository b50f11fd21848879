import { GOING_STATES, LIVE_STATES, UNASKED_ENDS } from '@trainyard/domain';
import { sqlWords } from '../platform/sql/words.ts';

/** Sets of run states for an SQL `IN`: in a runner's hands, those with the queued ones, and ends that nobody asked for. */
export const LIVE = sqlWords(LIVE_STATES);
export const GOING = sqlWords(GOING_STATES);
export const UNASKED = sqlWords(UNASKED_ENDS);
