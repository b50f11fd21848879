import { Injectable } from '@nestjs/common';
import { INBOX_REASONS, PAGE_MAX, UNREAD_MAX, type Actor, type InboxReason } from '@trainyard/domain';
import { demand, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import type { InboxConnection, InboxItemType, InboxSetting } from './inbox.types.ts';

const ITEM = /* sql */ `
  i.id, i.reason, i.why, i.at, i.read_at AS "readAt", p.key AS "projectKey", p.key || '-' || t.number AS "ticketKey", t.title AS "ticketTitle", r.id AS "runId", r.number AS "runNumber",
  CASE WHEN a.entity = 'RULE' THEN a.entity_id END AS "ruleId", a.changes #>> '{rule,to}' AS "ruleName",
  (SELECT told ->> 'text' FROM jsonb_array_elements(CASE WHEN a.entity = 'RULE' THEN a.changes #> '{notified,to}' END) told WHERE told ->> 'userId' = i.user_id::text LIMIT 1) AS text,
  a.actor_id AS "actorId"`;

/** The items of a person ($3) that may be shown: of active projects they may read ($1 and $2), and of what is still there. */
const SHOWN = /* sql */ `
  inbox_item i
  JOIN project p ON p.id = i.scope AND p.state = 'ACTIVE' AND ${READABLE_PROJECT(1)}
  JOIN activity a ON a.scope = i.scope AND a.seq = i.seq
  LEFT JOIN ticket t ON t.id = a.ticket_id AND t.deleted_at IS NULL
  LEFT JOIN run r ON a.entity = 'RUN' AND r.id = a.entity_id
  LEFT JOIN comment c ON a.entity = 'COMMENT' AND c.id = a.entity_id
  WHERE i.user_id = $3 AND c.deleted_at IS NULL AND (t.id IS NOT NULL OR a.ticket_id IS NULL)`;

/** A person's own inbox. */
@Injectable()
export class InboxService {
  constructor(private readonly database: Database) {}

  /** @param read those that were read, or that were not; null: both */
  async inbox(actor: Actor, first: number, after: string | null, read: boolean | null): Promise<InboxConnection> {
    demand(actor, 'organisation.read');
    const limit = pageSize(first);
    const found = await rows<InboxItemType & { key: string }>(
      this.database.direct,
      `SELECT ${ITEM}, i.at::text AS key FROM ${SHOWN} AND ($4::timestamptz IS NULL OR (i.at, i.id) < ($4, $5)) AND ($7::boolean IS NULL OR (i.read_at IS NOT NULL) = $7)
        ORDER BY i.at DESC, i.id DESC LIMIT $6`,
      [...readableBy(actor), actor.userId, ...(decodeCursor(after, 2) ?? [null, null]), limit + 1, read],
    );
    return page(found, limit, ({ key, id }) => [key, id]);
  }

  async unreadCount(actor: Actor): Promise<number> {
    demand(actor, 'organisation.read');
    return unread(this.database.direct, actor);
  }

  /** Those of others, and those that may not be shown, are not there. */
  markRead(actor: Actor, ids: readonly string[]): Promise<InboxItemType[]> {
    return this.mark(actor, ids, `UPDATE inbox_item SET read_at = now() WHERE read_at IS NULL AND id IN (SELECT i.id FROM ${SHOWN} AND i.id = ANY ($4))`);
  }
  markUnread(actor: Actor, ids: readonly string[]): Promise<InboxItemType[]> {
    return this.mark(actor, ids, `UPDATE inbox_item SET read_at = NULL WHERE read_at IS NOT NULL AND id IN (SELECT i.id FROM ${SHOWN} AND i.id = ANY ($4))`);
  }

  private async mark(actor: Actor, ids: readonly string[], sql: string): Promise<InboxItemType[]> {
    demand(actor, 'profile.change', { ownerId: actor.userId });
    if (ids.length > PAGE_MAX) throw new DomainError('BAD_INPUT', { field: 'ids', max: PAGE_MAX });
    return this.database.transaction(async (tx) => {
      await tx.query(sql, [...readableBy(actor), actor.userId, ids]);
      return rows(tx, `SELECT ${ITEM} FROM ${SHOWN} AND i.id = ANY ($4) ORDER BY i.at DESC, i.id DESC`, [...readableBy(actor), actor.userId, ids]);
    });
  }

  settings(actor: Actor): Promise<InboxSetting[]> {
    demand(actor, 'organisation.read');
    return settingsOf(this.database.direct, actor);
  }

  /** What was told already stays. */
  async setReason(actor: Actor, reason: InboxReason, on: boolean): Promise<InboxSetting[]> {
    demand(actor, 'profile.change', { ownerId: actor.userId });
    return this.database.transaction(async (tx) => {
      if (on) await tx.query('DELETE FROM inbox_muted WHERE user_id = $1 AND reason = $2', [actor.userId, reason]);
      else await tx.query('INSERT INTO inbox_muted (user_id, reason) VALUES ($1, $2) ON CONFLICT DO NOTHING', [actor.userId, reason]);
      return settingsOf(tx, actor);
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

async function settingsOf(tx: Tx, { userId }: Actor): Promise<InboxSetting[]> {
  const muted = (await rows<{ reason: string }>(tx, 'SELECT reason FROM inbox_muted WHERE user_id = $1', [userId])).map(({ reason }) => reason);
  return INBOX_REASONS.map((reason) => ({ reason, on: !muted.includes(reason) }));
}
