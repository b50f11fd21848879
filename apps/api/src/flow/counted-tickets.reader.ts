import { Injectable } from '@nestjs/common';
import { shiftedDay, STAGES, ticketsAt, type Actor, type Stage } from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { day as dayInput, isId } from '../platform/input.ts';
import { inPastTurn } from '../platform/lists/list-turns.ts';
import { Database, databaseNow, row, rows } from '../platform/sql/database.ts';
import { FlowReader } from './flow.reader.ts';
import type { CountedTicketsType, Known, ReportTicketType } from './flow.types.ts';
import { endedThen, ticketsThen } from './picture-tickets.ts';
import { daysFrom, ReportDays } from './report-days.ts';

/** Tickets that are named in one answer. */
export const COUNTED_MAX = 1_000;

interface Asked {
  projectId: string;
  /** At the end of which day. */
  day: string;
  stage: Stage;
  asOf: Date | null;
  known: Known;
}

/** Since when a ticket has been at each stage or behind it. */
const SINCE = ['i.created_at', 'i.progress_since', 'i.done_since', 'i.out_since'] as const;

/** Tells which tickets the numbers of reports count. */
@Injectable()
export class CountedTicketsReader {
  constructor(
    private readonly database: Database,
    private readonly reportDays: ReportDays,
    private readonly flow: FlowReader,
  ) {}

  /** Those at a stage at the end of a day: what lies between two lines of the cumulative flow. */
  async atStage(actor: Actor, asked: Asked): Promise<CountedTicketsType> {
    const day = dayInput('day', asked.day);
    await this.flow.readable(actor, asked.projectId);
    return inPastTurn(this.database, actor, () => this.counted({ ...asked, day }));
  }

  private async counted({ projectId, day: asked, stage, asOf, known }: Asked): Promise<CountedTicketsType> {
    const { direct } = this.database;
    const now = await databaseNow(direct);
    const at = asOf && asOf < now ? asOf : now;
    const time = await this.reportDays.timeOf(projectId, at, shiftedDay(asked, -1), shiftedDay(asked, 1));
    // The date line may have left the day out: nothing ended on it.
    const end = daysFrom(time, asked, asked)[0]?.end ?? 0;
    const place = STAGES.indexOf(stage);
    if (at < now && known === 'THEN') {
      const pictured = { projectId, start: new Date(end), at };
      const { entries, before } = await ticketsThen(direct, pictured).counts();
      const found = ticketsAt(entries, place, end);
      const ended = stage === 'DONE' || stage === 'OUT' ? await endedThen(direct, pictured, stage, COUNTED_MAX) : [];
      return { total: found.length + before[place]! - (before[place + 1] ?? 0), ticketIds: [...found, ...ended].slice(0, COUNTED_MAX) };
    }
    const next = SINCE[place + 1];
    const holds = `i.project_id = $1 AND ${SINCE[place]} < $2${next ? ` AND (${next} IS NULL OR ${next} >= $2)` : ''}`;
    const asking = [projectId, new Date(end)];
    const found = await rows<{ id: string }>(
      direct,
      `SELECT i.ticket_id AS id FROM flow_item i WHERE ${holds} ORDER BY ${SINCE[place]} DESC, i.ticket_id LIMIT ${COUNTED_MAX}`,
      asking,
    );
    const counted = await row<{ total: number }>(direct, `SELECT count(*)::int AS total FROM flow_item i WHERE ${holds}`, asking);
    return { total: counted?.total ?? 0, ticketIds: found.map(({ id }) => id) };
  }

  /** Tickets of a project by their ids, as they are now; what is erased is in no answer. */
  async tickets(actor: Actor, projectId: string, ids: readonly string[]): Promise<ReportTicketType[]> {
    if (ids.length > COUNTED_MAX) throw new DomainError('BAD_INPUT', { field: 'ids', reason: 'OUT_OF_RANGE', max: COUNTED_MAX });
    if (!ids.every(isId)) throw new DomainError('BAD_INPUT', { field: 'ids', reason: 'NOT_AN_ID' });
    await this.flow.readable(actor, projectId);
    return rows<ReportTicketType>(
      this.database.direct,
      /* sql */ `SELECT t.id, p.key || '-' || t.number AS key, t.title, t.type, t.state, t.resolution, t.deleted_at IS NOT NULL AS "isDeleted"
        FROM unnest($2::uuid[]) WITH ORDINALITY AS asked (id, place) JOIN ticket t ON t.id = asked.id AND t.project_id = $1
        JOIN project p ON p.id = t.project_id ORDER BY asked.place`,
      [projectId, ids],
    );
  }
}
