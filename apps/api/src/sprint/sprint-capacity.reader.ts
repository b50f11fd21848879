import { Injectable } from '@nestjs/common';
import { dayAt, planCapacity, VELOCITY_SPRINTS_MAX, type PastSprint, type PersonPlan } from '@trainyard/domain';
import { personOf } from '../access/person.types.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { CapacityReader } from '../staffing/capacity.reader.ts';
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

  async of(sprint: SprintType): Promise<SprintCapacityType> {
    const { direct } = this.database;
    const place = await row<{ teamId: string; timeZone: string }>(
      direct,
      'SELECT p.team_id AS "teamId", p.time_zone AS "timeZone" FROM project p WHERE p.id = $1',
      [sprint.projectId],
    );
    const { teamId, timeZone } = place!;
    const [team, assigned, past] = await Promise.all([
      this.minutes(teamId, sprint.startsOn, sprint.endsOn),
      rows<Assigned>(
        direct,
        /* sql */ `SELECT t.assignee_id AS "personId", u.name, COALESCE(sum(t.points), 0)::float8 AS points, count(*) FILTER (WHERE t.points IS NULL)::int AS unestimated
          FROM ticket t LEFT JOIN app_user u ON u.id = t.assignee_id
          WHERE t.sprint_id = $1 AND t.deleted_at IS NULL AND (t.resolution IS NULL OR t.resolution = 'DONE') AND ${COUNTS} GROUP BY 1, 2`,
        [sprint.id],
      ),
      this.past(sprint, teamId, timeZone),
    ]);
    const names = new Map([...team, ...assigned].flatMap(({ personId, name }) => (personId === null ? [] : [[personId, name ?? ''] as const])));
    const ids = [...names.keys()].toSorted((a, b) => names.get(a)!.localeCompare(names.get(b)!) || (a < b ? -1 : 1));
    const plans = [...ids, null].flatMap((personId): PersonPlan[] => {
      const own = assigned.find((one) => one.personId === personId);
      if (personId === null && !own) return [];
      return [{ personId, minutes: team.find((one) => one.personId === personId)?.minutes ?? 0, points: own?.points ?? 0, unestimated: own?.unestimated ?? 0 }];
    });
    const { people, ...whole } = planCapacity(plans, past);
    return { ...whole, people: people.map(({ personId, ...one }) => ({ ...one, person: personOf(personId, names.get(personId ?? '') ?? null) })) };
  }

  /** Everybody who is in the team on one of these days, with what they have for it. Whoever left since worked then all the same. */
  private async minutes(teamId: string, from: string, to: string, isPast = false): Promise<{ personId: string; name: string; minutes: number }[]> {
    const members = await rows<{ personId: string; name: string }>(
      this.database.direct,
      /* sql */ `SELECT DISTINCT m.user_id AS "personId", u.name FROM membership m JOIN app_user u ON u.id = m.user_id AND ($4 OR NOT u.disabled)
        WHERE m.team_id = $1 AND (m.from_date IS NULL OR m.from_date <= $3::date) AND (m.to_date IS NULL OR m.to_date >= $2::date)`,
      [teamId, from, to, isPast],
    );
    const minutes = await this.capacity.minutesOf(
      members.map(({ personId }) => personId),
      teamId,
      from,
      to,
    );
    return members.map((one) => ({ ...one, minutes: minutes.get(one.personId) ?? 0 }));
  }

  /** The last sprints of its board that ended and say something, the oldest first: over the days on which they ran. */
  private async past({ boardId }: SprintType, teamId: string, timeZone: string): Promise<PastSprint[]> {
    const closed = await rows<{ startedAt: Date; closedAt: Date; points: number }>(
      this.database.direct,
      /* sql */ `SELECT s.started_at AS "startedAt", s.closed_at AS "closedAt",
          COALESCE((SELECT sum(k.points_at_end) FROM sprint_ticket k WHERE k.sprint_id = s.id AND k.outcome = 'COMPLETED' AND k.counts_at_end), 0)::float8 AS points
        FROM sprint s WHERE s.board_id = $1 AND s.state = 'CLOSED' AND NOT s.abandoned AND EXISTS (SELECT FROM sprint_ticket k WHERE k.sprint_id = s.id)
        ORDER BY s.closed_at DESC LIMIT $2`,
      [boardId, VELOCITY_SPRINTS_MAX],
    );
    const past = await Promise.all(
      closed.map(async ({ startedAt, closedAt, points }) => {
        const team = await this.minutes(teamId, dayAt(startedAt, timeZone), dayAt(closedAt, timeZone), true);
        return { points, minutes: team.reduce((sum, { minutes }) => sum + minutes, 0) };
      }),
    );
    return past.toReversed();
  }
}
