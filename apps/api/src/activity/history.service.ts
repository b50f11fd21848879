import { Injectable } from '@nestjs/common';
import { Database, rows } from '../platform/database.ts';
import { decodeCursor, page, pageSize } from '../platform/page.types.ts';
import { ACTIVITY_COLUMNS, activityOf, type ActivityRow } from './activity.rows.ts';
import type { ActivityConnection } from './activity.types.ts';

/** What happened to a thing, out of the log. */
@Injectable()
export class HistoryService {
  constructor(private readonly database: Database) {}

  /** The history of a ticket the actor was given, its comments and runs included, newest first. */
  async ofTicket(ticketId: string, first: number, after: string | null): Promise<ActivityConnection> {
    const limit = pageSize(first);
    const cursor = decodeCursor(after, 1);
    const found = await rows<ActivityRow>(
      this.database.direct,
      /* sql */ `SELECT ${ACTIVITY_COLUMNS} FROM activity a LEFT JOIN app_user actor ON actor.id = a.actor_id
        WHERE a.ticket_id = $1 AND ($2::bigint IS NULL OR a.seq < $2) ORDER BY a.seq DESC LIMIT $3`,
      [ticketId, cursor?.[0] ?? null, limit + 1],
    );
    const { nodes, pageInfo } = page(found, limit, (activity) => [activity.seq]);
    return { nodes: nodes.map(activityOf), pageInfo };
  }
}
