import { Injectable } from '@nestjs/common';
import {
  can,
  changesBetween,
  isTimeZone,
  PROJECT_DESCRIPTION_MAX,
  PROJECT_KEY_PATTERN,
  PROJECT_NAME_MAX,
  type Actor,
  type ProjectState,
} from '@trainyard/domain';
import type { UserType } from '../access/access.types.ts';
import { AccountService, USER } from '../access/account.service.ts';
import { CURRENT_MEMBER } from '../access/current-membership.ts';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { demand, demandProject, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { line, text } from '../platform/input.ts';
import { TIME_ZONE_MAX } from '../platform/lists/reading.ts';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { brokenConstraint, Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { FIRST_CALENDAR } from '../staffing/calendar.reader.ts';
import { lockProject, PROJECT_COLUMNS } from './project.rows.ts';
import type { ProjectType, UpdateProjectInput } from './project.types.ts';

const PROJECT = /* sql */ `SELECT ${PROJECT_COLUMNS}, s.seq::int AS seq FROM project p JOIN activity_scope s ON s.id = p.id`;
/** The choice of an assignee is searched on screen; an organisation larger than this searches by `users`. */
const PEOPLE_MAX = 500;

export type NewProject = Pick<ProjectType, 'key' | 'name' | 'visibility' | 'teamId'> & { description?: string | null; timeZone?: string | null };
type CheckedProject = Pick<ProjectType, 'key' | 'name' | 'description' | 'visibility' | 'teamId' | 'timeZone'>;

/** Projects; `board/` makes one with its first board. */
@Injectable()
export class ProjectService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly accounts: AccountService,
    private readonly audit: AuditTrail,
  ) {}

  /** The projects in one of these states that the actor may read, by key. @param ids null: all of them */
  projects(actor: Actor, states: readonly ProjectState[], ids: readonly string[] | null = null): Promise<ProjectType[]> {
    return rows(
      this.database.direct,
      `${PROJECT} WHERE ${READABLE_PROJECT(1)} AND p.state = ANY ($3::text[]) AND ($4::uuid[] IS NULL OR p.id = ANY ($4)) ORDER BY p.key`,
      [...readableBy(actor), states, ids],
    );
  }

  /** By id or by key; null when there is none that the actor may read. */
  project(actor: Actor, id: string | null | undefined, key: string | null | undefined): Promise<ProjectType | null> {
    if ((id == null) === (key == null)) throw new DomainError('BAD_INPUT', { field: 'id', reason: 'ID_OR_KEY' }, 'Name the project either by id or by key.');
    return row(this.database.direct, `${PROJECT} WHERE ${READABLE_PROJECT(1)} AND ${id == null ? 'p.key = $3' : 'p.id = $3'}`, [
      ...readableBy(actor),
      id ?? key,
    ]);
  }

  /** Those of `ids` that the actor may read. */
  projectsByIds(actor: Actor, ids: readonly string[]): Promise<ProjectType[]> {
    return rows(this.database.direct, `${PROJECT} WHERE ${READABLE_PROJECT(1)} AND p.id = ANY ($3::uuid[])`, [...readableBy(actor), ids]);
  }

  /** Those of `ids` that the actor has pinned. */
  pinned(actor: Actor, ids: readonly string[]): Promise<{ id: string }[]> {
    return rows(this.database.direct, 'SELECT project_id AS id FROM project_pin WHERE user_id = $1 AND project_id = ANY ($2::uuid[])', [actor.userId, ids]);
  }

  /** Keeps a project at the actor's hand, or lets it go. It is their own: nobody is told. */
  async pin(actor: Actor, id: string, isPinned: boolean): Promise<ProjectType> {
    return this.database.transaction(async (tx) => {
      const project = demandProject(actor, 'project.read', await row<ProjectType>(tx, `${PROJECT} WHERE p.id = $1`, [id]));
      await tx.query(
        isPinned
          ? 'INSERT INTO project_pin (user_id, project_id) VALUES ($1, $2) ON CONFLICT DO NOTHING'
          : 'DELETE FROM project_pin WHERE user_id = $1 AND project_id = $2',
        [actor.userId, id],
      );
      return project;
    });
  }

  /** Everybody who may be assigned in the project: members of its team, then the others who may read it, each group by name. */
  async people(actor: Actor, project: ProjectType): Promise<UserType[]> {
    const found = await rows<UserType>(
      this.database.direct,
      /* sql */ `
      SELECT ${USER} FROM app_user u, LATERAL (SELECT EXISTS (${CURRENT_MEMBER('$1', 'u.id')}) AS member) m
      WHERE NOT u.disabled AND (m.member OR $2 = 'OPEN' OR u.org_role IN ('OWNER', 'ADMIN'))
      ORDER BY m.member DESC, u.name_key, u.id LIMIT ${PEOPLE_MAX}`,
      [project.teamId, project.visibility],
    );
    return found.map((user) => this.accounts.visible(actor, user));
  }

  /** A project that the actor may make, as it is to be written. */
  checked(actor: Actor, input: NewProject): CheckedProject {
    demand(actor, 'project.create');
    // Whoever may write in the team's private projects may make one for it.
    if (!can(actor, 'ticket.write', { visibility: 'PRIVATE', teamId: input.teamId, projectState: 'ACTIVE' }))
      throw new DomainError('FORBIDDEN', { permission: 'project.create' });
    const key = input.key.trim().toUpperCase();
    if (!PROJECT_KEY_PATTERN.test(key)) throw new DomainError('PROJECT_KEY_INVALID', { key: input.key.slice(0, 40) });
    return {
      key,
      name: line('name', input.name, PROJECT_NAME_MAX),
      description: text('description', input.description ?? '', PROJECT_DESCRIPTION_MAX, { empty: true }),
      visibility: input.visibility,
      teamId: input.teamId,
      timeZone: input.timeZone ?? 'UTC',
    };
  }

  /** In `tx`: a project of this id, whose log is open then. Answers what the log is to say of it: whoever makes its first board logs both at once. */
  async insert(tx: Tx, id: string, project: CheckedProject): Promise<ActivityEntry[]> {
    await holdTeam(tx, project.teamId);
    const calendarId = FIRST_CALENDAR;
    const timeZone = await knownZone(tx, project.timeZone);
    await checked(() =>
      tx.query('INSERT INTO project (id, key, name, description, visibility, team_id, time_zone, calendar_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)', [
        id,
        project.key,
        project.name,
        project.description,
        project.visibility,
        project.teamId,
        timeZone,
        calendarId,
      ]),
    );
    // Looked for after the row is there: whoever erases a project of this key was waited for until then.
    if (await row(tx, 'SELECT FROM retired_project_key WHERE key = $1', [project.key])) throw new DomainError('PROJECT_KEY_TAKEN');
    await this.activity.open(tx, id);
    return [{ entity: 'PROJECT', entityId: id, action: 'CREATED', changes: changesBetween({}, { ...project, timeZone, calendarId }) }];
  }

  async updateProject(actor: Actor, id: string, version: number, input: UpdateProjectInput): Promise<ProjectType> {
    await this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'project.manage', await lockProject(tx, id));
      sameVersion(before, version);
      const after = {
        name: input.name == null ? undefined : line('name', input.name, PROJECT_NAME_MAX),
        description: input.description == null ? undefined : text('description', input.description, PROJECT_DESCRIPTION_MAX, { empty: true }),
        visibility: input.visibility ?? undefined,
        teamId: input.teamId ?? undefined,
        timeZone: input.timeZone == null || input.timeZone === before.timeZone ? undefined : await knownZone(tx, input.timeZone),
        calendarId: input.calendarId?.toLowerCase() ?? undefined,
      };
      // Nobody gives a project to a team whose projects they do not manage.
      if (after.teamId && !can(actor, 'project.manage', { ...before, teamId: after.teamId }))
        throw new DomainError('FORBIDDEN', { permission: 'project.manage' });
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length === 0) return;
      if (after.teamId) await holdTeam(tx, after.teamId);
      await checked(() =>
        tx.query(
          /* sql */ `UPDATE project SET name = COALESCE($2, name), description = COALESCE($3, description), visibility = COALESCE($4, visibility),
             team_id = COALESCE($5::uuid, team_id), time_zone = COALESCE($6, time_zone), calendar_id = COALESCE($7::uuid, calendar_id),
             version = version + 1 WHERE id = $1`,
          [id, after.name, after.description, after.visibility, after.teamId, after.timeZone, after.calendarId],
        ),
      );
      const { visibility, teamId } = changes;
      if (visibility || teamId)
        await this.audit.by(tx, actor, {
          kind: 'PROJECT_ACCESS_CHANGED',
          subjectId: id,
          details: { ...(visibility && { visibility }), ...(teamId && { teamId }) },
        });
      await this.activity.append(tx, id, actor.userId, [{ entity: 'PROJECT', entityId: id, action: 'UPDATED', changes }]);
    });
    return this.mustLoad(id);
  }

  /** In `tx`: the project, where there is one that the actor may read. */
  readable(tx: Tx, actor: Actor, id: string): Promise<ProjectType | null> {
    return row(tx, `${PROJECT} WHERE ${READABLE_PROJECT(1)} AND p.id = $3`, [...readableBy(actor), id]);
  }

  /** With the log's position, which is known after the commit only. */
  async mustLoad(id: string): Promise<ProjectType> {
    const found = await row<ProjectType>(this.database.direct, `${PROJECT} WHERE p.id = $1`, [id]);
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }
}

/** The zone by its own name: one that Intl knows and PostgreSQL, too, for both count days by it. */
async function knownZone(tx: Tx, asked: string): Promise<string> {
  const found =
    asked.length <= TIME_ZONE_MAX && isTimeZone(asked)
      ? await row<{ name: string }>(tx, 'SELECT name FROM pg_timezone_names WHERE lower(name) = lower($1)', [asked])
      : null;
  if (!found || !isTimeZone(found.name)) throw new DomainError('BAD_INPUT', { field: 'timeZone', reason: 'UNKNOWN' });
  return found.name;
}

/** Until `tx` ends, the team is not deleted: who deletes it waits, and then finds the project. */
async function holdTeam(tx: Tx, id: string): Promise<void> {
  const found = await row(tx, 'SELECT FROM team WHERE id = $1 AND deleted_at IS NULL FOR KEY SHARE', [id]);
  if (!found) throw new DomainError('BAD_INPUT', { field: 'teamId', reason: 'UNKNOWN' });
}

async function checked<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (brokenConstraint(error) === 'project_key_key') throw new DomainError('PROJECT_KEY_TAKEN');
    if (brokenConstraint(error) === 'project_calendar_id_fkey') throw new DomainError('BAD_INPUT', { field: 'calendarId', reason: 'UNKNOWN' });
    throw error;
  }
}
