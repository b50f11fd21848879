import type { ReportDay } from '../flow/days.ts';
import { spansOf } from '../flow/histories.fixture.ts';
import type { TicketSpan } from '../flow/span.ts';
import type { SprintStay } from './scope.ts';

/** Two weeks in New York, in which its clocks are put back: from Monday 26 October to Friday 6 November 2026. */
const at = (day: string, time: string): number => Date.parse(`${day}T${time}`);
const EDT = '-04:00';
const EST = '-05:00';

export const GOLDEN_START = at('2026-10-26', `09:00${EDT}`);
export const GOLDEN_END = at('2026-11-06', `17:00${EST}`);
export const GOLDEN_STAYS: SprintStay[] = [{ start: GOLDEN_START, end: GOLDEN_END }];

const midnight = (day: number): number => at(new Date(Date.UTC(2026, 9, 26 + day)).toISOString().slice(0, 10), `00:00${day < 7 ? EDT : EST}`);
/** The Sunday has 25 hours. */
export const GOLDEN_DAYS: ReportDay[] = Array.from({ length: 12 }, (_, index) => ({
  day: new Date(Date.UTC(2026, 9, 26 + index)).toISOString().slice(0, 10),
  start: midnight(index),
  end: midnight(index + 1),
  isWorking: index % 7 < 5,
}));

const before = GOLDEN_START - 3_600_000;
const done = { state: 'DONE', resolution: 'DONE' } as const;
const planned = (points: number) => [before, { sprintId: 'golden', points }] as const;

/** C is done before the sprint is completed, which carries F on; F is done a day later. */
export const GOLDEN: TicketSpan[] = [
  ...spansOf('A', [
    planned(8),
    [at('2026-10-29', `23:30${EDT}`), done],
    [at('2026-10-30', `10:00${EDT}`), { state: 'IN_PROGRESS', resolution: null }],
    [at('2026-11-04', `11:00${EST}`), done],
    [GOLDEN_END, { sprintId: null }],
  ]),
  // The second 01:30 of that night.
  ...spansOf('B', [planned(13), [at('2026-11-01', `01:30${EST}`), done], [GOLDEN_END, { sprintId: null }]]),
  ...spansOf('C', [planned(5), [at('2026-11-02', `10:00${EST}`), { points: 8 }], [at('2026-11-06', `16:00${EST}`), done], [GOLDEN_END, { sprintId: null }]]),
  ...spansOf('D', [planned(8), [at('2026-11-03', `10:00${EST}`), { sprintId: null }]]),
  ...spansOf('E', [planned(6), [at('2026-11-05', `10:00${EST}`), { state: 'DONE', resolution: 'CANCELLED' }], [GOLDEN_END, { sprintId: null }]]),
  ...spansOf('F', [
    [at('2026-10-28', `09:00${EDT}`), { points: 3 }],
    [at('2026-10-28', `09:30${EDT}`), { sprintId: 'golden' }],
    [GOLDEN_END, { sprintId: 'next' }],
    [at('2026-11-07', `12:00${EST}`), done],
  ]),
];
