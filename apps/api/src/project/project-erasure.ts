import { Injectable, Logger } from '@nestjs/common';
import { messageOf, PROJECT_WAITING_DAYS } from '@trainyard/domain';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { eraseEntries, eraseScope } from '../platform/log/erase-scope.ts';
import { Database, row, rows } from '../platform/sql/database.ts';

/** Rows of a piece: their locks are held for moments. */
export const PIECE = 500;
/** Other rooms wait for their turn no longer; the next minute goes on. */
const TURN_MS = 30_000;

/** Deletes at most a piece of what a room holds of a project, in one statement or transaction; answers how many rows that were. */
export type Erases = (projectId: string) => Promise<number>;

/** Deletes what is left of projects whose waiting time is over, piece by piece. Killed anywhere, the next turn goes on. */
@Injectable()
export class ProjectErasure {
  private readonly log = new Logger(ProjectErasure.name);
  private readonly rooms: Erases[] = [];

  constructor(
    housekeeping: Housekeeping,
    private readonly database: Database,
    private readonly audit: AuditTrail,
  ) {
    housekeeping.register('project', () => this.tidy(Date.now() + TURN_MS));
  }

  /** Called once by each room that has something of a project. */
  register(erase: Erases): void {
    this.rooms.push(erase);
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
    for (const erase of [...this.rooms, (of: string) => this.eraseLog(of)]) {
      while ((await erase(id)) > 0) if (Date.now() >= end) return;
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

  private eraseLog(projectId: string): Promise<number> {
    return this.database.transaction((tx) => eraseEntries(tx, projectId, PIECE));
  }
}
