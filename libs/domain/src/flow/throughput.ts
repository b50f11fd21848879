import type { Cycle } from './cycle.ts';
import type { ReportDay } from './days.ts';

/** Tickets that were done on a day, each once: on the day since which it has been done. */
export interface ThroughputDay {
  day: string;
  isWorking: boolean;
  count: number;
  ticketIds: string[];
}

/**
 * What was done on each of `days`, nothing among it.
 * @param cycles the first to end first
 */
export function throughput(cycles: readonly Pick<Cycle, 'ticketId' | 'endedAt'>[], days: readonly ReportDay[]): ThroughputDay[] {
  let next = 0;
  return days.map(({ day, isWorking, start, end }) => {
    const ticketIds: string[] = [];
    for (; next < cycles.length; next += 1) {
      const { ticketId, endedAt } = cycles[next] as Cycle;
      if (endedAt >= end) break;
      if (endedAt >= start) ticketIds.push(ticketId);
    }
    return { day, isWorking, count: ticketIds.length, ticketIds };
  });
}
