import { Injectable } from '@nestjs/common';
import { COMMENT_MAX, type Actor, type Owned } from '@trainyard/domain';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demandProject } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { text } from '../platform/input.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { COMMENT_COLUMNS, commentOf, type CommentRow } from './comment.rows.ts';
import type { CommentConnection, CommentType } from './comment.types.ts';
import { Subjects, type HeldSubject, type Noun, type SubjectRef } from './subjects.ts';

interface LockedComment extends HeldSubject, Owned {
  noun: Noun;
  comment: CommentRow;
}

/** What people say about things. The thing is locked with every change: it carries the count. */
@Injectable()
export class CommentService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly subjects: Subjects,
  ) {}

  /** Comments of a thing the actor was given, oldest first. */
  async comments(subject: { id: string; commentCount: number }, first: number, after: string | null): Promise<CommentConnection> {
    const limit = pageSize(first);
    const cursor = decodeCursor(after, 2);
    const found = await rows<CommentRow & { key: string }>(
      this.database.direct,
      /* sql */ `
      SELECT ${COMMENT_COLUMNS}, c.created_at::text AS key FROM comment c LEFT JOIN app_user author ON author.id = c.author_id
      WHERE c.subject_id = $1 AND c.deleted_at IS NULL AND ($2::timestamptz IS NULL OR (c.created_at, c.id) > ($2, $3::uuid))
      ORDER BY c.created_at, c.id LIMIT $4`,
      [subject.id, cursor?.[0] ?? null, cursor?.[1] ?? null, limit + 1],
    );
    const { nodes, pageInfo } = page(found, limit, (comment) => [comment.key, comment.id]);
    return { nodes: nodes.map(({ key: _key, ...comment }) => commentOf(comment)), totalCount: subject.commentCount, pageInfo };
  }

  /** @param sent the id the client sent for it */
  async addComment(actor: Actor, subject: SubjectRef, body: string, sent?: string | null): Promise<CommentType> {
    return this.database.transaction((tx) => this.addIn(tx, actor, subject, body, sent));
  }

  /** The same as a part of `tx`. */
  async addIn(tx: Tx, actor: Actor, { kind, id: subjectId }: SubjectRef, body: string, sent?: string | null): Promise<CommentType> {
    const noun = this.subjects.of(kind);
    const creation = new Creation(tx, actor, 'COMMENT', sent);
    const subject = demandProject(actor, 'comment.write', await noun.lock(tx, subjectId));
    const clean = text('body', body, COMMENT_MAX);
    const { id, before } = await creation.find({ ...subject.about, body: clean }, (one) => this.read(tx, actor, one));
    if (before) return commentOf(before);
    const added = await row<CommentRow>(
      tx,
      /* sql */ `
        WITH counted AS (
          ${noun.countComments('$2', '1')}
        ), c AS (
          INSERT INTO comment (id, subject_id, author_id, body, created_at) VALUES ($1, $2, $3, $4, clock_timestamp()) RETURNING *
        )
        SELECT ${COMMENT_COLUMNS} FROM c LEFT JOIN app_user author ON author.id = c.author_id`,
      [id, subjectId, actor.userId, clean],
    );
    if (!added) throw new Error('comment was not inserted');
    await this.activity.append(tx, subject.scope, actor.userId, [
      { entity: 'COMMENT', entityId: id, ...subject.about, action: 'CREATED', changes: { body: { from: null, to: clean } } },
    ]);
    return commentOf(added);
  }

  /** Only the author edits what they said. */
  async updateComment(actor: Actor, id: string, version: number, body: string): Promise<CommentType> {
    return this.database.transaction(async (tx) => {
      const { comment: before, scope, about } = demandProject(actor, 'comment.edit', await this.lock(tx, id));
      sameVersion(before, version);
      const clean = text('body', body, COMMENT_MAX);
      if (clean !== before.body) {
        await tx.query('UPDATE comment SET body = $2, edited_at = now(), version = version + 1 WHERE id = $1', [id, clean]);
        await this.activity.append(tx, scope, actor.userId, [
          { entity: 'COMMENT', entityId: id, ...about, action: 'UPDATED', changes: { body: { from: before.body, to: clean } } },
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
    await this.database.transaction((tx) => this.deleteIn(tx, actor, id, version));
  }

  /** The same as a part of `tx`. */
  async deleteIn(tx: Tx, actor: Actor, id: string, version: number): Promise<void> {
    const { noun, comment: before, scope, about } = demandProject(actor, 'comment.delete', await this.lock(tx, id));
    sameVersion(before, version);
    await tx.query(noun.countComments('$1', '-1'), [before.subjectId]);
    await tx.query('UPDATE comment SET deleted_at = now(), version = version + 1 WHERE id = $1', [id]);
    await this.activity.append(tx, scope, actor.userId, [
      { entity: 'COMMENT', entityId: id, ...about, action: 'DELETED', changes: { body: { from: before.body, to: null } } },
    ]);
  }

  /** The comment, where there is one that the actor may read. */
  private async read(tx: Tx, actor: Actor, id: string): Promise<CommentRow | null> {
    const found = await row<CommentRow & { kind: string }>(
      tx,
      /* sql */ `
      SELECT ${COMMENT_COLUMNS}, s.kind FROM comment c JOIN subject s ON s.id = c.subject_id LEFT JOIN app_user author ON author.id = c.author_id
      WHERE c.id = $1 AND c.deleted_at IS NULL`,
      [id],
    );
    if (!found) return null;
    const { kind, ...comment } = found;
    return (await this.subjects.of(kind).readable(tx, actor, comment.subjectId)) ? comment : null;
  }

  /** Locks the comment and what it is about, that first as everywhere. */
  private async lock(tx: Tx, id: string): Promise<LockedComment | null> {
    const subject = await this.subjects.holdOf(tx, 'comment', id);
    if (!subject) return null;
    const comment = await row<CommentRow>(
      tx,
      /* sql */ `
      SELECT ${COMMENT_COLUMNS} FROM comment c LEFT JOIN app_user author ON author.id = c.author_id
      WHERE c.id = $1 AND c.deleted_at IS NULL FOR NO KEY UPDATE OF c`,
      [id],
    );
    return comment && { ...subject, comment, ownerId: comment.authorId };
  }
}
