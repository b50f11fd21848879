import { Injectable } from '@nestjs/common';
import {
  changesBetween,
  dayAt,
  normalForm,
  RELEASE_NAME_MAX,
  RELEASE_TEXT_MAX,
  releaseDays,
  RELEASES_EACH,
  type Actor,
  type ProjectScope,
} from '@trainyard/domain';
import { demandProject, PROJECT_SCOPE, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { line, text } from '../platform/input.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { brokenConstraint, Database, databaseNow, row, rows, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockProject } from '../project/project.rows.ts';
import type { CreateReleaseInput, ReleaseType, UpdateReleaseInput } from './release.types.ts';

export const RELEASE_COLUMNS = /* sql */ `r.id, r.project_id AS "projectId", r.name, r.description, r.planned_on::text AS "plannedOn", r.released_on::text AS "releasedOn", r.version`;

type Facts = Pick<ReleaseType, 'name' | 'description' | 'plannedOn' | 'releasedOn'>;
/** Null: it is gone. */
type Told = { [Fact in keyof Facts]: Facts[Fact] | null };
type LockedRelease = ReleaseType & ProjectScope & { timeZone: string; deleted: boolean };

/** Releases are made, changed, deleted and brought back by whoever plans the project, and read by whoever reads it. */
@Injectable()
export class ReleaseService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  async create(actor: Actor, input: CreateReleaseInput): Promise<ReleaseType> {
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'RELEASE', input.id);
      const project = demandProject(actor, 'sprint.manage', await lockProject(tx, input.projectId));
      const facts: Facts = {
        name: line('name', input.name, RELEASE_NAME_MAX),
        description: text('description', input.description ?? '', RELEASE_TEXT_MAX, { empty: true }),
        plannedOn: input.plannedOn,
        releasedOn: input.releasedOn ?? null,
      };
      decided(releaseDays(facts, await todayOf(tx, project)));
      const { id, before } = await creation.find({ projectId: project.id, ...facts }, (one) => readable(tx, actor, one));
      if (before) return before;
      await demandRoom(tx, project.id);
      await named(facts.name, () =>
        tx.query('INSERT INTO release (id, project_id, name, name_key, description, planned_on, released_on) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
          ...[id, project.id, facts.name, normalForm(facts.name), facts.description, facts.plannedOn, facts.releasedOn],
        ]),
      );
      await this.activity.append(tx, project.id, actor.userId, [{ entity: 'RELEASE', entityId: id, action: 'CREATED', changes: changesBetween({}, facts) }]);
      return mustLoad(tx, id);
    });
  }

  async update(actor: Actor, id: string, version: number, input: UpdateReleaseInput): Promise<ReleaseType> {
    return this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'sprint.manage', await lockRelease(tx, id));
      if (before.deleted) throw new DomainError('NOT_FOUND');
      sameVersion(before, version);
      const after: Facts = {
        name: input.name == null ? before.name : line('name', input.name, RELEASE_NAME_MAX),
        description: input.description == null ? before.description : text('description', input.description, RELEASE_TEXT_MAX, { empty: true }),
        plannedOn: input.plannedOn ?? before.plannedOn,
        releasedOn: input.releasedOn === undefined ? before.releasedOn : input.releasedOn,
      };
      const changes = changesBetween<Facts>(before, after);
      if (Object.keys(changes).length === 0) return mustLoad(tx, id);
      // a day that was right when it was said stays right in another zone
      if (changes['plannedOn'] || changes['releasedOn']) decided(releaseDays(after, await todayOf(tx, before)));
      await named(after.name, () =>
        tx.query('UPDATE release SET name = $2, name_key = $3, description = $4, planned_on = $5, released_on = $6, version = version + 1 WHERE id = $1', [
          ...[id, after.name, normalForm(after.name), after.description, after.plannedOn, after.releasedOn],
        ]),
      );
      await this.activity.append(tx, before.projectId, actor.userId, [{ entity: 'RELEASE', entityId: id, action: 'UPDATED', changes }]);
      return mustLoad(tx, id);
    });
  }

  async delete(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'sprint.manage', await lockRelease(tx, id));
      if (before.deleted) throw new DomainError('NOT_FOUND');
      sameVersion(before, version);
      await tx.query('UPDATE release SET deleted_at = now(), version = version + 1 WHERE id = $1', [id]);
      const gone = { name: null, description: null, plannedOn: null, releasedOn: null };
      await this.activity.append(tx, before.projectId, actor.userId, [
        { entity: 'RELEASE', entityId: id, action: 'DELETED', changes: changesBetween<Told>(factsOf(before), gone) },
      ]);
    });
  }

  /** Undo of a delete; one that is there is answered as it is. */
  async restore(actor: Actor, id: string): Promise<ReleaseType> {
    return this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'sprint.manage', await lockRelease(tx, id));
      if (!before.deleted) return mustLoad(tx, id);
      // those that are counted stay as many until the transaction ends
      await lockProject(tx, before.projectId);
      await demandRoom(tx, before.projectId);
      await named(before.name, () => tx.query('UPDATE release SET deleted_at = NULL, version = version + 1 WHERE id = $1', [id]));
      await this.activity.append(tx, before.projectId, actor.userId, [
        { entity: 'RELEASE', entityId: id, action: 'CREATED', changes: { ...changesBetween({}, factsOf(before)), restored: { from: null, to: true } } },
      ]);
      return mustLoad(tx, id);
    });
  }

  /** Of projects the actor was given, by the day at which they are marked. */
  ofProjects(projectIds: readonly string[]): Promise<ReleaseType[]> {
    return rows(
      this.database.direct,
      `SELECT ${RELEASE_COLUMNS} FROM release r WHERE r.project_id = ANY ($1::uuid[]) AND r.deleted_at IS NULL ORDER BY COALESCE(r.released_on, r.planned_on), r.name_key, r.id`,
      [projectIds],
    );
  }
}

const factsOf = ({ name, description, plannedOn, releasedOn }: ReleaseType): Facts => ({ name, description, plannedOn, releasedOn });

/** Today of the project, by the clock of the database. */
async function todayOf(tx: Tx, { timeZone }: { timeZone: string }): Promise<string> {
  return dayAt(await databaseNow(tx), timeZone);
}

/** The project is locked. */
async function demandRoom(tx: Tx, projectId: string): Promise<void> {
  const there = await row<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM release WHERE project_id = $1 AND deleted_at IS NULL', [projectId]);
  if ((there?.count ?? 0) >= RELEASES_EACH) throw new DomainError('BAD_INPUT', { field: 'name', reason: 'TOO_MANY', max: RELEASES_EACH });
}

function lockRelease(tx: Tx, id: string): Promise<LockedRelease | null> {
  return row(
    tx,
    `SELECT ${RELEASE_COLUMNS}, ${PROJECT_SCOPE}, p.time_zone AS "timeZone", r.deleted_at IS NOT NULL AS deleted FROM release r JOIN project p ON p.id = r.project_id WHERE r.id = $1 FOR NO KEY UPDATE OF r`,
    [id],
  );
}

/** Null where there is none that the actor may read. */
function readable(tx: Tx, actor: Actor, id: string): Promise<ReleaseType | null> {
  return row(tx, `SELECT ${RELEASE_COLUMNS} FROM release r JOIN project p ON p.id = r.project_id WHERE r.id = $3 AND ${READABLE_PROJECT(1)}`, [
    ...readableBy(actor),
    id,
  ]);
}

async function mustLoad(tx: Tx, id: string): Promise<ReleaseType> {
  return (await row<ReleaseType>(tx, `SELECT ${RELEASE_COLUMNS} FROM release r WHERE r.id = $1`, [id])) as ReleaseType;
}

async function named<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (brokenConstraint(error) === 'release_name') throw new DomainError('RELEASE_TAKEN', { name });
    throw error;
  }
}
