import {
  ageing,
  bottleneck,
  cumulativeFlow,
  cyclesOf,
  cycleTimes,
  dayFinder,
  flowEfficiency,
  reasonAt,
  throughput,
  type Cycle,
  type DayOf,
  type FlowItem,
  type Interval,
  type ReportDay,
} from '@trainyard/domain';
import type { AgeingType, CycleTimesType, FlowDayType, FlowEfficiencyType, TicketReasonType } from './flow.types.ts';
import { held, type AskedProject, type Made } from './kept-answers.ts';
import type { PictureTickets } from './picture-tickets.ts';
import { dayOfInstant, daysFrom, type ReportTime } from './report-days.ts';
import type { Waits } from './wait.reader.ts';

/** Points of a scatter, and finished tickets that others are compared with. */
const TICKETS_MAX = 1_000;
const HOUR = 3_600_000;

/** What all parts of a picture are made of. */
export interface Seen {
  at: Date;
  time: ReportTime;
  window: ReportDay[];
  tickets: PictureTickets;
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
      const { at, tickets } = seen;
      const [underWay, finished] = await Promise.all([tickets.underWay(), tickets.done(TICKETS_MAX)]);
      const spans = await tickets.spansOf(finished.map(({ ticketId }) => ticketId));
      const first = [...underWay.map(({ firstAt }) => firstAt), ...[...spans.values()].map((of) => of[0]?.from ?? Infinity)].reduce(
        (least, one) => (one < least ? one : least),
        at.getTime(),
      );
      const found = ageing(underWay, spans, at.getTime(), dayOfIn(seen, first));
      return held({ columns: found.columns, tickets: found.tickets.map((ticket) => ({ ...ticket, startedAt: new Date(ticket.startedAt) })) });
    });
  }

  /** Why each ticket in progress is not done yet, the oldest first. */
  reasons(): Promise<TicketReasonType[]> {
    return this.part(['reasons', this.mayRead], async ({ at, tickets, waitsOf }) => {
      const underWay = (await tickets.underWay()).toSorted((a, b) => a.startedAt - b.startedAt).slice(0, TICKETS_MAX);
      const ids = underWay.map(({ ticketId }) => ticketId);
      const [spans, { measured, holds }] = await Promise.all([tickets.spansOf(ids), waitsOf(ids)]);
      const measuredOf = Map.groupBy(measured, ({ ticketId }) => ticketId);
      return {
        holds,
        answer: ids.flatMap((ticketId) => reasonAt({ spans: spans.get(ticketId) ?? [], measured: measuredOf.get(ticketId) ?? [] }, at.getTime()) ?? []),
      };
    });
  }

  /** @param workingDays counts the time of working days alone */
  efficiency(workingDays: boolean): Promise<FlowEfficiencyType> {
    return this.part(['efficiency', workingDays, this.mayRead], async (seen) => {
      const cycles = await cyclesIn(seen, TICKETS_MAX);
      const ids = cycles.map(({ ticketId }) => ticketId);
      const [spans, { measured, holds }] = await Promise.all([seen.tickets.spansOf(ids), seen.waitsOf(ids)]);
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

/** Whole days since that of an instant, as far as people work on them. */
function workingDaysSince({ at, time }: Seen, first: number): Interval[] {
  return daysFrom(time, dayOfInstant(first, time.timeZone), dayOfInstant(at.getTime(), time.timeZone)).flatMap(({ start, end, isWorking }) =>
    isWorking ? [{ from: start, to: end }] : [],
  );
}

/** The days since an instant. */
const dayOfIn = ({ at, time }: Seen, first: number): DayOf =>
  dayFinder(daysFrom({ ...time, isWorking: () => true }, dayOfInstant(first, time.timeZone), dayOfInstant(at.getTime(), time.timeZone)));
