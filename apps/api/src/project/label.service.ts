import { Injectable } from '@nestjs/common';
import { changesBetween, LABEL_NAME_MAX, LABELS_EACH_PROJECT, normalForm, type Actor, type LabelColor, type ProjectScope } from '@trainyard/domain';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demandProject, readableBy, PROJECT_SCOPE, READABLE_PROJECT } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { brokenConstraint, Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { line } from '../platform/input.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { LABEL_COLUMNS, lockProject } from './project.rows.ts';
import { LabelCarriers } from './label-carriers.ts';
import type { LabelType, UpdateLabelInput } from './label.types.ts';

@Injectable()
export class LabelService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly carriers: LabelCarriers,
  ) {}

  /** Labels of projects the actor was given, by name. */
  labelsOfProjects(projectIds: readonly string[]): Promise<(LabelType & { projectId: string })[]> {
    return rows(
      this.database.direct,
      `SELECT ${LABEL_COLUMNS}, l.project_id AS "projectId" FROM label l WHERE l.project_id = ANY ($1::uuid[]) ORDER BY l.name_key, l.id`,
      [projectIds],
    );
  }

  /** Whoever writes tickets may name a new label. */
  async createLabel(actor: Actor, projectId: string, name: string, color: LabelColor, sent?: string | null): Promise<LabelType> {
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'LABEL', sent);
      demandProject(actor, 'ticket.write', await lockProject(tx, projectId));
      const label = { name: line('name', name, LABEL_NAME_MAX), color };
      const { id, before } = await creation.find({ projectId, ...label }, (one) => readLabel(tx, actor, one));
      if (before) return before;
      const held = await row<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM label WHERE project_id = $1', [projectId]);
      if ((held?.count ?? 0) >= LABELS_EACH_PROJECT) throw new DomainError('BAD_INPUT', { field: 'name', reason: 'TOO_MANY', max: LABELS_EACH_PROJECT });
      await named(label.name, () =>
        tx.query('INSERT INTO label (id, project_id, name, name_key, color) VALUES ($1, $2, $3, $4, $5)', [
          id,
          projectId,
          label.name,
          normalForm(label.name),
          color,
        ]),
      );
      await this.activity.append(tx, projectId, actor.userId, [{ entity: 'LABEL', entityId: id, action: 'CREATED', changes: changesBetween({}, label) }]);
      return mustLoad(tx, id);
    });
  }

  /** A label means the same on every ticket: who manages the project renames and recolours it. */
  async updateLabel(actor: Actor, id: string, version: number, input: UpdateLabelInput): Promise<LabelType> {
    return this.database.transaction(async (tx) => {
      const { projectId, ...before } = demandProject(actor, 'project.manage', await lockLabel(tx, id, 'FOR NO KEY UPDATE'));
      sameVersion(before, version);
      const after = { name: input.name == null ? undefined : line('name', input.name, LABEL_NAME_MAX), color: input.color ?? undefined };
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length === 0) return before;
      const { name, color } = { name: after.name ?? before.name, color: after.color ?? before.color };
      await named(name, () =>
        tx.query('UPDATE label SET name = $2, name_key = $3, color = $4, version = version + 1 WHERE id = $1', [id, name, normalForm(name), color]),
      );
      await this.activity.append(tx, projectId, actor.userId, [{ entity: 'LABEL', entityId: id, action: 'UPDATED', changes }]);
      return mustLoad(tx, id);
    });
  }

  /**
   * The label goes, from every ticket that carries it too. One row of the log says it for all of them, as RERANKED does for
   * the cards of a column; and their versions stay, because an edit is not stale for it.
   */
  async deleteLabel(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      // Whoever puts the label on a ticket holds its row shared: they are waited for here, and their tickets are found below.
      const before = demandProject(actor, 'project.manage', await lockLabel(tx, id, 'FOR UPDATE'));
      sameVersion(before, version);
      const taken = await this.carriers.clear(tx, before.projectId, id);
      await tx.query('DELETE FROM label WHERE id = $1', [id]);
      const { name, color } = before;
      const changes = { name: { from: name, to: null }, color: { from: color, to: null }, ticketCount: { from: taken, to: null } };
      await this.activity.append(tx, before.projectId, actor.userId, [{ entity: 'LABEL', entityId: id, action: 'DELETED', changes }]);
    });
  }
}

function lockLabel(tx: Tx, id: string, lock: 'FOR UPDATE' | 'FOR NO KEY UPDATE'): Promise<(LabelType & ProjectScope & { projectId: string }) | null> {
  return row(
    tx,
    `SELECT ${LABEL_COLUMNS}, p.id AS "projectId", ${PROJECT_SCOPE} FROM label l JOIN project p ON p.id = l.project_id WHERE l.id = $1 ${lock} OF l`,
    [id],
  );
}

/** Null where there is none that the actor may read. */
function readLabel(tx: Tx, actor: Actor, id: string): Promise<LabelType | null> {
  return row(tx, `SELECT ${LABEL_COLUMNS} FROM label l JOIN project p ON p.id = l.project_id WHERE l.id = $3 AND ${READABLE_PROJECT(1)}`, [
    ...readableBy(actor),
    id,
  ]);
}

async function mustLoad(tx: Tx, id: string): Promise<LabelType> {
  return (await row<LabelType>(tx, `SELECT ${LABEL_COLUMNS} FROM label l WHERE l.id = $1`, [id])) as LabelType;
}

async function named<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (brokenConstraint(error) === 'label_name') throw new DomainError('LABEL_TAKEN', { name });
    throw error;
  }
}
