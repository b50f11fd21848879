import type { EntityManager } from 'typeorm';
import { COLUMN_COLUMNS, LABEL_COLUMNS } from '../board/board.rows.ts';
import type { ColumnType, LabelType } from '../board/board.types.ts';
import { COMMENT_COLUMNS, commentOf, type CommentRow } from '../board/comment.rows.ts';
import { CARD_COLUMNS, CARD_SOURCES, cardOf, type CardRow } from '../board/ticket.rows.ts';
import { row } from '../platform/sql/database.ts';
import { runCardsByIds } from '../training/run-card.loader.ts';
import { ACTIVITY_COLUMNS, activityOf, type ActivityRow } from './activity.rows.ts';
import type { ProjectEventsType } from './activity.types.ts';

/** A client further behind than this loads afresh: reading everything once is cheaper than replaying so much. */
export const REPLAY_MAX = 1000;
/** Letters of changes in what is replayed: an edit of a long description has a hundred thousand, and every reader would hold all of them. */
export const REPLAY_LETTERS = 200_000;

/** Events with the letters of their changes, which is what they weigh. */
export type WeighedEvents = ProjectEventsType & { letters: number };

interface EventsRow {
  head: number;
  letters: number;
  activities: ActivityRow[] | null;
  tickets: CardRow[] | null;
  columns: ColumnType[] | null;
  comments: CommentRow[] | null;
  labels: LabelType[] | null;
  runIds: string[];
}

/** The ids of one kind of thing that the news speak of. As an array they are looked up by index, however many rows there are. */
const NEWS_OF = (entity: string): string => `ANY (ARRAY(SELECT "entityId" FROM news WHERE entity = '${entity}'))`;

/**
 * What happened in a project after position `since`, and the things concerned as they are now: one statement, so that both
 * are of one snapshot. Null when there is no such project. Rights are the caller's. What is asked for stands in sub-selects, where the
 * planner cannot see it and keeps one plan, and LIMIT says that few rows come, so that it walks the log's index.
 */
export async function readProjectEvents(tx: EntityManager, projectId: string, since: number): Promise<WeighedEvents | null> {
  const found = await row<EventsRow>(
    tx,
    /* sql */ `
    WITH head AS (
      SELECT s.id, s.seq, $2::bigint AS since FROM activity_scope s WHERE s.id = $1
    ), stretch AS MATERIALIZED (
      SELECT ${ACTIVITY_COLUMNS} FROM activity a LEFT JOIN app_user actor ON actor.id = a.actor_id
      WHERE a.scope = (SELECT id FROM head) AND a.seq > (SELECT since FROM head) AND (SELECT seq - since FROM head) <= ${REPLAY_MAX} ORDER BY a.seq LIMIT ${REPLAY_MAX}
    ), weighed AS MATERIALIZED (
      SELECT COALESCE(sum(length(changes::text)), 0)::float8 AS letters FROM stretch
    ), news AS MATERIALIZED (
      SELECT * FROM stretch WHERE (SELECT letters FROM weighed) <= ${REPLAY_LETTERS}
    ), touched_columns AS (
      SELECT "entityId" AS id FROM news WHERE entity = 'COLUMN'
      UNION SELECT (changes #>> '{columnId,from}')::uuid FROM news WHERE entity = 'TICKET' AND changes ? 'columnId'
      UNION SELECT (changes #>> '{columnId,to}')::uuid FROM news WHERE entity = 'TICKET' AND changes ? 'columnId'
    )
    SELECT head.seq::int AS head, (SELECT letters FROM weighed) AS letters,
      (SELECT json_agg(news ORDER BY seq) FROM news) AS activities,
      (SELECT json_agg(t) FROM (
        SELECT ${CARD_COLUMNS} FROM ticket t ${CARD_SOURCES}
        WHERE t.id = ANY (ARRAY(SELECT DISTINCT "ticketId" FROM news WHERE "ticketId" IS NOT NULL)) AND t.deleted_at IS NULL) t) AS tickets,
      (SELECT json_agg(c) FROM (SELECT ${COLUMN_COLUMNS} FROM board_column c WHERE c.id = ANY (ARRAY(SELECT id FROM touched_columns))) c) AS columns,
      (SELECT json_agg(c) FROM (
        SELECT ${COMMENT_COLUMNS} FROM comment c LEFT JOIN app_user author ON author.id = c.author_id
        WHERE c.id = ${NEWS_OF('COMMENT')} AND c.deleted_at IS NULL) c) AS comments,
      (SELECT json_agg(l) FROM (SELECT ${LABEL_COLUMNS} FROM label l WHERE l.id = ${NEWS_OF('LABEL')}) l) AS labels,
      ARRAY(SELECT DISTINCT "entityId" FROM news WHERE entity = 'RUN') AS "runIds"
    FROM head`,
    [projectId, since],
  );
  if (!found) return null;
  return {
    seq: found.head,
    letters: found.letters,
    reset: since > found.head || found.head - since > REPLAY_MAX || found.letters > REPLAY_LETTERS,
    activities: (found.activities ?? []).map(activityOf),
    tickets: (found.tickets ?? []).map((card) => cardOf(card, card)),
    columns: found.columns ?? [],
    comments: (found.comments ?? []).map(commentOf),
    runs: await runCardsByIds(tx, found.runIds),
    labels: found.labels ?? [],
  };
}
