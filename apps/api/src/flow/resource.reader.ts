import { Injectable } from '@nestjs/common';
import { presenceAgainst, presentShare, type DayCount, type FutureDay, type RunDemand } from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { CapacityReader } from '../staffing/capacity.reader.ts';

/** What a forecast takes for granted of the days to come. */
export interface Ahead {
  /** The part of the people who are there. */
  presence: number;
  /** Days off that are booked thin the days to come, and those of the past what was done. */
  absence: boolean;
  /** People of the team who are taken to be away on all days to come. */
  away: readonly string[];
  /** Machines that train, day and night; null: as many as it takes. */
  runners: number | null;
}

/** What tickets asked of runners. */
export interface Demand {
  runs: RunDemand | undefined;
  tickets: number;
  median: number | null;
  /** None of them still runs. */
  holds: boolean;
}

export const EVERYBODY = { shares: [], people: 0 } as const;
export const NO_DEMAND: Demand = { runs: undefined, tickets: 0, median: null, holds: true };

/** Reads who is there on days to come, and what tickets ask of machines. */
@Injectable()
export class ResourceReader {
  constructor(
    private readonly database: Database,
    private readonly capacity: CapacityReader,
  ) {}

  /** The part of the past's people who are there on each day to come, and how many people that is told of. */
  async present(
    projectId: string,
    { absence, away, past, ahead }: Pick<Ahead, 'absence' | 'away'> & { past: readonly DayCount[]; ahead: readonly FutureDay[] },
  ): Promise<{ shares: readonly (number | undefined)[]; people: number }> {
    // Whoever has left is no part of what comes, nor of what it is compared with.
    const members = await rows<{ teamId: string; userId: string }>(
      this.database.direct,
      /* sql */ `SELECT DISTINCT m.team_id AS "teamId", m.user_id AS "userId" FROM membership m JOIN project p ON p.team_id = m.team_id JOIN app_user u ON u.id = m.user_id
        WHERE p.id = $1 AND NOT u.disabled AND (m.to_date IS NULL OR m.to_date >= $2::date)`,
      [projectId, ahead[0]?.day ?? past.at(-1)?.day ?? null],
    );
    const ids = members.map(({ userId }) => userId);
    if (away.some((id) => !ids.includes(id.toLowerCase()))) throw new DomainError('BAD_INPUT', { field: 'away', reason: 'NOT_IN_TEAM' });
    const first = past[0]?.day ?? ahead[0]?.day;
    const end = ahead.at(-1)?.day;
    const [team] = members;
    if (!team || first === undefined || end === undefined) return EVERYBODY;
    const times = [...(await this.capacity.timesOf(ids, team.teamId, first, end))].map(([id, time]) => ({
      id,
      time: absence ? time : { ...time, timeOff: [] },
    }));
    const everybody = times.map(({ time }) => time);
    const gone = new Set(times.flatMap(({ id, time }) => (away.some((one) => one.toLowerCase() === id) ? [time] : [])));
    const before = past.flatMap(({ day: one, isWorking }) => (isWorking ? (presentShare(everybody, one) ?? []) : []));
    const shares = ahead.map(({ day: one, isWorking }) => {
      const share = isWorking ? presentShare(everybody, one, gone) : null;
      return share === null ? undefined : presenceAgainst(before, share);
    });
    return { shares, people: ids.length };
  }

  /** What runs of these tickets took of machines, all their attempts. */
  async demandOf(ticketIds: readonly string[]): Promise<Demand> {
    const found = await rows<{ hours: number; isOver: boolean }>(
      this.database.direct,
      /* sql */ `SELECT sum(extract(epoch FROM COALESCE(a.ended_at, now()) - a.started_at))::float8 / 3600 AS hours, bool_and(a.ended_at IS NOT NULL) AS "isOver"
        FROM run r JOIN attempt a ON a.run_id = r.id
        WHERE r.ticket_id = ANY ($1::uuid[]) AND a.started_at IS NOT NULL GROUP BY r.ticket_id ORDER BY hours`,
      [ticketIds],
    );
    const lengths = found.map(({ hours }) => hours);
    const runs = lengths.length > 0 ? { lengths, share: lengths.length / ticketIds.length } : undefined;
    return { runs, tickets: lengths.length, median: lengths[Math.ceil(lengths.length / 2) - 1] ?? null, holds: found.every(({ isOver }) => isOver) };
  }
}
