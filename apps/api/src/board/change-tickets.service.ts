import { Injectable } from '@nestjs/common';
import { changesBetween, moveTicket, progressIn, TICKETS_AT_ONCE, type Actor, type Changes, type TicketValues } from '@trainyard/domain';
import { demandProject } from '../platform/authorize.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockTickets, withoutScope, type LockedTicket } from '../ticket/locked-ticket.ts';
import { checkFamilies, holdFamilies, leaveChildren, returnToChildren } from '../ticket/ticket-families.ts';
import { checkAssignees, checkDays, checkLabelCount, holdLabels, valuesIn } from '../ticket/ticket-input.ts';
import { ticketOf } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { writeValues } from '../ticket/ticket.writes.ts';
import type { ChangedTicket, TicketChangeInput } from './change-tickets.types.ts';
import { hiddenEntry, hide, show, shownEntry } from './card-coming.ts';
import { movedEntry, placing } from './card.writes.ts';
import { cardBefore, enterAgain, gapBehind, holdColumns, holdCounts, isFull, rerank, sprintIn, type HeldColumn } from './placement.ts';

/** One ticket as it becomes in the course of a change of many. */
interface Changing {
  change: TicketChangeInput;
  locked: LockedTicket;
  ticket: TicketType;
  values: Partial<TicketValues>;
  changes: Changes;
  before: { columnId: string | null; afterId: string | null };
}

/** Changes many tickets at once: all of it happens, or nothing. */
@Injectable()
export class ChangeTicketsService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  /** In the order of `changes`: a card may be placed behind one that came before it. */
  async changeTickets(actor: Actor, changes: readonly TicketChangeInput[]): Promise<ChangedTicket[]> {
    check(changes);
    for (;;) {
      const changed = await this.database.transaction((tx) => this.change(tx, actor, changes));
      if (changed) return changed;
    }
  }

  /** Null: a deleted ticket lies in another column than the one that was held for it, since that was deleted meanwhile. */
  private async change(tx: Tx, actor: Actor, changes: readonly TicketChangeInput[]): Promise<ChangedTicket[] | null> {
    const ids = changes.map(({ id }) => id);
    const lay = await placesOf(
      tx,
      changes.flatMap(({ id, deleted }) => (deleted === false ? id : [])),
    );
    const columns = await holdColumns(tx, [...changes.flatMap(({ place }) => place?.columnId ?? []), ...[...lay.values()].map(({ columnId }) => columnId)]);
    await holdFamilies(
      tx,
      changes.map(({ id, values }) => ({ id, values: values ?? {} })),
    );
    const locked = await lockTickets(tx, ids);
    const changing = changes.map((change) => begin(actor, change, locked.get(change.id) ?? null, columns));
    const lies = await placesOf(tx, [...lay.keys()]);
    for (const { columnId } of lies.values()) if (!columns.has(columnId)) return null;
    await holdCounts(tx, [...columns.keys(), ...changing.flatMap(({ ticket }) => ticket.columnId ?? [])]);
    await checkAll(tx, changing);

    const entries = new Map<string, ActivityEntry[]>();
    const tell = ({ projectId }: TicketType, ...told: readonly ActivityEntry[]): void =>
      void entries.set(projectId, [...(entries.get(projectId) ?? []), ...told]);
    for (const [projectId, ofProject] of Map.groupBy(changing, ({ ticket }) => ticket.projectId)) {
      const parted = await checkFamilies(
        tx,
        ofProject.map(({ ticket, values, change: { deleted } }) => ({ before: ticket, key: ticket.key, values, deleted: deleted === true })),
      );
      if (parted.length > 0) entries.set(projectId, parted);
    }
    for (const one of changing) {
      const { change, ticket } = one;
      if (Object.keys(one.changes).length > 0)
        tell(ticket, { entity: 'TICKET', entityId: ticket.id, ticketId: ticket.id, action: 'UPDATED', changes: one.changes });
      if (change.place) tell(ticket, ...(await naming(ticket, () => put(tx, one, columns))));
      if (change.deleted === true && !one.locked.deleted) tell(ticket, ...(await remove(tx, one, columns)));
      if (change.deleted === false && one.locked.deleted)
        tell(ticket, ...(await naming(ticket, () => bringBack(tx, one, lies.get(ticket.id) ?? null, columns))));
    }
    await writeValues(
      tx,
      changing.filter((one) => Object.keys(one.changes).length > 0).map(({ ticket, values }) => ({ id: ticket.id, values })),
    );
    // logs are taken in one order by all who take several
    for (const [scope, told] of [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      if (told.length > 0) await this.activity.append(tx, scope, actor.userId, told);

    const now = await lockTickets(tx, ids);
    return changing.map(({ change, before }) => {
      const found = now.get(change.id);
      if (!found) throw new Error(`ticket ${change.id} vanished under its lock`);
      return { ticket: ticketOf(withoutScope(found)), columnBefore: before.columnId, afterBefore: before.afterId };
    });
  }
}

function check(changes: readonly TicketChangeInput[]): void {
  const refuse = (reason: string, params: Record<string, number> = {}): never => {
    throw new DomainError('BAD_INPUT', { field: 'changes', reason, ...params });
  };
  if (changes.length === 0) refuse('EMPTY');
  if (changes.length > TICKETS_AT_ONCE) refuse('TOO_MANY', { max: TICKETS_AT_ONCE });
  if (new Set(changes.map(({ id }) => id)).size < changes.length) refuse('TWICE');
  for (const { version, values, place, deleted } of changes) {
    if (deleted != null && (values || place)) refuse('DELETED_AND_CHANGED');
    if ((values || deleted === true) && version == null) refuse('VERSION_MISSING');
  }
}

/** What the actor may do, from the version they have seen. */
function begin(actor: Actor, change: TicketChangeInput, found: LockedTicket | null, columns: ReadonlyMap<string, HeldColumn>): Changing {
  const locked = demandProject(actor, change.deleted == null ? 'ticket.write' : 'ticket.delete', found);
  if (locked.deleted && change.deleted !== false) throw new DomainError('NOT_FOUND');
  const ticket = ticketOf(withoutScope(locked));
  const target = change.place?.columnId == null ? null : columns.get(change.place.columnId);
  if (target === undefined || (target && target.projectId !== ticket.projectId)) throw new DomainError('NOT_FOUND', { ticket: ticket.key });
  if (target?.archived) throw new DomainError('BOARD_ARCHIVED', { ticket: ticket.key });
  const values = change.values ? valuesIn(change.values) : {};
  return naming(ticket, () => {
    if (change.version != null && !(locked.deleted && change.deleted === false)) sameVersion(locked, change.version);
    checkDays(locked, values);
    return {
      change,
      locked,
      ticket,
      values,
      changes: changesBetween<Partial<TicketValues>>(locked, values),
      before: { columnId: ticket.columnId, afterId: null },
    };
  });
}

/** A refusal says which ticket it is about. */
function naming<T>({ key }: TicketType, work: () => T): T {
  const named = (error: unknown): never => {
    throw error instanceof DomainError ? new DomainError(error.code, { ...error.params, ticket: key }) : error;
  };
  try {
    const done = work();
    return done instanceof Promise ? (done.catch(named) as T) : done;
  } catch (error) {
    return named(error);
  }
}

/** People and labels that are new to a ticket, each looked up once however many tickets get them. */
async function checkAll(tx: Tx, changing: readonly Changing[]): Promise<void> {
  const projects = Map.groupBy(changing, ({ ticket }) => ticket.projectId);
  for (const ofProject of projects.values()) {
    const project = ofProject[0]!.locked;
    await checkAssignees(
      tx,
      project,
      ofProject.flatMap(({ changes, values }) => (changes['assigneeId'] ? (values.assigneeId ?? []) : [])),
    );
    for (const { ticket, values } of ofProject) naming(ticket, () => checkLabelCount(values.labelIds));
    const added = ofProject.flatMap(({ changes, values, locked }) =>
      changes['labelIds'] ? (values.labelIds ?? []).filter((id) => !locked.labelIds.includes(id)) : [],
    );
    await holdLabels(tx, project, added);
  }
}

/** Puts the card where it is wanted: between two others, or into no column. */
async function put(tx: Tx, one: Changing, columns: ReadonlyMap<string, HeldColumn>): Promise<ActivityEntry[]> {
  const { columnId = null, afterId = null } = one.change.place!;
  const { ticket } = one;
  const told: ActivityEntry[] = [];
  one.before.afterId = await cardBefore(tx, ticket);
  if (columnId === null) {
    if (ticket.boardId === null) return [];
    one.ticket = { ...ticket, boardId: null, columnId: null, rank: null, sprintId: await sprintIn(tx, ticket, null) };
  } else {
    const column = columns.get(columnId)!;
    let gap = await gapBehind(tx, columnId, afterId, ticket.id);
    let { rank } = ticket;
    if (isFull(gap)) {
      told.push(await rerank(tx, column));
      gap = await gapBehind(tx, columnId, afterId, ticket.id);
      if (ticket.columnId === columnId)
        rank = (await row<{ rank: string }>(tx, 'SELECT rank FROM placement WHERE ticket_id = $1 AND column_id = $2', [ticket.id, columnId]))!.rank;
    }
    const move = decided(moveTicket({ ticket: { ...ticket, rank }, column, ...gap }));
    if (move.unchanged) return told;
    const sprintId = await sprintIn(tx, ticket, column);
    one.ticket = { ...ticket, boardId: column.boardId, columnId, rank: move.rank, sprintId, ...progressIn(column.category, ticket) };
    if (ticket.columnId !== columnId) column.count += 1;
  }
  const left = ticket.columnId !== columnId && ticket.columnId !== null ? columns.get(ticket.columnId) : undefined;
  if (left) left.count -= 1;
  await tx.query(...placing(ticket, one.ticket));
  return [...told, movedEntry(ticket, one.ticket)];
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
interface Lies {
  columnId: string;
  rank: string;
}

async function placesOf(tx: Tx, ids: readonly string[]): Promise<Map<string, Lies>> {
  if (ids.length === 0) return new Map();
  const found = await rows<Lies & { id: string }>(
    tx,
    'SELECT DISTINCT ON (ticket_id) ticket_id AS id, column_id AS "columnId", rank FROM placement WHERE ticket_id = ANY ($1::uuid[]) ORDER BY ticket_id, board_id',
    [ids],
  );
  return new Map(found.map(({ id, ...lies }) => [id, lies]));
}
