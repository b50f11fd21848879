import { Inject, Injectable } from '@nestjs/common';
import { FORGET_AFTER_SECONDS } from '@trainyard/domain';
import { CONFIG, type Config } from '../config.ts';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { Database } from '../platform/sql/database.ts';
import { ALIVE } from './access.service.ts';
import { STILL_KNOWN } from './known-browsers.service.ts';

/** Deletes sessions that have ended, browsers that nobody signed in by for long, and failed sign-ins that no longer count. */
@Injectable()
export class AccessHousekeeping {
  constructor(
    housekeeping: Housekeeping,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    housekeeping.register('access', () => this.tidy());
  }

  private async tidy(): Promise<void> {
    const { direct } = this.database;
    await direct.query(`DELETE FROM session s WHERE NOT ${ALIVE('$1')}`, [this.config.sessionIdleDays]);
    await direct.query(`DELETE FROM known_browser b WHERE NOT ${STILL_KNOWN}`);
    await direct.query('DELETE FROM sign_in_throttle WHERE GREATEST(last_failure_at, blocked_until) < now() - make_interval(secs => $1)', [
      FORGET_AFTER_SECONDS,
    ]);
  }
}
