import { databaseNow } from '../src/platform/sql/database.ts';
import type { TestTrainyard } from './trainyard.ts';

/** A moment behind all that was written and before all that will be; a `Date` has whole milliseconds only, and the clock must have left its own. */
export async function momentBetween({ database }: TestTrainyard): Promise<Date> {
  const moment = new Date((await databaseNow(database.direct)).getTime() + 1);
  while ((await databaseNow(database.direct)) <= moment);
  return moment;
}
