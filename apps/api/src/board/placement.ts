import { ranksBetween, type Placed, type ProjectScope, type Rank, type WipPolicy } from '@trainyard/domain';
import type { EntityManager } from 'typeorm';
import type { ActivityEntry } from '../platform/activity-log.ts';
import { row, rows } from '../platform/database.ts';
import { DomainError } from '../platform/domain-error.ts';

/**
 * Where cards lie. Whoever places, removes or reranks a card holds the row lock of every column concerned, taken first and in
 * the order of ids; then cards; then the project's counter; the log last. Hence two people moving at once wait for one
 * another, never for each other.
 */
export interface LockedColumn extends ProjectScope {
  id: string;
  name: string;
  boardId: string;
  projectId: string;
  count: number;
  wipLimit: number | null;
  wipPolicy: WipPolicy;
}

const LOCKED_COLUMN = /* sql */ `
  SELECT c.id, c.name, c.board_id AS "boardId", c.ticket_count AS count, c.wip_limit AS "wipLimit", c.wip_policy AS "wipPolicy",
    p.id AS "projectId", p.visibility, p.team_id AS "teamId"
  FROM board_column c JOIN board b ON b.id = c.board_id JOIN project p ON p.id = b.project_id`;

/** Locks the column a ticket lies in and the one it goes to (null: the same); fewer where one of them is not there. */
export function lockColumns(tx: EntityManager, ticketId: string | null, columnId: string | null): Promise<LockedColumn[]> {
  return rows(tx, `${LOCKED_COLUMN} WHERE c.id IN ((SELECT column_id FROM ticket WHERE id = $1), $2) ORDER BY c.id FOR NO KEY UPDATE OF c`, [ticketId, columnId]);
}

/** So often somebody else may snatch the same card between our reading its column and locking it. */
const MAX_CHASES = 10;

/** Tries again while `attempt` answers null: the card was no longer in the column that had been locked for it. */
export async function chase<T>(attempt: () => Promise<T | null>): Promise<T> {
  for (let tries = 0; tries < MAX_CHASES; tries++) {
    const done = await attempt();
    if (done !== null) return done;
  }
  throw new DomainError('CONFLICT', { field: 'id' }, 'Others are moving this card at the moment.');
}

/** The cards between which one is put, in a locked column. */
export interface Gap {
  after: Placed | null | 'gone';
  next: Placed | null;
}
interface GapRow {
  afterId: string | null;
  afterRank: Rank | null;
  nextId: string | null;
  nextRank: Rank | null;
}

const ZERO = '00000000-0000-0000-0000-000000000000';

/**
 * Joins the gap behind card `after` (a parameter, null for the top) of column `column`; the card `moving` is left out. No rank
 * is smaller than the empty one, so the top is what follows ('', zero).
 */
export const GAP_JOIN = (column: string, after: string, moving: string): string => /* sql */ `
  LEFT JOIN ticket prev ON prev.id = ${after} AND prev.column_id = ${column} AND prev.deleted_at IS NULL
  LEFT JOIN LATERAL (
    SELECT n.id, n.rank FROM ticket n
    WHERE n.column_id = ${column} AND n.deleted_at IS NULL AND n.id <> ${moving}
      AND (n.rank, n.id) > (COALESCE(prev.rank, ''), COALESCE(prev.id, '${ZERO}'))
    ORDER BY n.rank, n.id LIMIT 1
  ) next ON true`;
export const GAP_COLUMNS = /* sql */ `prev.id AS "afterId", prev.rank AS "afterRank", next.id AS "nextId", next.rank AS "nextRank"`;

export function gapOf(columnId: string, wanted: string | null, found: GapRow): Gap {
  const placed = (id: string | null, rank: Rank | null): Placed | null => (id === null || rank === null ? null : { id, columnId, rank });
  const after = placed(found.afterId, found.afterRank);
  return { after: wanted !== null && after === null ? 'gone' : after, next: placed(found.nextId, found.nextRank) };
}

/** The gap behind `afterId` for a card that is not in the column yet. */
export async function gapBehind(tx: EntityManager, columnId: string, afterId: string | null): Promise<Gap> {
  const found = await row<GapRow>(tx, `SELECT ${GAP_COLUMNS} FROM (SELECT 1) one ${GAP_JOIN('$1::uuid', '$2::uuid', `'${ZERO}'`)}`, [columnId, afterId]);
  return gapOf(columnId, afterId, found as GapRow);
}

/** The last card at or before `rank` in the column (any, for null), which is the one to place a card of that rank behind. */
export async function lastUpTo(tx: EntityManager, columnId: string, rank: Rank | null): Promise<string | null> {
  const found = await row<{ id: string }>(
    tx,
    'SELECT id FROM ticket WHERE column_id = $1 AND deleted_at IS NULL AND ($2::text IS NULL OR rank <= $2 COLLATE "C") ORDER BY rank DESC, id DESC LIMIT 1',
    [columnId, rank],
  );
  return found?.id ?? null;
}

/** Gives every card of a locked column a fresh short rank in the same order, and says so to the log. */
export async function rerank(tx: EntityManager, column: LockedColumn): Promise<ActivityEntry> {
  const cards = await rows<{ id: string }>(tx, 'SELECT id FROM ticket WHERE column_id = $1 AND deleted_at IS NULL ORDER BY rank, id FOR NO KEY UPDATE', [column.id]);
  await tx.query('UPDATE ticket t SET rank = n.rank FROM unnest($1::uuid[], $2::text[]) AS n (id, rank) WHERE t.id = n.id', [
    cards.map(({ id }) => id),
    ranksBetween(null, null, cards.length),
  ]);
  return { entity: 'COLUMN', entityId: column.id, action: 'RERANKED', changes: {} };
}
