import { Injectable } from '@nestjs/common';
import type { Actor, ProjectState } from '@trainyard/domain';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { demandProject } from '../platform/authorize.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database, row } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { PROJECT_COLUMNS } from './project.rows.ts';
import { ProjectService } from './project.service.ts';
import type { ProjectType } from './project.types.ts';

type StatePermission = 'project.archive' | 'project.delete' | 'project.undelete';

/** Projects are archived, deleted and restored. */
@Injectable()
export class ProjectStateService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly audit: AuditTrail,
    private readonly projects: ProjectService,
  ) {}

  /** Read-only from the commit on, and out of lists. */
  archive(actor: Actor, id: string, version: number): Promise<ProjectType> {
    return this.change(
      actor,
      id,
      version,
      () => 'project.archive',
      () => 'ARCHIVED',
    );
  }

  /** The same, for administrators alone, until the waiting time is over. */
  delete(actor: Actor, id: string, version: number): Promise<ProjectType> {
    return this.change(
      actor,
      id,
      version,
      () => 'project.delete',
      () => 'DELETED',
    );
  }

  /** A deleted project is again what it was; an archived one is active. */
  restore(actor: Actor, id: string, version: number): Promise<ProjectType> {
    return this.change(
      actor,
      id,
      version,
      ({ state }) => (state === 'DELETED' ? 'project.undelete' : 'project.archive'),
      ({ state, archivedAt }) => (state === 'DELETED' && archivedAt !== null ? 'ARCHIVED' : 'ACTIVE'),
    );
  }

  private async change(
    actor: Actor,
    id: string,
    version: number,
    permission: (before: ProjectType) => StatePermission,
    next: (before: ProjectType) => ProjectState,
  ): Promise<ProjectType> {
    await this.database.transaction(async (tx) => {
      const found = await row<ProjectType>(tx, `SELECT ${PROJECT_COLUMNS} FROM project p WHERE p.id = $1 FOR NO KEY UPDATE`, [id]);
      const before = demandProject(actor, found ? permission(found) : 'project.archive', found);
      sameVersion(before, version);
      const state = next(before);
      if (state === before.state) return;
      // Whoever writes now is waited for here, or finds the log closed.
      await this.activity.close(tx, id, state !== 'ACTIVE');
      await tx.query(
        /* sql */ `
        UPDATE project SET state = $2, version = version + 1,
          archived_at = CASE $2 WHEN 'ACTIVE' THEN NULL WHEN 'ARCHIVED' THEN COALESCE(archived_at, now()) ELSE archived_at END,
          deleted_at = CASE $2 WHEN 'DELETED' THEN now() END
        WHERE id = $1`,
        [id, state],
      );
      const changes = { state: { from: before.state, to: state } };
      await this.audit.by(tx, actor, { kind: 'PROJECT_STATE_CHANGED', subjectId: id, details: { ...changes, key: before.key, name: before.name } });
      await this.activity.append(tx, id, actor.userId, [{ entity: 'PROJECT', entityId: id, action: 'UPDATED', changes }], 'OPEN_OR_CLOSED');
    });
    return this.projects.mustLoad(id);
  }
}
