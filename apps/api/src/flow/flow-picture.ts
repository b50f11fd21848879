import {
  ageing,
  bottleneck,
  cumulativeFlow,
  cyclesOf,
  cycleTimes,
  dayFinder,
  flowEfficiency,
  throughput,
  underWayIn,
  type Cycle,
  type DayOf,
  type FlowItem,
  type Interval,
  type ReportDay,
  type TicketSpan,
  type UnderWay,
} from '@trainyard/domain';
import { rows, type Tx } from '../platform/sql/database.ts';
import { spansOf, WHOLE_MS } from './flow.rows.ts';
import type { AgeingType, CycleTimesType, FlowDayType, FlowEfficiencyType } from './flow.types.ts';
import { held, type AskedProject, type Made } from './kept-answers.ts';
import type { PictureTickets } from './picture-tickets.ts';
import { dayOfInstant, daysFrom, type ReportTime } from './report-days.ts';
import type { Waits } from './wait.reader.ts';

/** Points of a scatter, and finished tickets that others are compared with. */
const TICKETS_MAX = 1_000;
const HOUR = 3_600_000;

/** What all parts of a picture are made of. */
export interface Seen {
  direct: Tx;
  projectId: string;
  at: Date;
  time: ReportTime;
  window: ReportDay[];
  tickets: PictureTickets;
  /** What was known at a past moment; null: it is of now. */
  past: ReadonlyMap<string, readonly TicketSpan[]> | null;
  waitsOf: (ticketIds: readonly string[]) => Promise<Waits>;
}

/** A picture of the flow of a project: each part is made when it is asked for. */
export class FlowPicture {
  constructor(
    project: AskedProject,
    readonly asOf: Date,
    private readonly part: <Part>(named: readonly unknown[], make: (seen: Seen) => Promise<Made<Part>> | Made<Part>) => Promise<Part>,
    /** What the reader may see of other projects, as far as it decides what is told. */
    private readonly mayRead: unknown,
  ) {
    this.behind = project.behind;
  }

  readonly behind: number;

  timeZone(): Promise<string> {
    return this.part(['zone'], ({ time }) => held(time.timeZone));
  }

  days(): Promise<FlowDayType[]> {
    return this.part(['days'], async ({ window, tickets }) => {
      const { entries, before, done: ended } = await tickets.counts();
      const done = throughput(ended, window);
      return held(
        cumulativeFlow(entries, window).map(({ day, isWorking, reached }, index) => ({
          day,
          isWorking,
          startsAt: new Date((window[index] as ReportDay).start),
          endsAt: new Date((window[index] as ReportDay).end),
          reached: reached.map((count, stage) => count + (before[stage] as number)),
          done: done[index]?.ticketIds ?? [],
        })),
      );
    });
  }

  cycleTimes(): Promise<CycleTimesType> {
    return this.part(['cycle times'], async (seen) => {
      const cycles = await cyclesIn(seen, null);
      return held({
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
      });
    });
  }

  ageing(): Promise<AgeingType> {
    return this.part(['ageing'], async (seen) => {
      const { direct, projectId, at, past, tickets } = seen;
      const finished = past ? null : (await tickets.done(TICKETS_MAX)).map(({ ticketId }) => ticketId);
      const [underWay, spans] = await Promise.all([past ? underWayIn(past) : underWayNow(direct, projectId), past ?? spansOf(direct, finished ?? [])]);
      const first = [...underWay.map(({ firstAt }) => firstAt), ...[...spans.values()].map((of) => of[0]?.from ?? Infinity)].reduce(
        (least, one) => (one < least ? one : least),
        at.getTime(),
      );
      const found = ageing(underWay, spans, at.getTime(), dayOfIn(seen, first));
      return held({ columns: found.columns, tickets: found.tickets.map((ticket) => ({ ...ticket, startedAt: new Date(ticket.startedAt) })) });
    });
  }

  /** @param workingDays counts the time of working days alone */
  efficiency(workingDays: boolean): Promise<FlowEfficiencyType> {
    return this.part(['efficiency', workingDays, this.mayRead], async (seen) => {
      const cycles = await cyclesIn(seen, TICKETS_MAX);
      const ids = cycles.map(({ ticketId }) => ticketId);
      const [spans, { measured, holds }] = await Promise.all([seen.past ?? spansOf(seen.direct, ids), seen.waitsOf(ids)]);
      const { n, work, waiting, ratio, reasons, pieces } = flowEfficiency({
        cycles,
        byTicket: spans,
        measured,
        ...(workingDays && {
          within: workingDaysSince(
            seen,
            cycles.reduce((first, { startedAt }) => Math.min(first, startedAt), seen.at.getTime()),
          ),
        }),
      });
      const most = bottleneck(pieces);
      return {
        holds,
        answer: {
          n,
          workHours: work / HOUR,
          waitingHours: waiting / HOUR,
          ratio,
          reasons: reasons.map(({ time, ...reason }) => ({ ...reason, hours: time / HOUR })),
          bottleneck: most && { ...most, hours: most.time / HOUR },
        },
      };
    });
  }
}

/** The cycles of tickets that were done in the days of the picture. */
async function cyclesIn(seen: Seen, last: number | null): Promise<Cycle[]> {
  const done: FlowItem[] = await seen.tickets.done(last);
  return cyclesOf(
    done,
    dayOfIn(
      seen,
      done.reduce((first, { createdAt }) => Math.min(first, createdAt), seen.at.getTime()),
    ),
  );
}

const underWayNow = (tx: Tx, projectId: string): Promise<UnderWay[]> =>
  rows(
    tx,
    /* sql */ `SELECT i.ticket_id AS "ticketId", ${WHOLE_MS('i.episode_at')} AS "startedAt", ${WHOLE_MS('i.started_at')} AS "firstAt",
        (SELECT s.column_id FROM ticket_span s WHERE s.ticket_id = i.ticket_id ORDER BY s.from_at DESC LIMIT 1) AS "columnId"
      FROM flow_item i WHERE i.project_id = $1 AND i.stage = 'IN_PROGRESS' ORDER BY i.episode_at, i.ticket_id`,
    [projectId],
  );

/** Whole days since that of an instant, as far as people work on them. */
function workingDaysSince({ at, time }: Seen, first: number): Interval[] {
  return daysFrom(time, dayOfInstant(first, time.timeZone), dayOfInstant(at.getTime(), time.timeZone)).flatMap(({ start, end, isWorking }) =>
    isWorking ? [{ from: start, to: end }] : [],
  );
}

/** The days since an instant. */
const dayOfIn = ({ at, time }: Seen, first: number): DayOf =>
  dayFinder(daysFrom({ ...time, isWorking: () => true }, dayOfInstant(first, time.timeZone), dayOfInstant(at.getTime(), time.timeZone)));
