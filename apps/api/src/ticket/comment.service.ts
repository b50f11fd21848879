import { Injectable } from '@nestjs/common';
import { COMMENT_MAX, type Actor, type Owned, type ProjectScope } from '@trainyard/domain';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demandProject, readableBy, PROJECT_SCOPE, READABLE_PROJECT } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { text } from '../platform/input.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { COMMENT_COLUMNS, commentOf, type CommentRow } from './comment.rows.ts';
import type { CommentConnection, CommentType } from './comment.types.ts';

type LockedComment = CommentRow & ProjectScope & Owned & { projectId: string };

/** What people say about tickets. The ticket's row is locked with every change: it carries the count. */
@Injectable()
export class CommentService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  /** Comments of a ticket the actor was given, oldest first. */
  async comments(ticket: { id: string; commentCount: number }, first: number, after: string | null): Promise<CommentConnection> {
    const limit = pageSize(first);
    const cursor = decodeCursor(after, 2);
    const found = await rows<CommentRow & { key: string }>(
      this.database.direct,
      /* sql */ `
      SELECT ${COMMENT_COLUMNS}, c.created_at::text AS key FROM comment c LEFT JOIN app_user author ON author.id = c.author_id
      WHERE c.ticket_id = $1 AND c.deleted_at IS NULL AND ($2::timestamptz IS NULL OR (c.created_at, c.id) > ($2, $3::uuid))
      ORDER BY c.created_at, c.id LIMIT $4`,
      [ticket.id, cursor?.[0] ?? null, cursor?.[1] ?? null, limit + 1],
    );
    const { nodes, pageInfo } = page(found, limit, (comment) => [comment.key, comment.id]);
    return { nodes: nodes.map(({ key: _key, ...comment }) => commentOf(comment)), totalCount: ticket.commentCount, pageInfo };
  }

  /** @param sent the id the client sent for it */
  async addComment(actor: Actor, ticketId: string, body: string, sent?: string | null): Promise<CommentType> {
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'COMMENT', sent);
      const project = demandProject(
        actor,
        'comment.write',
        await row<ProjectScope & { projectId: string }>(
          tx,
          /* sql */ `SELECT p.id AS "projectId", ${PROJECT_SCOPE} FROM ticket t JOIN project p ON p.id = t.project_id
            WHERE t.id = $1 AND t.deleted_at IS NULL FOR NO KEY UPDATE OF t`,
          [ticketId],
        ),
      );
      const clean = text('body', body, COMMENT_MAX);
      const { id, before } = await creation.find({ ticketId, body: clean }, (one) => readComment(tx, actor, one));
      if (before) return commentOf(before);
      const added = await row<CommentRow>(
        tx,
        /* sql */ `
        WITH counted AS (
          UPDATE ticket SET comment_count = comment_count + 1 WHERE id = $2
        ), c AS (
          INSERT INTO comment (id, ticket_id, author_id, body, created_at) VALUES ($1, $2, $3, $4, clock_timestamp()) RETURNING *
        )
        SELECT ${COMMENT_COLUMNS} FROM c LEFT JOIN app_user author ON author.id = c.author_id`,
        [id, ticketId, actor.userId, clean],
      );
      if (!added) throw new Error('comment was not inserted');
      await this.activity.append(tx, project.projectId, actor.userId, [
        { entity: 'COMMENT', entityId: id, ticketId, action: 'CREATED', changes: { body: { from: null, to: clean } } },
      ]);
      return commentOf(added);
    });
  }

  /** Only the author edits what they said. */
  async updateComment(actor: Actor, id: string, version: number, body: string): Promise<CommentType> {
    return this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'comment.edit', await lockComment(tx, id));
      sameVersion(before, version);
      const clean = text('body', body, COMMENT_MAX);
      if (clean !== before.body) {
        await tx.query('UPDATE comment SET body = $2, edited_at = now(), version = version + 1 WHERE id = $1', [id, clean]);
        await this.activity.append(tx, before.projectId, actor.userId, [
          { entity: 'COMMENT', entityId: id, ticketId: before.ticketId, action: 'UPDATED', changes: { body: { from: before.body, to: clean } } },
        ]);
      }
      const after = await row<CommentRow>(tx, `SELECT ${COMMENT_COLUMNS} FROM comment c LEFT JOIN app_user author ON author.id = c.author_id WHERE c.id = $1`, [
        id,
      ]);
      return commentOf(after as CommentRow);
    });
  }

  /** The author takes back their own; a moderator those of others. */
  async deleteComment(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'comment.delete', await lockComment(tx, id));
      sameVersion(before, version);
      await tx.query('UPDATE ticket SET comment_count = comment_count - 1 WHERE id = $1', [before.ticketId]);
      await tx.query('UPDATE comment SET deleted_at = now(), version = version + 1 WHERE id = $1', [id]);
      await this.activity.append(tx, before.projectId, actor.userId, [
        { entity: 'COMMENT', entityId: id, ticketId: before.ticketId, action: 'DELETED', changes: { body: { from: before.body, to: null } } },
      ]);
    });
  }
}

/** The comment, where there is one that the actor may read. */
function readComment(tx: Tx, actor: Actor, id: string): Promise<CommentRow | null> {
  return row(
    tx,
    /* sql */ `
    SELECT ${COMMENT_COLUMNS} FROM comment c JOIN ticket t ON t.id = c.ticket_id JOIN project p ON p.id = t.project_id LEFT JOIN app_user author ON author.id = c.author_id
    WHERE c.id = $3 AND c.deleted_at IS NULL AND t.deleted_at IS NULL AND ${READABLE_PROJECT(1)}`,
    [...readableBy(actor), id],
  );
}

/** Locks the comment and its ticket, the ticket first as everywhere. */
async function lockComment(tx: Tx, id: string): Promise<LockedComment | null> {
  await tx.query('SELECT 1 FROM ticket WHERE id = (SELECT ticket_id FROM comment WHERE id = $1) FOR NO KEY UPDATE', [id]);
  return row(
    tx,
    /* sql */ `
    SELECT ${COMMENT_COLUMNS}, c.author_id AS "ownerId", p.id AS "projectId", ${PROJECT_SCOPE}
    FROM comment c JOIN ticket t ON t.id = c.ticket_id JOIN project p ON p.id = t.project_id LEFT JOIN app_user author ON author.id = c.author_id
    WHERE c.id = $1 AND c.deleted_at IS NULL AND t.deleted_at IS NULL FOR NO KEY UPDATE OF c`,
    [id],
  );
}
