/** Order of an attempt's checkpoints: the first is the one to go on from. A later claim's is newer, wherever it stands. */
export const NEWEST_FIRST = /* sql */ `ORDER BY claim DESC, step DESC`;

/** The step of the newest checkpoint of `attempt a`. */
export const CHECKPOINT_STEP = /* sql */ `(SELECT step::int FROM checkpoint WHERE attempt_id = a.id ${NEWEST_FIRST} LIMIT 1)`;
