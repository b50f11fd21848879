import { Injectable } from '@nestjs/common';
import { byTicket, itemsOf, knownBefore, type TicketSpan } from '@trainyard/domain';
import { Database, rows } from '../platform/sql/database.ts';
import { SPAN_COLUMNS } from './flow.rows.ts';

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
  async doneBetween(projectId: string, from: Date, at: Date): Promise<DoneTicket[]> {
    // What was done before and has not changed is left out: it is most of a project.
    const spans = await rows<TicketSpan & { createdAt: number }>(
      this.database.direct,
      /* sql */ `SELECT ${SPAN_COLUMNS}, (extract(epoch FROM i.created_at) * 1000)::float8 AS "createdAt" FROM ticket_span s JOIN flow_item i ON i.ticket_id = s.ticket_id
        WHERE s.project_id = $1 AND s.from_at < $3 AND s.to_at > $2 AND (s.from_at >= $2 OR s.resolution IS DISTINCT FROM 'DONE') ORDER BY s.from_at`,
      [projectId, from, at],
    );
    const first = new Map<string, { from: number; createdAt: number }>();
    for (const { ticketId, from: begins, createdAt } of spans) if (!first.has(ticketId)) first.set(ticketId, { from: begins, createdAt });
    return itemsOf(byTicket(knownBefore(spans, at.getTime())))
      .filter(({ stage, ticketId, since }) => {
        const seen = first.get(ticketId);
        // Done since the first that is seen of it: it was made so, or it was done before the stretch and only changed in it.
        return stage === 'DONE' && since >= from.getTime() && (seen?.from !== since || seen.createdAt === since);
      })
      .map(({ ticketId, since }) => ({ ticketId, endedAt: since }))
      .sort((a, b) => a.endedAt - b.endedAt);
  }

  /** As it is known now. */
  doneSince(projectId: string, from: Date): Promise<DoneTicket[]> {
    return rows(
      this.database.direct,
      /* sql */ `SELECT i.ticket_id AS "ticketId", (extract(epoch FROM i.since) * 1000)::float8 AS "endedAt" FROM flow_item i
        WHERE i.project_id = $1 AND i.stage = 'DONE' AND i.since >= $2 ORDER BY i.since`,
      [projectId, from],
    );
  }
}
