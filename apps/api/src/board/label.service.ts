import { Injectable } from '@nestjs/common';
import { changesBetween, LABEL_NAME_MAX, type Actor, type LabelColor } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { ActivityLog } from '../platform/activity-log.ts';
import { demandProject } from '../platform/authorize.ts';
import { brokenConstraint, Database, row } from '../platform/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { text } from '../platform/input.ts';
import { LABEL_COLUMNS, PROJECT_COLUMNS } from './board.rows.ts';
import type { LabelType } from './board.types.ts';
import type { ProjectType } from './project.types.ts';

const LABELS_MAX = 200;

@Injectable()
export class LabelService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  /** Whoever writes tickets may name a new label. */
  async createLabel(actor: Actor, projectId: string, name: string, color: LabelColor): Promise<LabelType> {
    return this.database.transaction(async (tx) => {
      demandProject(actor, 'ticket.write', await row<ProjectType>(tx, `SELECT ${PROJECT_COLUMNS} FROM project p WHERE p.id = $1 FOR NO KEY UPDATE`, [projectId]));
      const held = await row<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM label WHERE project_id = $1', [projectId]);
      if ((held?.count ?? 0) >= LABELS_MAX) throw new DomainError('BAD_INPUT', { field: 'name', reason: 'TOO_MANY', max: LABELS_MAX });
      const label = { name: text('name', name, LABEL_NAME_MAX), color };
      const id = randomUUID();
      try {
        await tx.query('INSERT INTO label (id, project_id, name, color) VALUES ($1, $2, $3, $4)', [id, projectId, label.name, color]);
      } catch (error) {
        if (brokenConstraint(error) === 'label_name') throw new DomainError('LABEL_TAKEN', { name: label.name });
        throw error;
      }
      await this.activity.append(tx, projectId, actor.userId, [{ entity: 'LABEL', entityId: id, action: 'CREATED', changes: changesBetween({}, label) }]);
      return (await row<LabelType>(tx, `SELECT ${LABEL_COLUMNS} FROM label l WHERE l.id = $1`, [id])) as LabelType;
    });
  }
}
