import {
  enterColumn,
  hasRoomBetween,
  sprintOffBoard,
  sprintOnBoard,
  type ColumnCategory,
  type Placed,
  type ProjectScope,
  type Rank,
  type WipPolicy,
} from '@trainyard/domain';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import { PROJECT_SCOPE } from '../platform/authorize.ts';
import { decided } from '../platform/domain-error.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import { stretchAround, type Ranked } from './stretch.ts';

/**
 * Where cards lie. Whoever puts a card into a column, deletes it there, or changes all cards of a column or board holds the columns first;
 * then locks the cards; then counts, in the order of the columns' ids; the log last. A card that moves away, or is taken off its board, waits
 * for nobody who arrives.
 */
export interface HeldColumn extends ProjectScope {
  id: string;
  name: string;
  category: ColumnCategory;
  boardId: string;
  /** Its board is: nothing comes to it. */
  archived: boolean;
  projectId: string;
  count: number;
  wipLimit: number | null;
  wipPolicy: WipPolicy;
  /** Sprints that run on its board, the newest first. */
  sprintIds: readonly string[];
  /** What it asks of tickets that come into it. */
  requiredFields: readonly string[];
  hasChecks: boolean;
}

/**
 * Waits until nobody else holds the column, holds it until the transaction ends, and answers it as it is then; null where there is
 * none. An advisory lock and not the row's: it is given in the order of asking, where a row goes to whoever is quickest.
 */
export async function holdColumn(tx: Tx, columnId: string): Promise<HeldColumn | null> {
  // Sent together: the second runs when the first has its lock, and sees what was committed until then.
  const [, column] = await Promise.all([
    tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))', [columnId]),
    row<HeldColumn>(
      tx,
      /* sql */ `
      SELECT c.id, c.name, c.category, c.board_id AS "boardId", b.archived_at IS NOT NULL AS archived, c.ticket_count AS count, c.wip_limit AS "wipLimit", c.wip_policy AS "wipPolicy", b.sprint_ids AS "sprintIds",
        c.required_fields AS "requiredFields", EXISTS (SELECT FROM column_check k WHERE k.column_id = c.id) AS "hasChecks",
        p.id AS "projectId", ${PROJECT_SCOPE}
      FROM board_column c JOIN board b ON b.id = c.board_id JOIN project p ON p.id = b.project_id WHERE c.id = $1`,
      [columnId],
    ),
  ]);
  return column;
}

/** Locks the cards of a board or column whose columns are held: who was moving one away is done, and what is read from here on is as they lie. */
export async function lockCards(tx: Tx, of: 'board' | 'column', id: string): Promise<void> {
  await tx.query(`SELECT FROM placement k JOIN ticket t ON t.id = k.ticket_id WHERE k.${of}_id = $1 AND NOT k.hidden ORDER BY t.id FOR NO KEY UPDATE OF t`, [
    id,
  ]);
}

/** The cards between which one is put, in a held column. */
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

/** No id is smaller. */
export const ZERO = '00000000-0000-0000-0000-000000000000';

/**
 * Joins the gap behind card `after` (a parameter, null for the top) of column `column`; the card `moving` is left out. No rank
 * is smaller than the empty one, so the top is what follows ('', zero).
 */
export const GAP_JOIN = (column: string, after: string, moving: string): string => /* sql */ `
  LEFT JOIN placement prev ON prev.ticket_id = ${after} AND prev.column_id = ${column} AND NOT prev.hidden
  LEFT JOIN LATERAL (
    SELECT n.ticket_id AS id, n.rank FROM placement n
    WHERE n.column_id = ${column} AND NOT n.hidden AND n.ticket_id <> ${moving}
      AND (n.rank, n.ticket_id) > (COALESCE(prev.rank, ''), COALESCE(prev.ticket_id, '${ZERO}'))
    ORDER BY n.rank, n.ticket_id LIMIT 1
  ) next ON true`;
export const GAP_COLUMNS = /* sql */ `prev.ticket_id AS "afterId", prev.rank AS "afterRank", next.id AS "nextId", next.rank AS "nextRank"`;

export function gapOf(columnId: string, wanted: string | null, found: GapRow): Gap {
  const placed = (id: string | null, rank: Rank | null): Placed | null => (id === null || rank === null ? null : { id, columnId, rank });
  const after = placed(found.afterId, found.afterRank);
  return { after: wanted !== null && after === null ? 'gone' : after, next: placed(found.nextId, found.nextRank) };
}

/** Whether no rank fits between two cards any more: those around them are reranked first. */
export const isFull = ({ after, next }: Gap): boolean => after !== 'gone' && !hasRoomBetween(after?.rank ?? null, next?.rank ?? null);

/** The gap behind `afterId` for a card that is not in the column yet, or for one of it that is `moving`. */
export async function gapBehind(tx: Tx, columnId: string, afterId: string | null, moving = ZERO): Promise<Gap> {
  const found = await row<GapRow>(tx, `SELECT ${GAP_COLUMNS} FROM (SELECT 1) one ${GAP_JOIN('$1::uuid', '$2::uuid', '$3::uuid')}`, [columnId, afterId, moving]);
  return gapOf(columnId, afterId, found as GapRow);
}

/** The last card at or before `rank` in the column (any, for null), which is the one to place a card of that rank behind; `but` is that card. */
export async function lastUpTo(tx: Tx, columnId: string, rank: Rank | null, but: string | null = null): Promise<string | null> {
  const found = await row<{ id: string }>(
    tx,
    'SELECT ticket_id AS id FROM placement WHERE column_id = $1 AND NOT hidden AND ($2::text IS NULL OR rank <= $2 COLLATE "C") AND ticket_id IS DISTINCT FROM $3 ORDER BY rank DESC, ticket_id DESC LIMIT 1',
    [columnId, rank, but],
  );
  return found?.id ?? null;
}

/** The card behind which one lies; null at the top, and where it lies in no column. */
export async function cardBefore(tx: Tx, { id, columnId, rank }: { id: string; columnId: string | null; rank: Rank | null }): Promise<string | null> {
  const found = await row<{ id: string }>(
    tx,
    'SELECT ticket_id AS id FROM placement WHERE column_id = $1 AND NOT hidden AND (rank, ticket_id) < ($2 COLLATE "C", $3::uuid) ORDER BY rank DESC, ticket_id DESC LIMIT 1',
    [columnId, rank, id],
  );
  return found?.id ?? null;
}

/** Holds several columns, in the one order in which all do who hold more than one. */
export async function holdColumns(tx: Tx, ids: readonly string[]): Promise<Map<string, HeldColumn>> {
  const held = new Map<string, HeldColumn>();
  for (const id of [...new Set(ids)].toSorted()) {
    const column = await holdColumn(tx, id);
    if (column) held.set(id, column);
  }
  return held;
}

/** Takes the counts of columns, in the order in which a move takes its two. */
export async function holdCounts(tx: Tx, ids: readonly string[]): Promise<void> {
  await tx.query('SELECT FROM board_column WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [[...new Set(ids)]]);
}

/** A rank for a card that enters a held column; where none fits, those around its place are reranked first. */
export async function enter(tx: Tx, column: HeldColumn, afterId: string | null): Promise<{ rank: string; entries: ActivityEntry[] }> {
  const entries: ActivityEntry[] = [];
  let gap = await gapBehind(tx, column.id, afterId);
  if (isFull(gap)) {
    // of many that come, one that is refused must leave nothing behind that the log does not tell
    decided(enterColumn({ column, after: null, next: null }));
    entries.push(await rerank(tx, column, afterId));
    gap = await gapBehind(tx, column.id, afterId);
  }
  return { rank: decided(enterColumn({ column, ...gap })).rank, entries };
}

/** As `enter`, for a card that comes back to where it lay: it keeps its rank, so that several lie among each other as before, unless another has it now. */
export async function enterAgain(tx: Tx, column: HeldColumn, rank: Rank): Promise<{ rank: string; entries: ActivityEntry[] }> {
  const afterId = await lastUpTo(tx, column.id, rank);
  const gap = await gapBehind(tx, column.id, afterId);
  if (gap.after !== 'gone' && gap.after?.rank === rank) return enter(tx, column, afterId);
  decided(enterColumn({ column, ...gap }));
  return { rank, entries: [] };
}

/** Gives the cards around the place behind `afterId` in a held column fresh short ranks in the same order, and says so to the log. */
export async function rerank(tx: Tx, column: HeldColumn, afterId: string | null): Promise<ActivityEntry> {
  const { after } = await gapBehind(tx, column.id, afterId);
  const from = after === 'gone' ? null : after;
  const { ids, ranks } = await stretchAround((side, count) => {
    const [than, order] = side === 'BEFORE' ? ['<=', 'DESC'] : ['>', 'ASC'];
    return rows<Ranked>(
      tx,
      /* sql */ `SELECT ticket_id AS id, rank FROM placement WHERE column_id = $1 AND NOT hidden AND (rank, ticket_id) ${than} ($2 COLLATE "C", $3::uuid)
        ORDER BY rank ${order}, ticket_id ${order} LIMIT $4`,
      [column.id, from?.rank ?? '', from?.id ?? ZERO, count],
    );
  });
  // Who moves one away says what rank it had, and those that left meanwhile have a rank elsewhere.
  await tx.query('SELECT FROM ticket WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [ids]);
  await tx.query(
    'UPDATE placement k SET rank = n.rank FROM unnest($2::uuid[], $3::text[]) AS n (id, rank) WHERE k.ticket_id = n.id AND k.column_id = $1 AND NOT k.hidden',
    [column.id, ids, ranks],
  );
  return { entity: 'COLUMN', entityId: column.id, action: 'RERANKED', changes: {} };
}

/** The sprint a ticket is in once it lies in a held column, or in none. Only where it leaves a board is that one's asked for. */
export async function sprintIn(
  tx: Tx,
  { sprintId, boardId }: { sprintId: string | null; boardId: string | null },
  column: HeldColumn | null,
): Promise<string | null> {
  const leaves = sprintId !== null && boardId !== null && boardId !== column?.boardId;
  const left = leaves ? await row<{ running: string[] }>(tx, 'SELECT sprint_ids AS running FROM board WHERE id = $1', [boardId]) : null;
  return column ? sprintOnBoard(sprintId, column.sprintIds, left?.running ?? []) : sprintOffBoard(sprintId, left?.running ?? []);
}
