import { Injectable } from '@nestjs/common';
import {
  COMPUTE_RUNS,
  DAY_RUNS,
  DAY_TICKETS,
  PERSON_TICKETS,
  projectHealth,
  RUN_COUNTS,
  TICKET_COUNTS,
  WEEK_RUNS,
  WEEK_TICKETS,
  weekOf,
  type Actor,
  type HealthLevel,
  type HealthList,
} from '@trainyard/domain';
import { ACTIVITY_COLUMNS, activityOf, type ActivityRow } from '../activity/activity.rows.ts';
import { HOLDS_TODAY } from '../access/current-membership.ts';
import type { RequestContext } from '../platform/actor.ts';
import { demand, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { countsOf, countsOfAll } from '../platform/lists/counts.ts';
import { demandReadable, inTurn, timeZoneOf } from '../platform/lists/reading.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { ProjectHealthRegistry } from '../project/health.registry.ts';
import type { HealthReasonType } from '../project/health.types.ts';
import { TICKET_LIST } from '../ticket/ticket.list.ts';
import { RUN_LIST } from '../training/run.list.ts';
import { UNASKED } from '../training/run-states.ts';
import type { ComputeUse, DayReport, PersonWorkload, WeekSentenceType, WorkChange, WorkNumber } from './work.types.ts';

const CHANGES_MAX = 40;
const PEOPLE_MAX = 100;

/** What blocks of home tell of work: numbers by the lists' own conditions, all within what the caller may read. */
@Injectable()
export class WorkReader {
  constructor(
    private readonly database: Database,
    private readonly registry: ProjectHealthRegistry,
  ) {}

  /** What is not as it should be, in all active projects together. */
  async attention(actor: Actor): Promise<HealthReasonType[]> {
    demand(actor, 'organisation.read');
    const [tickets, runs] = await Promise.all([this.tickets(actor, TICKET_COUNTS), this.runs(actor, RUN_COUNTS)]);
    return [...projectHealth({ ...tickets, ...runs }).reasons];
  }

  /** The people of a team, those first who have most in progress. */
  async workload(actor: Actor, teamId: string, timeZone: string | null): Promise<PersonWorkload[]> {
    demand(actor, 'organisation.read');
    const people = await rows<{ id: string; name: string; allocation: number }>(
      this.database.direct,
      /* sql */ `
      SELECT u.id, u.name, (SELECT sum(m.allocation)::int FROM membership m WHERE m.user_id = u.id AND ${HOLDS_TODAY}) AS allocation
      FROM app_user u WHERE NOT u.disabled AND EXISTS (SELECT FROM membership m WHERE m.user_id = u.id AND m.team_id = $1 AND ${HOLDS_TODAY})
      ORDER BY u.name_key, u.id LIMIT ${PEOPLE_MAX}`,
      [teamId],
    );
    const counted = await countsOf(
      this.database,
      TICKET_LIST,
      actor,
      PERSON_TICKETS,
      {
        sql: 't.assignee_id',
        projectIds: null,
        where: (statement) =>
          `t.assignee_id = ANY (${statement.param(
            people.map(({ id }) => id),
            'uuid[]',
          )})`,
        sum: `COALESCE(sum(t.points) FILTER (WHERE t.state <> 'DONE'), 0)::float8`,
      },
      timeZone,
    );
    return people
      .map(({ id, name, allocation }) => {
        const { IN_PROGRESS = 0, OPEN = 0, FINISHED = 0, sum = 0 } = counted.get(id) ?? {};
        return { person: { id, name }, inProgress: IN_PROGRESS, open: OPEN, finished: FINISHED, points: sum, allocation };
      })
      .toSorted((a, b) => b.inProgress - a.inProgress);
  }

  /** @param projectId null: all active projects */
  async sinceYesterday(actor: Actor, projectId: string | null, timeZone: string | null): Promise<DayReport> {
    demand(actor, 'organisation.read');
    await demandReadable(this.database.direct, actor, projectId);
    const within = projectId === null ? null : [projectId];
    const [tickets, runs, changes] = await Promise.all([
      countsOfAll(this.database, TICKET_LIST, actor, DAY_TICKETS, within, timeZone),
      countsOfAll(this.database, RUN_LIST, actor, DAY_RUNS, within, timeZone),
      this.changes(actor, projectId, timeZone),
    ]);
    return { numbers: [...numbersOf('TICKETS', DAY_TICKETS, tickets), ...numbersOf('RUNS', DAY_RUNS, runs)], changes };
  }

  /** How far work came, newest first: of a ticket, a run that ended, something that was said. */
  private async changes(actor: Actor, projectId: string | null, timeZone: string | null): Promise<WorkChange[]> {
    const sql = /* sql */ `
      SELECT ${ACTIVITY_COLUMNS}, p.key || '-' || t.number AS "ticketKey", t.title AS "ticketTitle", r.number AS "runNumber"
      FROM project p CROSS JOIN LATERAL (
        SELECT * FROM activity newest WHERE newest.scope = p.id AND newest.at >= (date_trunc('day', now() AT TIME ZONE $5) - interval '1 day') AT TIME ZONE $5
          AND (newest.entity = 'TICKET' AND newest.action <> 'DELETED' AND (newest.action = 'CREATED' OR newest.changes ?| '{state,columnId,assigneeId}')
            AND (newest.changes #>> '{columnId,from}') IS DISTINCT FROM COALESCE(newest.changes #>> '{columnId,to}', '-')
            OR newest.entity = 'COMMENT' AND newest.action = 'CREATED' OR newest.entity = 'RUN' AND newest.changes #>> '{state,to}' IN ${UNASKED})
        ORDER BY newest.seq DESC LIMIT $4
      ) a JOIN ticket t ON t.id = a.ticket_id AND t.deleted_at IS NULL LEFT JOIN run r ON a.entity = 'RUN' AND r.id = a.entity_id
      LEFT JOIN app_user actor ON actor.id = a.actor_id
      WHERE p.archived_at IS NULL AND ($3::uuid IS NULL OR p.id = $3) AND ${READABLE_PROJECT(1)}
      ORDER BY a.at DESC, a.scope, a.seq DESC LIMIT $4`;
    const found = await inTurn(this.database, actor, (tx) =>
      rows<ActivityRow & { ticketKey: string; ticketTitle: string; runNumber: number | null }>(tx, sql, [
        ...readableBy(actor),
        projectId,
        CHANGES_MAX,
        timeZoneOf(timeZone),
      ]),
    );
    return found.map(({ ticketKey, ticketTitle, runNumber, ...activity }) => ({ activity: activityOf(activity), ticketKey, ticketTitle, runNumber }));
  }

  async week(context: RequestContext): Promise<WeekSentenceType[]> {
    const { actor } = context;
    if (!actor) throw new DomainError('UNAUTHENTICATED');
    demand(actor, 'organisation.read');
    const active = await rows<{ id: string }>(
      this.database.direct,
      `SELECT p.id FROM project p WHERE p.state = 'ACTIVE' AND ${READABLE_PROJECT(1)}`,
      readableBy(actor),
    );
    const [tickets, runs, healths] = await Promise.all([
      this.tickets(actor, WEEK_TICKETS),
      this.runs(actor, WEEK_RUNS),
      Promise.all(active.map(({ id }) => this.registry.health(context, id))),
    ]);
    const health: Record<HealthLevel, number> = { GREEN: 0, AMBER: 0, RED: 0, UNKNOWN: 0 };
    for (const { level } of healths) health[level] += 1;
    return weekOf({ tickets, runs, health });
  }

  async compute(actor: Actor): Promise<ComputeUse> {
    demand(actor, 'organisation.read');
    const [counts, times] = await Promise.all([
      this.runs(actor, COMPUTE_RUNS),
      inTurn(this.database, actor, (tx) =>
        row<Omit<ComputeUse, 'numbers'>>(
          tx,
          /* sql */ `
        SELECT COALESCE(sum(a.elapsed_ms), 0)::float8 AS "trainedMs", percentile_disc(0.5) WITHIN GROUP (ORDER BY waited.ms) AS "medianWaitMs",
          percentile_disc(0.9) WITHIN GROUP (ORDER BY waited.ms) AS "longWaitMs"
        FROM run r JOIN project p ON p.id = r.project_id JOIN attempt a ON a.id = r.attempt_id
        CROSS JOIN LATERAL (SELECT greatest(0, extract(epoch FROM r.started_at - r.queued_at))::float8 * 1000 AS ms) waited
        WHERE r.started_at >= now() - interval '7 days' AND p.archived_at IS NULL AND ${READABLE_PROJECT(1)}`,
          readableBy(actor),
        ),
      ),
    ]);
    return { numbers: numbersOf('RUNS', COMPUTE_RUNS, counts), trainedMs: 0, medianWaitMs: null, longWaitMs: null, ...times };
  }

  private tickets<Name extends string>(actor: Actor, queries: Readonly<Record<Name, string>>): Promise<Record<Name, number>> {
    return countsOfAll(this.database, TICKET_LIST, actor, queries);
  }
  private runs<Name extends string>(actor: Actor, queries: Readonly<Record<Name, string>>): Promise<Record<Name, number>> {
    return countsOfAll(this.database, RUN_LIST, actor, queries);
  }
}

const numbersOf = <Name extends string>(list: HealthList, queries: Readonly<Record<Name, string>>, counts: Readonly<Record<Name, number>>): WorkNumber[] =>
  (Object.entries(queries) as [Name, string][]).map(([name, query]) => ({ name, count: counts[name], list, query }));
