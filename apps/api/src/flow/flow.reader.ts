import { Injectable } from '@nestjs/common';
import {
  ageing,
  bottleneck,
  byTicket,
  cumulativeFlow,
  cyclesOf,
  cycleTimes,
  dayFinder,
  entriesOfItems,
  flowEfficiency,
  itemsOf as waysOf,
  knownBefore,
  shiftedDay,
  throughput,
  type Actor,
  type Cycle,
  type DayOf,
  type FlowItem,
  type Interval,
  type MeasuredInterval,
  type ReportDay,
  type TicketSpan,
} from '@trainyard/domain';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { isId } from '../platform/input.ts';
import { Database, databaseNow, row, rows } from '../platform/sql/database.ts';
import { FLOW_READER } from './flow-feed.ts';
import { ITEM_COLUMNS, SPAN_COLUMNS, spansOf } from './flow.rows.ts';
import type { AgeingType, CycleTimesType, FlowDayType, FlowEfficiencyType, Known } from './flow.types.ts';
import { dayOfInstant, daysFrom, ReportDays, type ReportTime } from './report-days.ts';
import { WaitReader } from './wait.reader.ts';

export const PICTURE_DAYS_MAX = 366;
/** Points of a scatter, and finished tickets that others are compared with. */
const TICKETS_MAX = 1_000;
const HOUR = 3_600_000;

interface Asked {
  projectId: string;
  /** Days of the picture, the last one that of `asOf`. */
  days: number;
  asOf: Date | null;
  known: Known;
}

/** What is known of a project's tickets; those that ended before the days of the picture may be counted alone. */
interface Tickets {
  items: FlowItem[];
  /** Done before, and out before. */
  doneBefore: number;
  outBefore: number;
}

/** Reads how work flows in a project. */
@Injectable()
export class FlowReader {
  constructor(
    private readonly database: Database,
    private readonly reportDays: ReportDays,
    private readonly waits: WaitReader,
  ) {}

  /** @throws DomainError NOT_FOUND where there is none, or the caller may not know of it */
  async readable(actor: Actor, projectId: string): Promise<void> {
    const project = isId(projectId)
      ? await row<Parameters<typeof demandProject>[2] & object>(this.database.direct, `SELECT ${PROJECT_SCOPE} FROM project p WHERE p.id = $1`, [projectId])
      : null;
    demandProject(actor, 'project.read', project);
  }

  async picture(actor: Actor, { projectId, days, asOf, known }: Asked): Promise<FlowPicture> {
    if (!(days >= 1 && days <= PICTURE_DAYS_MAX)) throw new DomainError('BAD_INPUT', { field: 'days', reason: 'OUT_OF_RANGE', max: PICTURE_DAYS_MAX });
    await this.readable(actor, projectId);
    const { direct } = this.database;
    const now = await databaseNow(direct);
    const at = asOf && asOf < now ? asOf : now;
    const utc = at.toISOString().slice(0, 10);
    const time = await this.reportDays.timeOf(projectId, at, shiftedDay(utc, -days - 1), shiftedDay(utc, 1));
    const today = dayOfInstant(at.getTime(), time.timeZone);
    const window = daysFrom(time, shiftedDay(today, 1 - days), today);
    const past = at < now ? byTicket(knownBefore(await this.spansBefore(projectId, at), at.getTime())) : null;
    const tickets: Tickets =
      past && known === 'THEN' ? { items: waysOf(past), doneBefore: 0, outBefore: 0 } : await this.itemsSince(projectId, window[0]?.start ?? 0);
    const told = { timeZone: time.timeZone, at, asOf: at < now && known === 'THEN' ? at : null };
    const waitsOf = (ticketIds: readonly string[]): Promise<MeasuredInterval[]> => this.waits.waitsOf(actor, { ...told, ticketIds });
    return new FlowPicture(direct, { at, time, window, tickets, past, waitsOf, behind: await this.behind(projectId) });
  }

  /** Entries of a project's log that the reader has not come to. */
  async behind(projectId: string): Promise<number> {
    const found = await row<{ behind: number }>(
      this.database.direct,
      'SELECT (s.seq - COALESCE(p.seq, 0))::int AS behind FROM activity_scope s LEFT JOIN log_position p ON p.scope = s.id AND p.reader = $2 WHERE s.id = $1',
      [projectId, FLOW_READER],
    );
    return found?.behind ?? 0;
  }

  /** What tickets were, as far as it began before an instant. */
  spansBefore(projectId: string, at: Date): Promise<TicketSpan[]> {
    return rows(this.database.direct, `SELECT ${SPAN_COLUMNS} FROM ticket_span s WHERE s.project_id = $1 AND s.from_at < $2 ORDER BY s.from_at`, [
      projectId,
      at,
    ]);
  }

  private async itemsSince(projectId: string, start: number): Promise<Tickets> {
    const { direct } = this.database;
    const since = new Date(start);
    const items = await rows<FlowItem>(
      direct,
      /* sql */ `SELECT ${ITEM_COLUMNS} FROM flow_item i WHERE i.project_id = $1 AND (i.stage IN ('OPEN', 'IN_PROGRESS') OR i.since >= $2)`,
      [projectId, since],
    );
    const before = await row<Omit<Tickets, 'items'>>(
      direct,
      /* sql */ `SELECT count(*) FILTER (WHERE stage = 'DONE')::int AS "doneBefore", count(*) FILTER (WHERE stage = 'OUT')::int AS "outBefore"
        FROM flow_item WHERE project_id = $1 AND stage IN ('DONE', 'OUT') AND since < $2`,
      [projectId, since],
    );
    return { items, doneBefore: before?.doneBefore ?? 0, outBefore: before?.outBefore ?? 0 };
  }
}

interface Seen {
  at: Date;
  time: ReportTime;
  window: ReportDay[];
  tickets: Tickets;
  /** What was known at a past moment; null: it is of now. */
  past: ReadonlyMap<string, readonly TicketSpan[]> | null;
  behind: number;
  waitsOf: (ticketIds: readonly string[]) => Promise<MeasuredInterval[]>;
}

/** A picture of the flow of a project: each part is made when it is asked for. */
export class FlowPicture {
  private readonly seen: Map<string, unknown> = new Map();

  constructor(
    private readonly direct: Database['direct'],
    private readonly known: Seen,
  ) {}

  get timeZone(): string {
    return this.known.time.timeZone;
  }
  get behind(): number {
    return this.known.behind;
  }
  get asOf(): Date {
    return this.known.at;
  }

  days(): FlowDayType[] {
    const { window, tickets } = this.known;
    const before = [tickets.doneBefore + tickets.outBefore, tickets.doneBefore + tickets.outBefore, tickets.doneBefore + tickets.outBefore, tickets.outBefore];
    const done = throughput(this.cycles(), window);
    return cumulativeFlow(entriesOfItems(tickets.items), window).map(({ day, isWorking, reached }, index) => ({
      day,
      isWorking,
      startsAt: new Date((window[index] as ReportDay).start),
      endsAt: new Date((window[index] as ReportDay).end),
      reached: reached.map((count, stage) => count + (before[stage] as number)),
      done: done[index]?.ticketIds ?? [],
    }));
  }

  cycleTimes(): CycleTimesType {
    const cycles = this.cycles();
    return {
      ...cycleTimes(cycles),
      tickets: cycles.slice(-TICKETS_MAX).map(({ ticketId, startedAt, endedAt, days, leadDays, active, isSkipped, reentries }) => ({
        ticketId,
        startedAt: new Date(startedAt),
        endedAt: new Date(endedAt),
        days,
        leadDays,
        activeHours: active / HOUR,
        isSkipped,
        reentries,
      })),
    };
  }

  async ageing(): Promise<AgeingType> {
    const { at, past, tickets } = this.known;
    const finished = this.cycles()
      .slice(-TICKETS_MAX)
      .map(({ ticketId }) => ticketId);
    const underWay = tickets.items.flatMap(({ ticketId, stage }) => (stage === 'IN_PROGRESS' ? [ticketId] : []));
    const spans = past ?? (await spansOf(this.direct, [...underWay, ...finished]));
    const first = Math.min(at.getTime(), ...[...spans.values()].map((of) => of[0]?.from ?? Infinity));
    const found = ageing(spans, at.getTime(), this.dayOf(first));
    return { columns: found.columns, tickets: found.tickets.map((ticket) => ({ ...ticket, startedAt: new Date(ticket.startedAt) })) };
  }

  /** @param workingDays counts the time of working days alone */
  async efficiency(workingDays: boolean): Promise<FlowEfficiencyType> {
    const cycles = this.cycles().slice(-TICKETS_MAX);
    const ids = cycles.map(({ ticketId }) => ticketId);
    const spans = this.known.past ?? (await spansOf(this.direct, ids));
    const { n, work, waiting, ratio, reasons, pieces } = flowEfficiency({
      cycles,
      byTicket: spans,
      measured: await this.known.waitsOf(ids),
      ...(workingDays && { within: this.workingDaysSince(cycles.reduce((first, { startedAt }) => Math.min(first, startedAt), this.known.at.getTime())) }),
    });
    const most = bottleneck(pieces);
    return {
      n,
      workHours: work / HOUR,
      waitingHours: waiting / HOUR,
      ratio,
      reasons: reasons.map(({ time, ...reason }) => ({ ...reason, hours: time / HOUR })),
      bottleneck: most && { ...most, hours: most.time / HOUR },
    };
  }

  /** Of tickets that were done in the days of the picture. */
  private cycles(): Cycle[] {
    const known = this.seen.get('cycles') as Cycle[] | undefined;
    if (known) return known;
    const { at, window, tickets } = this.known;
    const start = window[0]?.start ?? 0;
    const done = tickets.items.filter(({ stage, since }) => stage === 'DONE' && since >= start && since < at.getTime());
    const cycles = cyclesOf(done, this.dayOf(done.reduce((first, { createdAt }) => Math.min(first, createdAt), at.getTime())));
    this.seen.set('cycles', cycles);
    return cycles;
  }

  /** Whole days since that of an instant, as far as people work on them. */
  private workingDaysSince(first: number): Interval[] {
    const { at, time } = this.known;
    return daysFrom(time, dayOfInstant(first, time.timeZone), dayOfInstant(at.getTime(), time.timeZone)).flatMap(({ start, end, isWorking }) =>
      isWorking ? [{ from: start, to: end }] : [],
    );
  }

  /** The days since an instant. */
  private dayOf(first: number): DayOf {
    const { at, time } = this.known;
    return dayFinder(daysFrom({ ...time, isWorking: () => true }, dayOfInstant(first, time.timeZone), dayOfInstant(at.getTime(), time.timeZone)));
  }
}
