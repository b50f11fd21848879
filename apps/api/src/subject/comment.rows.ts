import { personOf } from '../access/person.types.ts';
import type { CommentType } from './comment.types.ts';

export interface CommentRow {
  id: string;
  subjectId: string;
  authorId: string | null;
  authorName: string | null;
  body: string;
  createdAt: Date | string;
  editedAt: Date | string | null;
  version: number;
}

/** The columns of a comment over `comment c LEFT JOIN app_user author`. */
export const COMMENT_COLUMNS = /* sql */ `
  c.id, c.subject_id AS "subjectId", c.author_id AS "authorId", author.name AS "authorName", c.body, c.created_at AS "createdAt",
  c.edited_at AS "editedAt", c.version`;

export function commentOf({ authorId, authorName, ...comment }: CommentRow): CommentType {
  return {
    ...comment,
    author: personOf(authorId, authorName),
    createdAt: new Date(comment.createdAt),
    editedAt: comment.editedAt === null ? null : new Date(comment.editedAt),
  };
}
