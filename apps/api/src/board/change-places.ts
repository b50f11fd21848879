// Where the tickets of a change of many lie then. Their columns are held, and they are locked.

import {
  changesBetween,
  fitsSprint,
  moveTicket,
  progressIn,
  progressOf,
  STATE_OF,
  type Changes,
  type TicketProgress,
  type TicketValues,
} from '@trainyard/domain';
import { decided, DomainError } from '../platform/domain-error.ts';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import type { LockedTicket } from '../ticket/locked-ticket.ts';
import { leaveChildren, returnToChildren } from '../ticket/ticket-families.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { setProgress } from '../ticket/ticket.writes.ts';
import type { TicketChangeInput } from './change-tickets.types.ts';
import { standAgain } from './backlog-places.ts';
import { hiddenEntry, hide, show, shownEntry } from './card-coming.ts';
import { movedEntry, placing } from './card.writes.ts';
import { cardBefore, enterAgain, gapBehind, isFull, rerank, sprintIn, type HeldColumn } from './placement.ts';
import type { Refusals } from './refusals.ts';
import type { HeldSprint } from './sprint-places.ts';

/** One ticket as it becomes in the course of a change of many. */
export interface Changing {
  change: TicketChangeInput;
  locked: LockedTicket;
  /** As it is by now. */
  ticket: TicketType;
  values: Partial<TicketValues>;
  changes: Changes;
  /** The column it comes to as it is given a state. */
  target: HeldColumn | null;
  before: { ticket: TicketType; columnId: string | null; afterId: string | null };
}
export type Tell = (ticket: { projectId: string }, ...told: readonly ActivityEntry[]) => void;

/** What is held while many are changed. */
export interface Held {
  columns: ReadonlyMap<string, HeldColumn>;
  sprints: ReadonlyMap<string, HeldSprint>;
  /** Columns of boards on which sprints run that tickets come to, each board's from left to right. */
  joined: readonly string[];
  refusals: Refusals;
  tell: Tell;
  /** By column: the last that came to it as it was given a state. */
  came: Map<string, string>;
}

/** The column it is to come to, from elsewhere or not. */
export const goalOf = ({ change, target }: Changing): string | null => change.place?.columnId ?? target?.id ?? null;

/** Where it lies then, and whether it is there. */
export async function place(tx: Tx, one: Changing, held: Held, lay: Lies | null): Promise<ActivityEntry[]> {
  const { change, locked, target } = one;
  if (change.place) return put(tx, one, held, { columnId: change.place.columnId ?? null, afterId: await neighbourOf(tx, one, held.refusals) });
  if (target) {
    const told = await put(tx, one, held, { columnId: target.id, afterId: held.came.get(target.id) ?? null });
    held.came.set(target.id, one.ticket.id);
    return told;
  }
  if (change.progress) return give(tx, one);
  if (change.deleted === true && !locked.deleted) return remove(tx, one, held.columns);
  if (change.deleted === false && locked.deleted) return bringBack(tx, one, lay, held.columns);
  return [];
}

const SET_PROGRESS = setProgress('$1', '$2', '$3', 'STAYS');

/** It lies where it lay, and is as far as is said. */
async function give(tx: Tx, one: Changing): Promise<ActivityEntry[]> {
  const { ticket } = one;
  const progress = wantedOf(one)!;
  const changes = changesBetween({ state: ticket.state, resolution: ticket.resolution }, { ...progress });
  if (Object.keys(changes).length === 0) return [];
  one.ticket = { ...ticket, ...progress };
  await tx.query(SET_PROGRESS, [ticket.id, progress.state, progress.resolution]);
  return [{ entity: 'TICKET', entityId: ticket.id, ticketId: ticket.id, action: 'UPDATED', changes }];
}

function wantedOf({ change: { progress } }: Changing): TicketProgress | null {
  return progress ? decided(progressOf(progress.state, progress.resolution ?? null)).progress : null;
}

/** Puts the card where it is wanted: between two others, or into no column. */
async function put(tx: Tx, one: Changing, held: Held, { columnId, afterId }: { columnId: string | null; afterId: string | null }): Promise<ActivityEntry[]> {
  const { ticket } = one;
  const said = wantedOf(one);
  one.before.afterId = await cardBefore(tx, ticket);
  if (columnId === null) {
    const sprintId = await sprintThere(tx, one, null, held.sprints);
    one.ticket = { ...ticket, boardId: null, columnId: null, rank: null, sprintId, ...said };
    if (ticket.boardId === null) return putNowhere(tx, ticket, one.ticket);
  } else {
    const column = held.columns.get(columnId)!;
    if (said && STATE_OF[column.category] !== said.state) throw new DomainError('BAD_INPUT', { field: 'progress', reason: 'NOT_OF_THE_COLUMN' });
    let gap = await gapBehind(tx, columnId, afterId, ticket.id);
    let { rank } = ticket;
    if (isFull(gap)) {
      held.tell(ticket, await rerank(tx, column, afterId));
      gap = await gapBehind(tx, columnId, afterId, ticket.id);
      if (ticket.columnId === columnId)
        rank = (await row<{ rank: string }>(tx, 'SELECT rank FROM placement WHERE ticket_id = $1 AND column_id = $2', [ticket.id, columnId]))!.rank;
    }
    const move = decided(moveTicket({ ticket: { ...ticket, rank }, column, ...gap }));
    const sprintId = await sprintThere(tx, one, column, held.sprints);
    const to = { ...ticket, boardId: column.boardId, columnId, rank: move.rank, sprintId, ...progressIn(column.category, ticket), ...said };
    const isOther = (one.change.sprint && to.sprintId !== ticket.sprintId) || (said && to.resolution !== ticket.resolution);
    if (move.unchanged && !isOther) return [];
    one.ticket = to;
    if (ticket.columnId !== columnId) column.count += 1;
  }
  const left = ticket.columnId !== columnId && ticket.columnId !== null ? held.columns.get(ticket.columnId) : undefined;
  if (left) left.count -= 1;
  await tx.query(...placing(ticket, one.ticket));
  return [movedEntry(ticket, one.ticket)];
}

/** It lies on no board, as before: what it is then besides. */
async function putNowhere(tx: Tx, before: TicketType, { id, state, resolution, sprintId }: TicketType): Promise<ActivityEntry[]> {
  const changes = changesBetween({ state: before.state, resolution: before.resolution, sprintId: before.sprintId }, { state, resolution, sprintId });
  if (Object.keys(changes).length === 0) return [];
  await tx.query(setProgress('$1', '$2', '$3', 'STAYS', '$4'), [id, state, resolution, sprintId]);
  return [{ entity: 'TICKET', entityId: id, ticketId: id, action: 'UPDATED', changes }];
}

/** The sprint it is in once it lies there: the one that is said, where it fits. */
async function sprintThere(tx: Tx, { change, ticket }: Changing, column: HeldColumn | null, sprints: Held['sprints']): Promise<string | null> {
  if (!change.sprint) return sprintIn(tx, ticket, column);
  const sprint = change.sprint.sprintId == null ? null : sprints.get(change.sprint.sprintId)!;
  if (!fitsSprint(sprint && { id: sprint.id, runs: sprint.state === 'RUNNING' }, column?.sprintIds ?? []))
    throw new DomainError('SPRINT_RUNS', { reason: 'PLACE' });
  return sprint?.id ?? null;
}

/** The card it comes to lie behind; where that one was refused its place, the one that was to lie before it. */
async function neighbourOf(tx: Tx, { change }: Changing, refusals: Refusals): Promise<string | null> {
  const columnId = change.place?.columnId;
  if (columnId == null) return null;
  const seen = new Set<string>();
  let afterId = change.place?.afterId ?? null;
  while (afterId !== null && !seen.has(afterId)) {
    const instead = refusals.missing(afterId, 'place');
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
  await standAgain(tx, one.ticket.projectId, one.ticket.id);
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
