// Where the tickets of a change of many lie then. Their columns are held, and they are locked.

import { moveTicket, progressIn, type Changes, type TicketValues } from '@trainyard/domain';
import { decided } from '../platform/domain-error.ts';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import type { LockedTicket } from '../ticket/locked-ticket.ts';
import { leaveChildren, returnToChildren } from '../ticket/ticket-families.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import type { TicketChangeInput } from './change-tickets.types.ts';
import { hiddenEntry, hide, show, shownEntry } from './card-coming.ts';
import { movedEntry, placing } from './card.writes.ts';
import { cardBefore, enterAgain, gapBehind, isFull, rerank, sprintIn, type HeldColumn } from './placement.ts';
import type { Refusals } from './refusals.ts';

/** One ticket as it becomes in the course of a change of many. */
export interface Changing {
  change: TicketChangeInput;
  locked: LockedTicket;
  ticket: TicketType;
  values: Partial<TicketValues>;
  changes: Changes;
  before: { columnId: string | null; afterId: string | null };
}
export type Tell = (ticket: TicketType, ...told: readonly ActivityEntry[]) => void;

/** Where it lies then, and whether it is there. */
export async function place(
  tx: Tx,
  one: Changing,
  columns: ReadonlyMap<string, HeldColumn>,
  lay: Lies | null,
  refusals: Refusals,
  tell: Tell,
): Promise<ActivityEntry[]> {
  const { change, locked } = one;
  if (change.place) return put(tx, one, columns, refusals, tell);
  if (change.deleted === true && !locked.deleted) return remove(tx, one, columns);
  if (change.deleted === false && locked.deleted) return bringBack(tx, one, lay, columns);
  return [];
}

/** Puts the card where it is wanted: between two others, or into no column. */
async function put(tx: Tx, one: Changing, columns: ReadonlyMap<string, HeldColumn>, refusals: Refusals, tell: Tell): Promise<ActivityEntry[]> {
  const { columnId = null } = one.change.place!;
  const { ticket } = one;
  one.before.afterId = await cardBefore(tx, ticket);
  if (columnId === null) {
    if (ticket.boardId === null) return [];
    one.ticket = { ...ticket, boardId: null, columnId: null, rank: null, sprintId: await sprintIn(tx, ticket, null) };
  } else {
    const column = columns.get(columnId)!;
    const afterId = await neighbourOf(tx, one, columnId, refusals);
    let gap = await gapBehind(tx, columnId, afterId, ticket.id);
    let { rank } = ticket;
    if (isFull(gap)) {
      tell(ticket, await rerank(tx, column));
      gap = await gapBehind(tx, columnId, afterId, ticket.id);
      if (ticket.columnId === columnId)
        rank = (await row<{ rank: string }>(tx, 'SELECT rank FROM placement WHERE ticket_id = $1 AND column_id = $2', [ticket.id, columnId]))!.rank;
    }
    const move = decided(moveTicket({ ticket: { ...ticket, rank }, column, ...gap }));
    if (move.unchanged) return [];
    const sprintId = await sprintIn(tx, ticket, column);
    one.ticket = { ...ticket, boardId: column.boardId, columnId, rank: move.rank, sprintId, ...progressIn(column.category, ticket) };
    if (ticket.columnId !== columnId) column.count += 1;
  }
  const left = ticket.columnId !== columnId && ticket.columnId !== null ? columns.get(ticket.columnId) : undefined;
  if (left) left.count -= 1;
  await tx.query(...placing(ticket, one.ticket));
  return [movedEntry(ticket, one.ticket)];
}

/** The card it comes to lie behind; where that one was refused its place, the one that was to lie before it. */
async function neighbourOf(tx: Tx, { change }: Changing, columnId: string, refusals: Refusals): Promise<string | null> {
  const seen = new Set<string>();
  let afterId = change.place?.afterId ?? null;
  while (afterId !== null && !seen.has(afterId)) {
    const instead = refusals.missing(afterId);
    if (instead === undefined || (await gapBehind(tx, columnId, afterId)).after !== 'gone') break;
    seen.add(afterId);
    afterId = instead;
  }
  return afterId;
}

async function remove(tx: Tx, { ticket }: Changing, columns: ReadonlyMap<string, HeldColumn>): Promise<ActivityEntry[]> {
  await hide(tx, ticket);
  const left = ticket.columnId === null ? undefined : columns.get(ticket.columnId);
  if (left) left.count -= 1;
  return [hiddenEntry(ticket), ...(await leaveChildren(tx, ticket.id))];
}

async function bringBack(tx: Tx, one: Changing, lay: Lies | null, columns: ReadonlyMap<string, HeldColumn>): Promise<ActivityEntry[]> {
  const column = lay ? columns.get(lay.columnId)! : null;
  const { rank, entries } = column && lay ? await enterAgain(tx, column, lay.rank) : { rank: null, entries: [] };
  const progress = column ? progressIn(column.category, one.locked) : { state: one.locked.state, resolution: one.locked.resolution };
  const shown = { columnId: column?.id ?? null, rank, sprintId: await sprintIn(tx, one.locked, column), ...progress };
  await show(tx, one.ticket.id, shown);
  if (column) column.count += 1;
  return [...entries, shownEntry(one.ticket.id, shown), ...(await returnToChildren(tx, one.ticket))];
}

/** Where a ticket lies, or lay before it was deleted. */
export interface Lies {
  columnId: string;
  rank: string;
}

export async function placesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Lies>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Lies & { id: string }>(
    tx,
    'SELECT DISTINCT ON (ticket_id) ticket_id AS id, column_id AS "columnId", rank FROM placement WHERE ticket_id = ANY ($1::uuid[]) ORDER BY ticket_id, board_id',
    [ids],
  );
  return new Map(found.map(({ id, ...lies }) => [id, lies]));
}
