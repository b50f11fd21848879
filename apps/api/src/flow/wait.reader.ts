import { Injectable } from '@nestjs/common';
import { awayIn, blockedWaits, peopleWaits, shiftedDay, type Actor, type Away, type MeasuredInterval, type Told, type ToldBlock } from '@trainyard/domain';
import { organisation } from '../access/organisation.ts';
import { READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { MS, spansOf } from './flow.rows.ts';

/** Halves of days off that were taken back were not told at first. */
const WHOLE = { fromNoon: false, untilNoon: false };

interface Asked {
  ticketIds: readonly string[];
  timeZone: string;
  /** Nothing that was told later is known. */
  at: Date;
  /** Null: it is of now, so days off are those that stand. */
  asOf: Date | null;
}

/** Measures what tickets waited for: runs by what they did, the rest by the log. */
@Injectable()
export class WaitReader {
  constructor(private readonly database: Database) {}

  async waitsOf(actor: Actor, asked: Asked): Promise<MeasuredInterval[]> {
    if (asked.ticketIds.length === 0) return [];
    return (await Promise.all([this.runs(asked), this.blocks(actor, asked), this.people(asked)])).flat();
  }

  /** Each attempt waited, for the device it was given in the end, and trained. */
  private async runs({ ticketIds, at }: Asked): Promise<MeasuredInterval[]> {
    const attempts = await rows<{ ticketId: string; device: string; queued: number; started: number | null; ended: number }>(
      this.database.direct,
      /* sql */ `SELECT r.ticket_id AS "ticketId", COALESCE(a.device, r.engine) AS device, ${MS('a.queued_at')} AS queued, ${MS('a.started_at')} AS started,
          ${MS("COALESCE(a.ended_at, 'infinity')")} AS ended
        FROM run r JOIN attempt a ON a.run_id = r.id WHERE r.ticket_id = ANY ($1::uuid[]) AND a.queued_at < $2`,
      [ticketIds, at],
    );
    return attempts.flatMap(({ ticketId, device, queued, started, ended }): MeasuredInterval[] => [
      { ticketId, reason: 'RUN_QUEUED', detail: device, from: queued, to: started ?? ended },
      ...(started === null ? [] : [{ ticketId, reason: 'RUN_TRAINING' as const, detail: null, from: started, to: ended }]),
    ]);
  }

  private async blocks(actor: Actor, { ticketIds, at }: Asked): Promise<MeasuredInterval[]> {
    const { direct } = this.database;
    const told = await rows<ToldBlock & { ticketId: string }>(
      direct,
      /* sql */ `SELECT a.ticket_id AS "ticketId", ${MS('a.at')} AS at, COALESCE(a.changes #>> '{blockedBy,to}', a.changes #>> '{blockedBy,from}') AS "blockerId",
          a.changes #>> '{blockedBy,to}' IS NOT NULL AS "isSet"
        FROM activity a WHERE a.ticket_id = ANY ($1::uuid[]) AND a.entity = 'TICKET' AND a.changes ? 'blockedBy' AND a.at < $2 ORDER BY a.ticket_id, a.seq`,
      [ticketIds, at],
    );
    const blockers = [...new Set(told.map(({ blockerId }) => blockerId))];
    const [spans, known] = await Promise.all([
      spansOf(direct, blockers),
      rows<{ id: string; key: string }>(
        direct,
        /* sql */ `SELECT t.id, p.key || '-' || t.number AS key FROM ticket t JOIN project p ON p.id = t.project_id
          WHERE t.id = ANY ($3::uuid[]) AND t.deleted_at IS NULL AND ${READABLE_PROJECT(1)}`,
        [...readableBy(actor), blockers],
      ),
    ]);
    const keys = new Map(known.map(({ id, key }) => [id, key]));
    return [...Map.groupBy(told, ({ ticketId }) => ticketId)].flatMap(([id, blocks]) => blockedWaits(id, blocks, spans, (one) => keys.get(one) ?? null));
  }

  private async people({ ticketIds, timeZone, at, asOf }: Asked): Promise<MeasuredInterval[]> {
    const told = await rows<Told<string> & { ticketId: string }>(
      this.database.direct,
      /* sql */ `SELECT a.ticket_id AS "ticketId", ${MS('a.at')} AS at, a.changes #>> '{assigneeId,to}' AS value
        FROM activity a WHERE a.ticket_id = ANY ($1::uuid[]) AND a.entity = 'TICKET' AND a.changes ? 'assigneeId' AND a.at < $2 ORDER BY a.ticket_id, a.seq`,
      [ticketIds, at],
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
