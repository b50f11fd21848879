import { Injectable } from '@nestjs/common';
import type { Actor, ProjectState } from '@trainyard/domain';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { demandProject } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockProject } from './project.rows.ts';
import { ProjectService } from './project.service.ts';
import type { ProjectType } from './project.types.ts';

/** What a project becomes, and the right that this demands. */
interface Step {
  demands: 'project.archive' | 'project.delete' | 'project.undelete';
  state: ProjectState;
}

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
    return this.change(actor, id, version, () => ({ demands: 'project.archive', state: 'ARCHIVED' }));
  }

  /** The same, for administrators alone, until the waiting time is over. */
  delete(actor: Actor, id: string, version: number): Promise<ProjectType> {
    return this.change(actor, id, version, () => ({ demands: 'project.delete', state: 'DELETED' }));
  }

  /** A deleted project is again what it was; an archived one is active. */
  restore(actor: Actor, id: string, version: number): Promise<ProjectType> {
    return this.change(actor, id, version, ({ state, archivedAt }) => {
      if (state !== 'DELETED') return { demands: 'project.archive', state: 'ACTIVE' };
      return { demands: 'project.undelete', state: archivedAt === null ? 'ACTIVE' : 'ARCHIVED' };
    });
  }

  private async change(actor: Actor, id: string, version: number, step: (before: ProjectType) => Step): Promise<ProjectType> {
    await this.database.transaction(async (tx) => {
      const before = await lockProject(tx, id);
      if (!before) throw new DomainError('NOT_FOUND');
      const { demands, state } = step(before);
      demandProject(actor, demands, before);
      sameVersion(before, version);
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
