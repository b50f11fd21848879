// The capacity of sprints that ended, as it was then.

import type { CapacityRatio, PersonPlan } from '@trainyard/domain';
import { rows, type Tx } from '../platform/sql/database.ts';

/** What is kept of one. */
export interface KeptCapacity {
  people: PersonPlan[];
  ratio: CapacityRatio | null;
  /** Of its team on the days on which it ran. */
  ranMinutes: number;
}
/** The same with the people's names, as they are now. */
export interface NamedCapacity extends KeptCapacity {
  sprintId: string;
  people: (PersonPlan & { name: string | null })[];
}

/** In the transaction that ends it. */
export async function keepCapacity(tx: Tx, sprintId: string, { people, ratio, ranMinutes }: KeptCapacity): Promise<void> {
  await tx.query('INSERT INTO sprint_capacity (sprint_id, ran_minutes, ratio_sprints, ratio_points, ratio_minutes) VALUES ($1, $2, $3, $4, $5)', [
    sprintId,
    ranMinutes,
    ratio?.sprints ?? null,
    ratio?.points ?? null,
    ratio?.minutes ?? null,
  ]);
  await tx.query(
    /* sql */ `INSERT INTO sprint_capacity_person (sprint_id, person_id, minutes, points, unestimated)
      SELECT $1, n.* FROM unnest($2::uuid[], $3::int[], $4::float8[], $5::int[]) AS n (person_id, minutes, points, unestimated)`,
    [
      sprintId,
      people.map(({ personId }) => personId),
      people.map(({ minutes }) => minutes),
      people.map(({ points }) => points),
      people.map(({ unestimated }) => unestimated),
    ],
  );
}

/** In the transaction that opens it again: what it has from then on is that of its days. */
export async function forgetCapacity(tx: Tx, sprintId: string): Promise<void> {
  await tx.query('DELETE FROM sprint_capacity WHERE sprint_id = $1', [sprintId]);
}

/** Of these sprints those that have one, by their ids. */
export async function keptCapacities(tx: Tx, sprintIds: readonly string[]): Promise<Map<string, NamedCapacity>> {
  const found = await rows<NamedCapacity>(
    tx,
    /* sql */ `SELECT c.sprint_id AS "sprintId", c.ran_minutes AS "ranMinutes",
        CASE WHEN c.ratio_sprints IS NOT NULL THEN json_build_object('sprints', c.ratio_sprints, 'points', c.ratio_points, 'minutes', c.ratio_minutes) END AS ratio,
        COALESCE((SELECT json_agg(json_build_object('personId', k.person_id, 'name', u.name, 'minutes', k.minutes, 'points', k.points, 'unestimated', k.unestimated))
          FROM sprint_capacity_person k LEFT JOIN app_user u ON u.id = k.person_id WHERE k.sprint_id = c.sprint_id), '[]') AS people
      FROM sprint_capacity c WHERE c.sprint_id = ANY ($1::uuid[])`,
    [sprintIds],
  );
  return new Map(found.map((one) => [one.sprintId, one]));
}
