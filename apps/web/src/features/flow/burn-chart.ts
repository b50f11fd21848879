import type { ChartLayer, ChartSlot, SlotPoint } from '@trainyard/ui';
import { LOOKS } from './chart-looks.ts';
import type { SprintReportQuery } from './flow.generated.ts';
import { slotOf } from './slot-of.ts';

export type SprintAnswer = NonNullable<SprintReportQuery['sprintReport']>;

export interface BurnWords {
  scope: string;
  remaining: string;
  done: string;
  ideal: string;
  reaimed: string;
  change: string;
}

export interface BurnChart {
  layers: ChartLayer[];
  /** Where what is known ends: the end of the sprint, or the moment it is told of. */
  until: number;
}

/**
 * A sprint as steps at the very instants at which something changed; the ideal line goes down on working days alone.
 * @param end when it ended, or the moment that it is told of, in milliseconds
 */
export function burnChart({ days, points, steps, baseline }: SprintAnswer, as: 'DOWN' | 'UP', end: number, words: BurnWords): BurnChart {
  const until = days.length === 0 ? 0 : slotOf(days, end);
  const at = (instant: string): number => slotOf(days, instant);
  const first = points[0];
  const of = (name: 'scope' | 'done' | 'remaining'): { points: SlotPoint[]; values: (number | null)[] } => ({
    points: points.map((point) => ({ x: at(point.at), y: point[name] })),
    values: days.map(({ burn }) => burn?.[name] ?? null),
  });
  const ideal = (name: 'ideal' | 'reaimed'): { points: SlotPoint[]; values: (number | null)[] } => {
    const values = days.map((day) => (day[name] === null ? null : as === 'DOWN' ? day[name] : baseline - day[name]));
    const begin = first ? at(first.at) : 0;
    const known = values.flatMap((y, i): SlotPoint[] => (y === null ? [] : [{ x: i + 1, y }]));
    return {
      points: known.length === 0 ? [] : [{ x: begin, y: as === 'DOWN' ? baseline : 0 }, ...flatOnFreeDays(known, days, begin, as === 'DOWN' ? baseline : 0)],
      values,
    };
  };
  const moved = steps.filter(({ delta }) => delta !== 0);
  // What was aimed anew grows with the scope: going up it would be another line of the scope.
  const lines: ChartLayer[] = [
    { kind: 'LINE', key: 'ideal', name: words.ideal, look: LOOKS.ideal, isThin: true, ...ideal('ideal') },
    ...(as === 'DOWN' && days.some(({ reaimed }) => reaimed !== null)
      ? [{ kind: 'LINE', key: 'reaimed', name: words.reaimed, look: LOOKS.reaimed, isThin: true, ...ideal('reaimed') } as const]
      : []),
    { kind: 'STEPS', key: 'scope', name: words.scope, look: LOOKS.scope, until, ...of('scope') },
    as === 'DOWN'
      ? { kind: 'STEPS', key: 'remaining', name: words.remaining, look: LOOKS.remaining, until, ...of('remaining') }
      : { kind: 'STEPS', key: 'done', name: words.done, look: LOOKS.done, until, ...of('done') },
  ];
  const scopeAt = (instant: string): number => points.findLast((point) => point.at <= instant)?.scope ?? 0;
  const changes: ChartLayer[] =
    moved.length === 0
      ? []
      : [
          {
            kind: 'DOTS',
            key: 'change',
            name: words.change,
            look: LOOKS.change,
            shape: 'DIAMOND',
            dots: moved.map((step) => ({ x: at(step.at), y: scopeAt(step.at) })),
            values: days.map(
              ({ startsAt, endsAt }) => moved.filter((step) => startsAt <= step.at && step.at < endsAt).reduce((sum, { delta }) => sum + delta, 0) || null,
            ),
          },
        ];
  return { layers: [...lines.filter((layer) => layer.kind !== 'LINE' || layer.points.length > 0), ...changes], until };
}

/** The line falls within working days, and is level on the others. */
function flatOnFreeDays(known: readonly SlotPoint[], days: readonly { isWorking: boolean }[], begin: number, from: number): SlotPoint[] {
  let before = from;
  return known.flatMap(({ x, y }) => {
    const isLevel = days[x - 1]?.isWorking === false;
    const points =
      isLevel && x - 1 > begin
        ? [
            { x: x - 1, y: before },
            { x, y: before },
          ]
        : [{ x, y }];
    before = y;
    return points;
  });
}

export const burnSlots = (days: SprintAnswer['days'], full: (day: string) => string, short: (day: string) => string): ChartSlot[] =>
  days.map(({ day, isWorking }) => ({ key: day, name: full(day), tick: short(day), isShaded: !isWorking }));
