import { Injectable } from '@nestjs/common';
import { dayBefore, shiftedDay, type Actor } from '@trainyard/domain';
import { READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { Database, databaseNow, rows } from '../platform/sql/database.ts';
import { dayOfInstant, daysFrom, ReportDays, type ReportTime } from './report-days.ts';
import { ENDED_RUN, ENDED_RUN_FROM } from './run-hours.ts';
import type { DayBlockerType, DayMoveType, DayTicketType, RunCostType, SprintDayType } from './sprint-day.types.ts';
import { readableSprint } from '../sprint/sprint.rows.ts';

/** Days before today that are looked through for a working day. */
const LOOK_BACK = 14;

interface Seen {
  ids: string[];
  projectId: string;
  since: Date;
}
type Of<T> = T & { ticketId: string };

/** Reads what a team talks about in the morning. */
@Injectable()
export class SprintDayReader {
  constructor(
    private readonly database: Database,
    private readonly reportDays: ReportDays,
  ) {}

  /** Null where there is no such sprint, or the caller may not know of it. */
  async day(actor: Actor, sprintId: string): Promise<SprintDayType | null> {
    const { direct } = this.database;
    const sprint = await readableSprint(direct, actor, sprintId);
    if (!sprint) return null;
    const { projectId } = sprint;
    const now = await databaseNow(direct);
    const utc = now.toISOString().slice(0, 10);
    const time = await this.reportDays.timeOf(projectId, now, shiftedDay(utc, -LOOK_BACK - 2), shiftedDay(utc, 1));
    const today = dayOfInstant(now.getTime(), time.timeZone);
    const since = lastWorkingDay(time, today);
    const tickets = await this.tickets(sprintId);
    const seen: Seen = { ids: tickets.map(({ ticketId }) => ticketId), projectId, since: new Date(daysFrom(time, since, since)[0]?.start ?? now.getTime()) };
    const [moves, blockers, runs, away] = await Promise.all([this.moves(seen), this.blockers(actor, seen), this.runs(seen), this.away(seen, today)]);
    const of = <T extends { ticketId: string }>(all: ReadonlyMap<string, T[]>, id: string): T[] => all.get(id) ?? [];
    return {
      today,
      since,
      timeZone: time.timeZone,
      away,
      tickets: tickets.map((ticket) => ({
        ...ticket,
        moves: of(moves, ticket.ticketId),
        blockers: of(blockers, ticket.ticketId),
        runs: of(runs, ticket.ticketId),
      })),
    };
  }

  private tickets(sprintId: string): Promise<Omit<DayTicketType, 'moves' | 'blockers' | 'runs'>[]> {
    return rows(
      this.database.direct,
      /* sql */ `SELECT t.id AS "ticketId", p.key || '-' || t.number AS key, t.title, t.state, t.points, t.assignee_id AS "assigneeId", u.name AS "assigneeName", c.name AS "column"
        FROM ticket t JOIN project p ON p.id = t.project_id LEFT JOIN app_user u ON u.id = t.assignee_id
          JOIN sprint s ON s.id = t.sprint_id LEFT JOIN placement k ON k.ticket_id = t.id AND k.board_id = s.board_id AND NOT k.hidden LEFT JOIN board_column c ON c.id = k.column_id
        WHERE t.sprint_id = $1 AND t.deleted_at IS NULL ORDER BY t.number`,
      [sprintId],
    );
  }

  private async moves({ ids, since }: Seen): Promise<Map<string, Of<DayMoveType>[]>> {
    const found = await rows<Of<DayMoveType>>(
      this.database.direct,
      /* sql */ `SELECT a.ticket_id AS "ticketId", a.at, u.name AS by, c.name AS "column", a.changes #>> '{state,to}' AS state
        FROM activity a LEFT JOIN app_user u ON u.id = a.actor_id LEFT JOIN board_column c ON c.id = (a.changes #>> '{columnId,to}')::uuid
        WHERE a.ticket_id = ANY ($1::uuid[]) AND a.entity = 'TICKET' AND a.at >= $2 AND (a.changes ? 'columnId' OR a.changes ? 'state') ORDER BY a.seq DESC`,
      [ids, since],
    );
    return Map.groupBy(found, ({ ticketId }) => ticketId);
  }

  private async blockers(actor: Actor, { ids }: Seen): Promise<Map<string, Of<DayBlockerType>[]>> {
    const found = await rows<Of<DayBlockerType>>(
      this.database.direct,
      /* sql */ `SELECT l.to_id AS "ticketId", CASE WHEN ${READABLE_PROJECT(1)} THEN p.key || '-' || t.number END AS key, CASE WHEN ${READABLE_PROJECT(1)} THEN t.title END AS title
        FROM ticket_link l JOIN ticket t ON t.id = l.from_id JOIN project p ON p.id = t.project_id
        WHERE l.to_id = ANY ($3::uuid[]) AND l.kind = 'BLOCKS' AND t.deleted_at IS NULL AND t.state <> 'DONE' ORDER BY l.created_at`,
      [...readableBy(actor), ids],
    );
    return Map.groupBy(found, ({ ticketId }) => ticketId);
  }

  private async runs({ ids, since }: Seen): Promise<Map<string, Of<RunCostType>[]>> {
    const found = await rows<Of<RunCostType>>(
      this.database.direct,
      `SELECT ${ENDED_RUN} ${ENDED_RUN_FROM} WHERE r.ticket_id = ANY ($1::uuid[]) AND r.ended_at >= $2 ORDER BY r.ended_at DESC`,
      [ids, since],
    );
    return Map.groupBy(found, ({ ticketId }) => ticketId);
  }

  private async away({ ids }: Seen, today: string): Promise<string[]> {
    const found = await rows<{ id: string }>(
      this.database.direct,
      /* sql */ `SELECT DISTINCT o.user_id AS id FROM ticket t JOIN time_off o ON o.user_id = t.assignee_id
        WHERE t.id = ANY ($1::uuid[]) AND $2::date BETWEEN o.from_date AND o.to_date`,
      [ids, today],
    );
    return found.map(({ id }) => id);
  }
}

/** Where nobody worked for two weeks, yesterday. */
function lastWorkingDay({ isWorking }: ReportTime, today: string): string {
  for (let day = dayBefore(today), looked = 0; looked < LOOK_BACK; day = dayBefore(day), looked += 1) if (isWorking(day)) return day;
  return dayBefore(today);
}
