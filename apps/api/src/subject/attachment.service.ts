import { Inject, Injectable } from '@nestjs/common';
import {
  ATTACHMENT_BYTES_MAX,
  ATTACHMENT_NAME_MAX,
  ATTACHMENT_UNDO_EACH,
  ATTACHMENTS_EACH,
  changesBetween,
  fileNameOf,
  MEDIA_TYPE_BYTES,
  mediaTypeOf,
  type Actor,
  type Owned,
} from '@trainyard/domain';
import type { Readable } from 'node:stream';
import { CONFIG, type Config } from '../config.ts';
import { demandProject } from '../platform/authorize.ts';
import { BlobStore } from '../platform/blobs/blob-store.ts';
import { DomainError } from '../platform/domain-error.ts';
import { OpenCounts } from '../platform/http/limits.ts';
import { isId, line } from '../platform/input.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { ATTACHMENT_COLUMNS, attachmentOf, type AttachmentRow } from './attachment.rows.ts';
import type { AttachmentType } from './attachment.types.ts';
import { Subjects, type HeldSubject, type Noun, type SubjectRef } from './subjects.ts';

/** A file on its way. */
export interface SentFile {
  name: string;
  /** The id that the client sent for it. */
  id?: string | null;
  bytes: Readable;
  /** How many, as far as the sender said. */
  size?: number | null;
  /** Who sends it, as of now: what they might do when the first byte came says nothing of when the last one does. */
  senderNow: () => Promise<Actor>;
}
/** What a download needs. */
export type StoredAttachment = Pick<AttachmentRow, 'name' | 'mediaType'> & { digest: string };

interface LockedAttachment extends HeldSubject, Owned {
  noun: Noun;
  attachment: AttachmentRow & { deleted: boolean };
}

/** Files that people attach to things. The thing is locked with every change: it carries the count. */
@Injectable()
export class AttachmentService {
  /** Files under way in this process, by person: each holds a connection and a file, whatever its size. */
  private readonly open = new OpenCounts();

  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly subjects: Subjects,
    private readonly blobs: BlobStore,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** Files of a thing the actor was given, oldest first: as many as a thing can have. */
  async attachments(subjectId: string): Promise<AttachmentType[]> {
    const found = await rows<AttachmentRow>(
      this.database.direct,
      /* sql */ `
      SELECT ${ATTACHMENT_COLUMNS} FROM attachment a LEFT JOIN app_user author ON author.id = a.author_id
      WHERE a.subject_id = $1 AND a.deleted_at IS NULL ORDER BY a.created_at, a.id`,
      [subjectId],
    );
    return found.map(attachmentOf);
  }

  /**
   * Takes the bytes in and attaches them. Rights and room are looked at before the first byte is read, so that nobody else fills the
   * disk, and again when the last has come: much may have happened meanwhile. What is refused then is swept with other unused bytes.
   */
  async addAttachment(actor: Actor, subject: SubjectRef, { name, id: sent, bytes, size: announced = null, senderNow }: SentFile): Promise<AttachmentType> {
    const clean = line('name', fileNameOf(name), ATTACHMENT_NAME_MAX);
    if (sent != null && !isId(sent)) throw new DomainError('BAD_INPUT', { field: 'id', reason: 'NOT_AN_ID' });
    return this.open.receive(actor.userId, this.config.limits.uploadsPerPerson, async () => {
      await this.database.transaction(async (tx) => {
        await this.lockForMore(tx, actor, subject);
        await demandRoom(tx, subject.id, sent ?? null);
      });
      const { digest, size } = await this.blobs.store(bytes, ATTACHMENT_BYTES_MAX, { size: announced });
      if (size === 0) throw new DomainError('BAD_INPUT', { field: 'file', reason: 'EMPTY' });
      const mediaType = mediaTypeOf(await this.blobs.head(digest, MEDIA_TYPE_BYTES));
      return this.attach(await senderNow(), subject, sent, { name: clean, mediaType, digest, size });
    });
  }

  /** The author deletes their own; a lead those of others. `restoreAttachment` brings it back, for a day, unless many more are deleted. */
  async deleteAttachment(actor: Actor, id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { noun, attachment, scope, about } = demandProject(actor, 'attachment.delete', await this.lock(tx, id));
      if (attachment.deleted) throw new DomainError('NOT_FOUND');
      await tx.query(noun.countAttachments('$1', '-1'), [attachment.subjectId]);
      await tx.query('UPDATE attachment SET deleted_at = now() WHERE id = $1', [id]);
      await forgetOldest(tx, attachment);
      const { name, size } = attachment;
      await this.activity.append(tx, scope, actor.userId, [
        {
          entity: 'ATTACHMENT',
          entityId: id,
          ...about,
          action: 'DELETED',
          changes: changesBetween<Record<'name' | 'size', unknown>>({ name, size }, { name: null, size: null }),
        },
      ]);
    });
  }

  /** One that is there is answered as it is. */
  async restoreAttachment(actor: Actor, id: string): Promise<AttachmentType> {
    return this.database.transaction(async (tx) => {
      const { noun, attachment, scope, about } = demandProject(actor, 'attachment.delete', await this.lock(tx, id));
      const { deleted, ...found } = attachment;
      if (!deleted) return attachmentOf(found);
      await demandRoom(tx, found.subjectId);
      await tx.query(noun.countAttachments('$1', '1'), [found.subjectId]);
      await tx.query('UPDATE attachment SET deleted_at = NULL WHERE id = $1', [id]);
      const { name, size } = found;
      await this.activity.append(tx, scope, actor.userId, [
        {
          entity: 'ATTACHMENT',
          entityId: id,
          ...about,
          action: 'CREATED',
          changes: { ...changesBetween({}, { name, size }), restored: { from: false, to: true } },
        },
      ]);
      return attachmentOf(found);
    });
  }

  /** What to send to somebody who may read the thing it is attached to, now. */
  async stored(actor: Actor, id: string): Promise<StoredAttachment> {
    const { direct } = this.database;
    const found = await row<StoredAttachment & { subjectId: string; kind: string }>(
      direct,
      /* sql */ `
      SELECT a.name, a.media_type AS "mediaType", a.digest, a.subject_id AS "subjectId", s.kind FROM attachment a JOIN subject s ON s.id = a.subject_id
      WHERE a.id = $1 AND a.deleted_at IS NULL`,
      [id],
    );
    if (!found || !(await this.subjects.of(found.kind).readable(direct, actor, found.subjectId))) throw new DomainError('NOT_FOUND');
    return found;
  }

  private async attach(
    actor: Actor,
    subject: SubjectRef,
    sent: string | null | undefined,
    file: { name: string; mediaType: string; digest: string; size: number },
  ): Promise<AttachmentType> {
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'ATTACHMENT', sent);
      const { noun, scope, about } = await this.lockForMore(tx, actor, subject);
      const { name, mediaType, digest, size } = file;
      const { id, before } = await creation.find({ ...about, name, digest }, (one) => this.read(tx, actor, one));
      if (before) return attachmentOf(before);
      await demandRoom(tx, subject.id);
      const added = await row<AttachmentRow>(
        tx,
        /* sql */ `
        WITH counted AS (
          ${noun.countAttachments('$2', '1')}
        ), a AS (
          INSERT INTO attachment (id, subject_id, author_id, name, media_type, digest, size, created_at)
          VALUES ($1, $2, $3, $4, $5, $6, $7, clock_timestamp()) RETURNING *
        )
        SELECT ${ATTACHMENT_COLUMNS} FROM a LEFT JOIN app_user author ON author.id = a.author_id`,
        [id, subject.id, actor.userId, name, mediaType, digest, size],
      );
      if (!added) throw new Error('attachment was not inserted');
      await this.activity.append(tx, scope, actor.userId, [
        { entity: 'ATTACHMENT', entityId: id, ...about, action: 'CREATED', changes: changesBetween({}, { name, size }) },
      ]);
      return attachmentOf(added);
    });
  }

  private async lockForMore(tx: Tx, actor: Actor, { kind, id }: SubjectRef): Promise<HeldSubject & { noun: Noun }> {
    const noun = this.subjects.of(kind);
    return { ...demandProject(actor, 'attachment.write', await noun.lock(tx, id)), noun };
  }

  /** The attachment, where there is one that the actor may read. */
  private async read(tx: Tx, actor: Actor, id: string): Promise<AttachmentRow | null> {
    const found = await row<AttachmentRow & { kind: string }>(
      tx,
      /* sql */ `
      SELECT ${ATTACHMENT_COLUMNS}, s.kind FROM attachment a JOIN subject s ON s.id = a.subject_id LEFT JOIN app_user author ON author.id = a.author_id
      WHERE a.id = $1 AND a.deleted_at IS NULL`,
      [id],
    );
    if (!found) return null;
    const { kind, ...attachment } = found;
    return (await this.subjects.of(kind).readable(tx, actor, attachment.subjectId)) ? attachment : null;
  }

  /** Locks the attachment, deleted or not, and what it is attached to, that first as everywhere. */
  private async lock(tx: Tx, id: string): Promise<LockedAttachment | null> {
    const subject = await this.subjects.holdOf(tx, 'attachment', id);
    if (!subject) return null;
    const attachment = await row<AttachmentRow & { deleted: boolean }>(
      tx,
      /* sql */ `
      SELECT ${ATTACHMENT_COLUMNS}, a.deleted_at IS NOT NULL AS deleted FROM attachment a LEFT JOIN app_user author ON author.id = a.author_id
      WHERE a.id = $1 FOR NO KEY UPDATE OF a`,
      [id],
    );
    return attachment && { ...subject, attachment, ownerId: attachment.authorId };
  }
}

/** Who attaches and deletes again and again would fill the disk for a day. Of each author apart: nobody's file is gone because of others' deletions. */
async function forgetOldest(tx: Tx, { subjectId, authorId }: AttachmentRow): Promise<void> {
  await tx.query(
    /* sql */ `
    DELETE FROM attachment WHERE id IN (
      SELECT id FROM attachment WHERE subject_id = $1 AND author_id IS NOT DISTINCT FROM $2 AND deleted_at IS NOT NULL
      ORDER BY deleted_at DESC, id OFFSET ${ATTACHMENT_UNDO_EACH})`,
    [subjectId, authorId],
  );
}

/** Throws TOO_MANY where the thing has as many files as it may. @param except one that is sent again takes no more room */
async function demandRoom(tx: Tx, subjectId: string, except: string | null = null): Promise<void> {
  const held = await row<{ count: number }>(
    tx,
    'SELECT count(*)::int AS count FROM attachment WHERE subject_id = $1 AND deleted_at IS NULL AND id IS DISTINCT FROM $2',
    [subjectId, except],
  );
  if ((held?.count ?? 0) >= ATTACHMENTS_EACH) throw new DomainError('BAD_INPUT', { field: 'file', reason: 'TOO_MANY', max: ATTACHMENTS_EACH });
}
