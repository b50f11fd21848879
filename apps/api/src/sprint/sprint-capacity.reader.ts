import { Injectable } from '@nestjs/common';
import {
  capacityMinutes,
  capacityRatio,
  dayAt,
  planCapacity,
  VELOCITY_SPRINTS_MAX,
  type CapacityRatio,
  type PastSprint,
  type PersonPlan,
} from '@trainyard/domain';
import { personOf } from '../access/person.types.ts';
import { Database, databaseNow, rows, type Tx } from '../platform/sql/database.ts';
import { CapacityReader } from '../staffing/capacity.reader.ts';
import { keptCapacities, type KeptCapacity } from './kept-capacity.ts';
import { COUNTS } from './sprint.rows.ts';
import type { SprintCapacityType } from './sprint-capacity.types.ts';
import type { SprintType } from './sprint.types.ts';

interface Assigned {
  personId: string | null;
  name: string | null;
  points: number;
  unestimated: number;
}

/** What the people of a sprint's team have time for in it, and what is theirs to do. */
@Injectable()
export class SprintCapacityReader {
  constructor(
    private readonly database: Database,
    private readonly capacity: CapacityReader,
  ) {}

  /** Of several, in their order: the same statements for one as for all of a project. What ended is told as it ended, where that was kept. */
  async ofAll(sprints: readonly SprintType[]): Promise<SprintCapacityType[]> {
    const { direct } = this.database;
    const kept = await keptCapacities(
      direct,
      sprints.flatMap(({ id, state }) => (state === 'CLOSED' ? id : [])),
    );
    const reckoned = await this.reckon(
      direct,
      sprints.filter(({ id }) => !kept.has(id)),
    );
    return sprints.map(({ id }) => {
      const { people, ratio } = kept.get(id) ?? reckoned.get(id)!;
      return told(people, ratio, kept.has(id));
    });
  }

  /** What is to be kept of one that ends now. Its tickets are still in it. */
  async atItsEnd(tx: Tx, sprint: SprintType): Promise<KeptCapacity> {
    const { people, ratio, place } = (await this.reckon(tx, [sprint])).get(sprint.id)!;
    const ran = { teamId: place.teamId, from: dayAt(sprint.startedAt!, place.timeZone), to: dayAt(await databaseNow(tx), place.timeZone), isPast: true };
    return { people, ratio, ranMinutes: sumOf((await this.teams(tx, [ran]))(ran)) };
  }

  private async reckon(tx: Tx, sprints: readonly SprintType[]): Promise<Map<string, Reckoned>> {
    if (sprints.length === 0) return new Map();
    const places = new Map(
      (
        await rows<Place & { id: string }>(tx, 'SELECT p.id, p.team_id AS "teamId", p.time_zone AS "timeZone" FROM project p WHERE p.id = ANY ($1::uuid[])', [
          [...new Set(sprints.map(({ projectId }) => projectId))],
        ])
      ).map(({ id, ...place }) => [id, place]),
    );
    const [assigned, ended] = await Promise.all([
      rows<Assigned & { sprintId: string }>(
        tx,
        /* sql */ `SELECT t.sprint_id AS "sprintId", t.assignee_id AS "personId", u.name, COALESCE(sum(t.points), 0)::float8 AS points, count(*) FILTER (WHERE t.points IS NULL)::int AS unestimated
          FROM ticket t LEFT JOIN app_user u ON u.id = t.assignee_id
          WHERE t.sprint_id = ANY ($1::uuid[]) AND t.deleted_at IS NULL AND (t.resolution IS NULL OR t.resolution = 'DONE') AND ${COUNTS} GROUP BY 1, 2, 3`,
        [sprints.map(({ id }) => id)],
      ),
      this.ended(
        tx,
        sprints.flatMap(({ boardId }) => boardId ?? []),
      ),
    ]);
    const ofBoard = Map.groupBy(ended, ({ boardId }) => boardId);
    const wanted = sprints.map((sprint) => {
      const place = places.get(sprint.projectId)!;
      const past = (ofBoard.get(sprint.boardId ?? '') ?? []).map(({ startedAt, closedAt, points, ranMinutes }) => ({
        points,
        ranMinutes,
        stretch: { teamId: place.teamId, from: dayAt(startedAt, place.timeZone), to: dayAt(closedAt, place.timeZone), isPast: true },
      }));
      return { sprint, place, past, stretch: { teamId: place.teamId, from: sprint.startsOn, to: sprint.endsOn, isPast: false } };
    });
    const minutesIn = await this.teams(
      tx,
      wanted.flatMap(({ past, stretch }) => [stretch, ...past.flatMap((one) => (one.ranMinutes === null ? one.stretch : []))]),
    );
    const own = Map.groupBy(assigned, ({ sprintId }) => sprintId);
    return new Map(
      wanted.map(({ sprint, place, past, stretch }) => {
        const before = past.map(({ points, ranMinutes, stretch: then }): PastSprint => ({ points, minutes: ranMinutes ?? sumOf(minutesIn(then)) }));
        return [sprint.id, { people: plansOf(minutesIn(stretch), own.get(sprint.id) ?? []), ratio: capacityRatio(before), place }];
      }),
    );
  }

  /**
   * Everybody who is in a team on one of the days of a stretch, with what they have for it; each team is read once, over all of its stretches. Whoever
   * left since worked then all the same.
   */
  private async teams(tx: Tx, stretches: readonly Stretch[]): Promise<(stretch: Stretch) => readonly Member[]> {
    const found = new Map<Stretch, readonly Member[]>();
    for (const [teamId, of] of Map.groupBy(stretches, (one) => one.teamId)) {
      const [from, to] = [
        of.map((one) => one.from).toSorted()[0]!,
        of
          .map((one) => one.to)
          .toSorted()
          .at(-1)!,
      ];
      const members = await rows<{ personId: string; name: string; disabled: boolean; fromDate: string | null; toDate: string | null }>(
        tx,
        /* sql */ `SELECT m.user_id AS "personId", u.name, u.disabled, m.from_date::text AS "fromDate", m.to_date::text AS "toDate" FROM membership m JOIN app_user u ON u.id = m.user_id
          WHERE m.team_id = $1 AND (m.from_date IS NULL OR m.from_date <= $3::date) AND (m.to_date IS NULL OR m.to_date >= $2::date) ORDER BY u.name, u.id`,
        [teamId, from, to],
      );
      const times = await this.capacity.timesOf([...new Set(members.map(({ personId }) => personId))], teamId, from, to, tx);
      for (const stretch of of) {
        const there = members.filter(
          (one) =>
            (stretch.isPast || !one.disabled) && (one.fromDate === null || one.fromDate <= stretch.to) && (one.toDate === null || one.toDate >= stretch.from),
        );
        const names = new Map(there.map(({ personId, name }) => [personId, name]));
        found.set(
          stretch,
          [...names].map(([personId, name]) => ({ personId, name, minutes: capacityMinutes(times.get(personId)!, stretch.from, stretch.to) })),
        );
      }
    }
    return (stretch) => found.get(stretch)!;
  }

  /** The last sprints of boards that ended and say something, the oldest first: over the days on which they ran. */
  private async ended(tx: Tx, boardIds: readonly string[]): Promise<Ended[]> {
    const closed = await rows<Ended>(
      tx,
      /* sql */ `SELECT asked.id AS "boardId", last.* FROM unnest($1::uuid[]) AS asked (id) JOIN LATERAL (
          SELECT s.started_at AS "startedAt", s.closed_at AS "closedAt",
            COALESCE((SELECT sum(k.points_at_end) FROM sprint_ticket k WHERE k.sprint_id = s.id AND k.outcome = 'COMPLETED' AND k.counts_at_end), 0)::float8 AS points,
            (SELECT c.ran_minutes FROM sprint_capacity c WHERE c.sprint_id = s.id) AS "ranMinutes"
          FROM sprint s WHERE s.board_id = asked.id AND s.state = 'CLOSED' AND NOT s.abandoned AND EXISTS (SELECT FROM sprint_ticket k WHERE k.sprint_id = s.id)
          ORDER BY s.closed_at DESC LIMIT $2
        ) last ON true`,
      [[...new Set(boardIds)], VELOCITY_SPRINTS_MAX],
    );
    return closed.toSorted((a, b) => a.closedAt.getTime() - b.closedAt.getTime());
  }
}

interface Place {
  teamId: string;
  timeZone: string;
}
/** Days of a team, both included. */
interface Stretch {
  teamId: string;
  from: string;
  to: string;
  /** Also who is disabled by now. */
  isPast: boolean;
}
interface Member {
  personId: string;
  name: string;
  minutes: number;
}
interface Ended {
  boardId: string;
  startedAt: Date;
  closedAt: Date;
  points: number;
  /** As kept at its end; null: it ended before that was. */
  ranMinutes: number | null;
}

type NamedPlan = PersonPlan & { name: string | null };
interface Reckoned {
  people: NamedPlan[];
  ratio: CapacityRatio | null;
  place: Place;
}

const sumOf = (team: readonly Member[]): number => team.reduce((sum, { minutes }) => sum + minutes, 0);

/** Who is in the team, and who has tickets; what is nobody's, where there is any. */
function plansOf(team: readonly Member[], assigned: readonly Assigned[]): NamedPlan[] {
  const names = new Map([...team, ...assigned].map(({ personId, name }) => [personId, name]));
  return [...names].map(([personId, name]) => {
    const own = assigned.find((one) => one.personId === personId);
    return {
      personId,
      name,
      minutes: team.find((one) => one.personId === personId)?.minutes ?? 0,
      points: own?.points ?? 0,
      unestimated: own?.unestimated ?? 0,
    };
  });
}

/** By name, last what is nobody's. */
function told(people: readonly NamedPlan[], ratio: CapacityRatio | null, isFrozen: boolean): SprintCapacityType {
  const inOrder = people.toSorted(
    (a, b) =>
      Number(a.personId === null) - Number(b.personId === null) ||
      (a.name ?? '').localeCompare(b.name ?? '') ||
      ((a.personId ?? '') < (b.personId ?? '') ? -1 : 1),
  );
  const { people: each, ...whole } = planCapacity(
    inOrder.map(({ name: _, ...plan }) => plan),
    ratio,
  );
  return { ...whole, isFrozen, people: each.map(({ personId, ...one }, i) => ({ ...one, person: personOf(personId, inOrder[i]!.name) })) };
}
