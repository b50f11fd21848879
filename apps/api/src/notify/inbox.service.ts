import { Injectable } from '@nestjs/common';
import { PAGE_MAX, UNREAD_MAX, type Actor } from '@trainyard/domain';
import { demand, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import type { InboxConnection, InboxItemType } from './inbox.types.ts';

const ITEM = /* sql */ `
  i.id, i.reason, i.at, i.read_at AS "readAt", p.key || '-' || t.number AS "ticketKey", t.title AS "ticketTitle", r.id AS "runId", r.number AS "runNumber",
  a.actor_id AS "actorId"`;

/** The items of a person ($3) that may be shown: of active projects they may read ($1 and $2), and of what is still there. */
const SHOWN = /* sql */ `
  inbox_item i
  JOIN project p ON p.id = i.scope AND p.state = 'ACTIVE' AND ${READABLE_PROJECT(1)}
  JOIN activity a ON a.scope = i.scope AND a.seq = i.seq
  JOIN ticket t ON t.id = a.ticket_id AND t.deleted_at IS NULL
  LEFT JOIN run r ON a.entity = 'RUN' AND r.id = a.entity_id
  LEFT JOIN comment c ON a.entity = 'COMMENT' AND c.id = a.entity_id
  WHERE i.user_id = $3 AND c.deleted_at IS NULL`;

/** A person's own inbox. */
@Injectable()
export class InboxService {
  constructor(private readonly database: Database) {}

  async inbox(actor: Actor, first: number, after: string | null): Promise<InboxConnection> {
    demand(actor, 'organisation.read');
    const limit = pageSize(first);
    const found = await rows<InboxItemType & { key: string }>(
      this.database.direct,
      `SELECT ${ITEM}, i.at::text AS key FROM ${SHOWN} AND ($4::timestamptz IS NULL OR (i.at, i.id) < ($4, $5)) ORDER BY i.at DESC, i.id DESC LIMIT $6`,
      [...readableBy(actor), actor.userId, ...(decodeCursor(after, 2) ?? [null, null]), limit + 1],
    );
    return page(found, limit, ({ key, id }) => [key, id]);
  }

  async unreadCount(actor: Actor): Promise<number> {
    demand(actor, 'organisation.read');
    return unread(this.database.direct, actor);
  }

  /** Those of others, and those that may not be shown, are not there. */
  async markRead(actor: Actor, ids: readonly string[]): Promise<InboxItemType[]> {
    demand(actor, 'profile.change', { ownerId: actor.userId });
    if (ids.length > PAGE_MAX) throw new DomainError('BAD_INPUT', { field: 'ids', max: PAGE_MAX });
    return this.database.transaction(async (tx) => {
      await tx.query(`UPDATE inbox_item SET read_at = now() WHERE read_at IS NULL AND id IN (SELECT i.id FROM ${SHOWN} AND i.id = ANY ($4))`, [
        ...readableBy(actor),
        actor.userId,
        ids,
      ]);
      return rows(tx, `SELECT ${ITEM} FROM ${SHOWN} AND i.id = ANY ($4) ORDER BY i.at DESC, i.id DESC`, [...readableBy(actor), actor.userId, ids]);
    });
  }

  /** Answers how many are unread then. */
  async markAllRead(actor: Actor): Promise<number> {
    demand(actor, 'profile.change', { ownerId: actor.userId });
    return this.database.transaction(async (tx) => {
      await tx.query(`UPDATE inbox_item SET read_at = now() WHERE read_at IS NULL AND id IN (SELECT i.id FROM ${SHOWN})`, [...readableBy(actor), actor.userId]);
      return unread(tx, actor);
    });
  }
}

async function unread(tx: Tx, actor: Actor): Promise<number> {
  const counted = await row<{ count: number }>(
    tx,
    `SELECT count(*)::int AS count FROM (SELECT 1 FROM ${SHOWN} AND i.read_at IS NULL LIMIT ${UNREAD_MAX}) AS shown`,
    [...readableBy(actor), actor.userId],
  );
  return counted?.count ?? 0;
}
