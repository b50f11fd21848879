import { Injectable } from '@nestjs/common';
import { Housekeeping } from '../jobs/housekeeping.ts';
import { tidyCreations } from './create-once.ts';
import { Database } from './database.ts';

/** Forgets who made what under which id. */
@Injectable()
export class CreationHousekeeping {
  constructor(housekeeping: Housekeeping, database: Database) {
    housekeeping.register('creation', () => tidyCreations(database.direct));
  }
}
