import { personOf } from '../access/person.types.ts';
import type { AttachmentType } from './attachment.types.ts';

export interface AttachmentRow {
  id: string;
  subjectId: string;
  authorId: string | null;
  authorName: string | null;
  name: string;
  mediaType: string;
  size: number;
  createdAt: Date | string;
}

/** The columns of an attachment over `attachment a LEFT JOIN app_user author`. */
export const ATTACHMENT_COLUMNS = /* sql */ `
  a.id, a.subject_id AS "subjectId", a.author_id AS "authorId", author.name AS "authorName", a.name, a.media_type AS "mediaType", a.size::float8 AS size,
  a.created_at AS "createdAt"`;

export function attachmentOf({ authorId, authorName, ...attachment }: AttachmentRow): AttachmentType {
  return {
    ...attachment,
    url: `/attachments/${attachment.id}/${encodeURIComponent(attachment.name)}`,
    author: personOf(authorId, authorName),
    createdAt: new Date(attachment.createdAt),
  };
}
