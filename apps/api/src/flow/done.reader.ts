import { Injectable } from '@nestjs/common';
import { Database, rows } from '../platform/sql/database.ts';
import { MS } from './flow.rows.ts';

/** A ticket that was done. */
export interface DoneTicket {
  ticketId: string;
  /** In milliseconds: since when it was, without a break. */
  endedAt: number;
}

/** Reads what was done in a stretch, as it was known at its end: what was taken up again later was done all the same. */
@Injectable()
export class DoneReader {
  constructor(private readonly database: Database) {}

  /** The first to be done first. */
  doneBetween(projectId: string, from: Date, at: Date): Promise<DoneTicket[]> {
    // What was done before and has not changed is left out: it is most of a project. So what is seen first of a ticket, and is done, was made so, or was
    // done before the stretch and only changed in it.
    return rows(
      this.database.direct,
      /* sql */ `WITH seen AS (
          SELECT s.ticket_id, s.from_at, d.done, COALESCE(lag(d.done) OVER (PARTITION BY s.ticket_id ORDER BY s.from_at), i.created_at <> s.from_at) AS was
          FROM ticket_span s JOIN flow_item i ON i.ticket_id = s.ticket_id
            CROSS JOIN LATERAL (SELECT s.state = 'DONE' AND s.resolution = 'DONE' AND NOT s.deleted AS done) d
          WHERE s.project_id = $1 AND s.from_at < $3 AND s.to_at > $2 AND (s.from_at >= $2 OR s.resolution IS DISTINCT FROM 'DONE')
        ), told AS (
          SELECT ticket_id, max(from_at) FILTER (WHERE done AND NOT was) AS since, (array_agg(done ORDER BY from_at DESC))[1] AS done FROM seen GROUP BY ticket_id
        )
        SELECT ticket_id AS "ticketId", ${MS('since')} AS "endedAt" FROM told WHERE done AND since >= $2 ORDER BY since, ticket_id`,
      [projectId, from, at],
    );
  }

  /** As it is known now. */
  doneSince(projectId: string, from: Date): Promise<DoneTicket[]> {
    return rows(
      this.database.direct,
      /* sql */ `SELECT i.ticket_id AS "ticketId", ${MS('i.since')} AS "endedAt" FROM flow_item i
        WHERE i.project_id = $1 AND i.stage = 'DONE' AND i.since >= $2 ORDER BY i.since`,
      [projectId, from],
    );
  }
}
