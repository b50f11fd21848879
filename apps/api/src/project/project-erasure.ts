import { Injectable, Logger } from '@nestjs/common';
import { messageOf, PROJECT_WAITING_DAYS } from '@trainyard/domain';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { eraseEntries, eraseScope } from '../platform/log/erase-scope.ts';
import { Database, row, rows } from '../platform/sql/database.ts';

/** Rows of a piece: their locks are held for moments. */
const PIECE = 500;
/** Other rooms wait for their turn no longer; the next minute goes on. */
const TURN_MS = 30_000;

/** Deletes what is left of projects whose waiting time is over, piece by piece. Killed anywhere, the next turn goes on. */
@Injectable()
export class ProjectErasure {
  private readonly log = new Logger(ProjectErasure.name);
  private readonly statements: string[] = [];

  constructor(
    housekeeping: Housekeeping,
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {
    housekeeping.register('project', () => this.tidy(Date.now() + TURN_MS));
  }

  /** Called by each room that has something of a project, in the order in which it goes: `sql` deletes at most $2 rows of project $1 and returns them. */
  register(sql: string): void {
    this.statements.push(sql);
  }

  /** Until nothing is due, or it is `end`, by the clock of this process. */
  async tidy(end: number): Promise<void> {
    const { direct } = this.database;
    // Committed first: who restores a project comes before this, or finds it gone.
    await direct.query(
      `UPDATE project SET state = 'ERASING', version = version + 1 WHERE state = 'DELETED' AND deleted_at <= now() - make_interval(days => ${PROJECT_WAITING_DAYS})`,
    );
    const due = await rows<{ id: string }>(direct, `SELECT id FROM project WHERE state = 'ERASING' ORDER BY deleted_at, id`);
    const faults: string[] = [];
    for (const { id } of due) {
      if (Date.now() >= end) break;
      // One that cannot be erased keeps no other from it.
      await this.erase(id, end).catch((error: unknown) => faults.push(`${id}: ${messageOf(error)}`));
    }
    if (faults.length > 0) throw new Error(`Projects could not be erased. ${faults.join('; ')}`);
  }

  private async erase(id: string, end: number): Promise<void> {
    const pieces = this.statements.map((sql) => async () => (await rows(this.database.direct, sql, [id, PIECE])).length);
    const entries = (): Promise<number> => this.database.transaction((tx) => eraseEntries(tx, id, PIECE));
    for (const erase of [...pieces, entries]) {
      while ((await erase()) > 0) if (Date.now() >= end) return;
    }
    await this.database.transaction(async (tx) => {
      const project = await row<{ key: string; name: string }>(tx, `SELECT key, name FROM project WHERE id = $1 AND state = 'ERASING' FOR UPDATE`, [id]);
      if (!project) return;
      await tx.query('INSERT INTO retired_project_key (key) VALUES ($1)', [project.key]);
      await tx.query('DELETE FROM project WHERE id = $1', [id]);
      await eraseScope(tx, id);
      await this.audit.write(tx, undefined, { kind: 'PROJECT_ERASED', outcome: 'DONE', actorId: null, subjectId: id, details: project });
    });
    this.log.log(`Erased project ${id}`);
  }
}
