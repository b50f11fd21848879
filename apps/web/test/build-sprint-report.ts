import { shiftedDay } from '@trainyard/domain';
import type { SprintReportQuery } from '../src/features/flow/flow.generated.ts';

export type SprintAnswer = NonNullable<SprintReportQuery['sprintReport']>;

const midnight = (day: string): string => `${day}T00:00:00.000Z`;
const point = (at: string, scope: number, done: number) => ({ __typename: 'BurnPoint' as const, at, scope, done, remaining: scope - done, unestimated: 0 });
const part = (total: number, ...lines: [ticketId: string, amount: number | null][]) => ({
  __typename: 'ReportPart' as const,
  total,
  lines: lines.map(([ticketId, amount]) => ({ __typename: 'ReportLine' as const, ticketId, amount })),
});

/** Five days from Thursday to Monday, of which the third ends: 8 points at the start, 3 more on Friday at noon, 5 done on Saturday. */
export function buildSprintReport(overrides: Partial<SprintAnswer> = {}): SprintAnswer {
  const burns = [point('2026-11-05T09:00:00.000Z', 8, 0), point('2026-11-06T12:00:00.000Z', 11, 0), point('2026-11-07T06:00:00.000Z', 11, 5), null, null];
  const ideal = [16 / 3, 8 / 3, 8 / 3, 8 / 3, 0];
  const reaimed = [16 / 3, 4.17, 4.17, 4.17, 0];
  return {
    __typename: 'SprintReport',
    timeZone: 'UTC',
    behind: 0,
    baseline: 8,
    days: burns.map((burn, i) => {
      const day = shiftedDay('2026-11-05', i);
      return {
        __typename: 'BurnDay' as const,
        day,
        isWorking: i !== 2 && i !== 3,
        startsAt: midnight(day),
        endsAt: midnight(shiftedDay(day, 1)),
        ideal: ideal[i] ?? null,
        reaimed: reaimed[i] ?? null,
        burn,
      };
    }),
    points: burns.filter((burn) => burn !== null),
    steps: [{ __typename: 'ScopeStep', at: '2026-11-06T12:00:00.000Z', ticketId: 'ticket-3', kind: 'ADDED', delta: 3 }],
    committed: part(8, ['ticket-1', 5], ['ticket-2', 3]),
    added: part(3, ['ticket-3', 3]),
    removed: part(0),
    reEstimated: part(0),
    cancelled: part(0),
    completed: part(5, ['ticket-1', 5]),
    carried: part(6, ['ticket-2', 3], ['ticket-3', 3]),
    ...overrides,
  };
}
