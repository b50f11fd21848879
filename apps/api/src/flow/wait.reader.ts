import { Injectable } from '@nestjs/common';
import { awayIn, blockedWaits, peopleWaits, shiftedDay, type Actor, type Away, type MeasuredInterval, type Told, type ToldBlock } from '@trainyard/domain';
import { organisation } from '../access/organisation.ts';
import { READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { MS } from '../platform/sql/instants.ts';
import { spansOf } from './flow.rows.ts';

/** Halves of days off that were taken back were not told at first. */
const WHOLE = { fromNoon: false, untilNoon: false };

interface Asked {
  projectId: string;
  ticketIds: readonly string[];
  timeZone: string;
  /** Nothing that was told later is known. */
  at: Date;
  /** Null: it is of now, so days off are those that stand. */
  asOf: Date | null;
}

/** An entry of the log of a ticket; null: it says nothing of that. */
interface ToldOf {
  ticketId: string;
  at: number;
  blockedBy: Changed | null;
  assigneeId: Changed | null;
}
interface Changed {
  from: string | null;
  to: string | null;
}

/** What was measured, and whether the log of their project and that of the organisation say all of it. */
export interface Waits {
  measured: MeasuredInterval[];
  holds: boolean;
}

/** Measures what tickets waited for: runs by what they did, the rest by the log. */
@Injectable()
export class WaitReader {
  constructor(private readonly database: Database) {}

  async waitsOf(actor: Actor, asked: Asked): Promise<Waits> {
    if (asked.ticketIds.length === 0) return { measured: [], holds: true };
    const told = await this.told(asked);
    const [runs, blocks, people] = await Promise.all([this.runs(asked), this.blocks(actor, asked, told), this.people(asked, told)]);
    return { measured: [...runs.measured, ...blocks.measured, ...people], holds: runs.holds && blocks.holds };
  }

  /** What the log says of who blocked them and whom they were given to, in its order. */
  private told({ ticketIds, at }: Asked): Promise<ToldOf[]> {
    return rows(
      this.database.direct,
      /* sql */ `SELECT a.ticket_id AS "ticketId", ${MS('a.at')} AS at, a.changes -> 'blockedBy' AS "blockedBy", a.changes -> 'assigneeId' AS "assigneeId"
        FROM activity a WHERE a.ticket_id = ANY ($1::uuid[]) AND a.entity = 'TICKET' AND (a.changes ? 'blockedBy' OR a.changes ? 'assigneeId') AND a.at < $2
        ORDER BY a.ticket_id, a.seq`,
      [ticketIds, at],
    );
  }

  /** Each attempt waited, for the device it was given in the end, and trained. */
  private async runs({ ticketIds, at }: Asked): Promise<Waits> {
    const attempts = await rows<{ ticketId: string; device: string; queued: number; started: number | null; ended: number }>(
      this.database.direct,
      /* sql */ `SELECT r.ticket_id AS "ticketId", COALESCE(a.device, r.engine) AS device, ${MS('a.queued_at')} AS queued, ${MS('a.started_at')} AS started,
          ${MS("COALESCE(a.ended_at, 'infinity')")} AS ended
        FROM run r JOIN attempt a ON a.run_id = r.id WHERE r.ticket_id = ANY ($1::uuid[]) AND a.queued_at < $2`,
      [ticketIds, at],
    );
    const measured = attempts.flatMap(({ ticketId, device, queued, started, ended }): MeasuredInterval[] => [
      { ticketId, reason: 'RUN_QUEUED', detail: device, from: queued, to: started ?? ended },
      ...(started === null ? [] : [{ ticketId, reason: 'RUN_TRAINING' as const, detail: null, from: started, to: ended }]),
    ]);
    // Which device it is given is told without an entry of the log.
    return { measured, holds: attempts.every(({ ended }) => ended !== Infinity) };
  }

  private async blocks(actor: Actor, { projectId }: Asked, entries: readonly ToldOf[]): Promise<Waits> {
    const { direct } = this.database;
    const told = entries.flatMap(({ ticketId, at, blockedBy }): (ToldBlock & { ticketId: string })[] => {
      const blockerId = blockedBy?.to ?? blockedBy?.from ?? null;
      return blockerId === null ? [] : [{ ticketId, at, blockerId, isSet: blockedBy?.to != null }];
    });
    const blockers = [...new Set(told.map(({ blockerId }) => blockerId))];
    const [spans, known] = await Promise.all([
      spansOf(direct, blockers),
      rows<{ id: string; isOwn: boolean; key: string | null }>(
        direct,
        /* sql */ `SELECT t.id, t.project_id = $4 AS "isOwn", CASE WHEN t.deleted_at IS NULL AND ${READABLE_PROJECT(1)} THEN p.key || '-' || t.number END AS key
          FROM ticket t JOIN project p ON p.id = t.project_id WHERE t.id = ANY ($3::uuid[])`,
        [...readableBy(actor), blockers, projectId],
      ),
    ]);
    const keys = new Map(known.map(({ id, key }) => [id, key]));
    const measured = [...Map.groupBy(told, ({ ticketId }) => ticketId)].flatMap(([id, blocks]) =>
      blockedWaits(id, blocks, spans, (one) => keys.get(one) ?? null),
    );
    // What another project's ticket became, and who may know of it, another log says.
    return { measured, holds: known.filter(({ isOwn }) => isOwn).length === blockers.length };
  }

  private async people({ ticketIds, timeZone, at, asOf }: Asked, entries: readonly ToldOf[]): Promise<MeasuredInterval[]> {
    const told = entries.flatMap(({ ticketId, at: since, assigneeId }): (Told<string> & { ticketId: string })[] =>
      assigneeId === null ? [] : [{ ticketId, at: since, value: assigneeId.to }],
    );
    const given = Map.groupBy(told, ({ ticketId }) => ticketId);
    const people = [...new Set(told.flatMap(({ value }) => value ?? []))];
    const away = Map.groupBy(await this.daysOff(people, asOf, shiftedDay(at.toISOString().slice(0, 10), 1)), ({ userId }) => userId);
    const awayOf = new Map([...away].map(([userId, days]) => [userId, awayIn(timeZone, days)]));
    return ticketIds.flatMap((id) => peopleWaits(id, given.get(id) ?? [], awayOf));
  }

  /** Days off that begin by a day: those that stand, or those that stood at a past moment. */
  private async daysOff(userIds: readonly string[], asOf: Date | null, until: string): Promise<(Away & { userId: string })[]> {
    const { direct } = this.database;
    const stand = await rows<Away & { id: string; userId: string }>(
      direct,
      /* sql */ `SELECT o.id, o.user_id AS "userId", o.from_date::text AS "fromDate", o.to_date::text AS "toDate", o.from_noon AS "fromNoon", o.until_noon AS "untilNoon"
        FROM time_off o WHERE o.user_id = ANY ($1::uuid[]) AND o.from_date <= $2::date`,
      [userIds, until],
    );
    if (asOf === null) return stand;
    const later = await rows<{ id: string; was: (Away & { userId: string }) | null }>(
      direct,
      /* sql */ `SELECT a.entity_id AS id, CASE a.action WHEN 'DELETED' THEN (SELECT jsonb_object_agg(c.key, c.value -> 'from') FROM jsonb_each(a.changes) c) END AS was
        FROM activity a WHERE a.scope = $1 AND a.entity = 'TIME_OFF' AND a.action IN ('CREATED', 'DELETED') AND a.at >= $2 ORDER BY a.seq DESC`,
      [(await organisation(direct)).id, asOf],
    );
    const known = new Map<string, Away & { userId: string }>(stand.map((one) => [one.id, one]));
    for (const { id, was } of later) {
      if (was === null) known.delete(id);
      else if (userIds.includes(was.userId)) known.set(id, { ...WHOLE, ...was });
    }
    return [...known.values()].filter(({ fromDate }) => fromDate <= until);
  }
}
