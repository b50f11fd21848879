import { Inject, Injectable } from '@nestjs/common';
import { AUDIT_REFUSALS_MAX } from '@trainyard/domain';
import { CONFIG, type Config } from '../config.ts';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { Database } from '../platform/sql/database.ts';

/** Deletes lines of the audit trail past their time, and refusals beyond their number. */
@Injectable()
export class AuditHousekeeping {
  constructor(
    housekeeping: Housekeeping,
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    housekeeping.register('audit', () => this.tidy());
  }

  private async tidy(): Promise<void> {
    const { direct } = this.database;
    await direct.query('DELETE FROM audit_entry WHERE at < now() - make_interval(days => $1)', [this.config.auditDays]);
    await direct.query(
      `DELETE FROM audit_entry WHERE outcome = 'REFUSED' AND id <= (SELECT id FROM audit_entry WHERE outcome = 'REFUSED' ORDER BY id DESC OFFSET $1 LIMIT 1)`,
      [AUDIT_REFUSALS_MAX],
    );
  }
}
