import { exact, type Counted, type Measure, type SprintStay } from '@trainyard/domain';
import { rows, type Tx } from '../platform/sql/database.ts';

/** A sprint that ran, and when: each stay with its end. */
export interface Course {
  sprintId: string;
  stays: readonly (SprintStay & { end: number })[];
}

export interface ScopeTotals {
  committed: number;
  completed: number;
  /** No ticket was ever in its scope. */
  isEmpty: boolean;
}

const AMOUNT: Readonly<Record<Measure, string>> = { POINTS: 'm.points', HOURS: 'm.hours', COUNT: '1' };
/** What speaks among those of one scope: `speaking` of the domain. */
const SPEAKS: Readonly<Record<Counted, string>> = {
  LEAVES: 'NOT EXISTS (SELECT FROM inside o WHERE o.parent_id = m.ticket_id)',
  PARENTS: 'NOT EXISTS (SELECT FROM inside o WHERE o.ticket_id = m.parent_id)',
};
/** Over `ticket_span s`. */
const IS_INSIDE = /* sql */ `NOT s.deleted AND (s.state <> 'DONE' OR s.resolution = 'DONE')`;

/**
 * With what sprints began, and what was done in them at their end: what `replayScope` says of these two moments, without the way from one to the other, of
 * which there is a hundred times as much.
 */
export async function scopeTotals(tx: Tx, courses: readonly Course[], { measure, counted }: { measure: Measure; counted: Counted }): Promise<ScopeTotals[]> {
  const ran = courses.filter(({ stays }) => stays.length > 0);
  // What happens at the start is known then; what happens at the end is not. Instants are whole milliseconds.
  const cuts = ran.flatMap(({ sprintId, stays }) => {
    const last = stays.at(-1)!;
    return [
      { sprintId, cut: stays[0]!.start + 1 },
      { sprintId, cut: Math.max(last.start + 1, last.end) },
    ];
  });
  const times = ran.flatMap(({ sprintId, stays }) => stays.map((stay) => ({ sprintId, ...stay })));
  const [sums, filled] = await Promise.all([
    // Sprint by sprint: all at once, a plan would read the past of the whole project.
    rows<{ scope: number; done: number }>(
      tx,
      /* sql */ `SELECT n.scope, n.done FROM unnest($1::uuid[], $2::timestamptz[]) WITH ORDINALITY AS c (sprint_id, cut, place) CROSS JOIN LATERAL (
          WITH inside AS MATERIALIZED (
            SELECT s.ticket_id, s.parent_id, s.points, s.hours, s.state FROM ticket_span s
            WHERE s.sprint_id = c.sprint_id AND s.from_at < c.cut AND s.to_at >= c.cut AND ${IS_INSIDE} OFFSET 0
          )
          SELECT COALESCE(sum(${AMOUNT[measure]}), 0)::float8 AS scope, COALESCE(sum(${AMOUNT[measure]}) FILTER (WHERE m.state = 'DONE'), 0)::float8 AS done
          FROM inside m WHERE ${SPEAKS[counted]}
        ) n ORDER BY c.place`,
      [cuts.map(({ sprintId }) => sprintId), cuts.map(({ cut }) => new Date(cut))],
    ),
    rows<{ id: string }>(
      tx,
      /* sql */ `SELECT DISTINCT c.sprint_id AS id FROM unnest($1::uuid[], $2::timestamptz[], $3::timestamptz[]) AS c (sprint_id, start_at, end_at) CROSS JOIN LATERAL (
          SELECT FROM ticket_span s WHERE s.sprint_id = c.sprint_id AND s.from_at < c.end_at AND s.to_at > c.start_at AND ${IS_INSIDE} LIMIT 1
        ) s`,
      [times.map(({ sprintId }) => sprintId), times.map(({ start }) => new Date(start)), times.map(({ start, end }) => new Date(Math.max(start + 1, end)))],
    ),
  ]);
  const withTickets = new Set(filled.map(({ id }) => id));
  const totals = new Map(
    ran.map(({ sprintId }, place) => [sprintId, { committed: exact(sums[2 * place]!.scope), completed: exact(sums[2 * place + 1]!.done) }] as const),
  );
  return courses.map(({ sprintId }) => ({ committed: 0, completed: 0, ...totals.get(sprintId), isEmpty: !withTickets.has(sprintId) }));
}
