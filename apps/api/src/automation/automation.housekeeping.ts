import { Injectable } from '@nestjs/common';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { ProjectErasure } from '../project/project-erasure.ts';

/** What did nothing is kept so long; what did something, for as long as the log leads to it. */
const NOTHING_KEPT = '90 days';

/** Deletes firings that did nothing, and those of erased projects. */
@Injectable()
export class AutomationHousekeeping {
  constructor(
    housekeeping: Housekeeping,
    erasure: ProjectErasure,
    private readonly database: Database,
  ) {
    housekeeping.register('automation', () => this.tidy());
    erasure.register('DELETE FROM rule_firing WHERE id IN (SELECT id FROM rule_firing WHERE project_id = $1 LIMIT $2) RETURNING id');
    erasure.register('DELETE FROM rule WHERE id IN (SELECT id FROM rule WHERE project_id = $1 LIMIT $2) RETURNING id');
  }

  private async tidy(): Promise<void> {
    const sql = `DELETE FROM rule_firing WHERE id IN (
      SELECT id FROM rule_firing WHERE outcome <> 'DONE' AND at < now() - interval '${NOTHING_KEPT}' LIMIT 500) RETURNING id`;
    while ((await rows(this.database.direct, sql)).length > 0);
  }
}
