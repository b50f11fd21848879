import { Injectable } from '@nestjs/common';
import { changesBetween, TICKETS_AT_ONCE, type Actor, type ErrorCode, type ErrorParams, type TicketValues } from '@trainyard/domain';
import { demandProject } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { Database, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockTickets, withoutScope, type LockedTicket } from '../ticket/locked-ticket.ts';
import { holdFamilies, judgeFamilies } from '../ticket/ticket-families.ts';
import { checkDays, checkLabelCount, holdLabelsAmong, readersAmong, valuesIn } from '../ticket/ticket-input.ts';
import { ticketOf } from '../ticket/ticket.rows.ts';
import { writeValues } from '../ticket/ticket.writes.ts';
import { place, placesOf, type Changing, type Tell } from './change-places.ts';
import { ColumnGates } from './column-gates.ts';
import type { ChangedTicket, TicketChangeInput } from './change-tickets.types.ts';
import { holdColumns, holdCounts, type HeldColumn } from './placement.ts';
import { Refusals } from './refusals.ts';

/** Changes many tickets at once, each for itself: what one of them is refused stays as it is, and the others change. */
@Injectable()
export class ChangeTicketsService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly gates: ColumnGates,
  ) {}

  /** In the order of `changes`: a card may be placed behind one that came before it. */
  async changeTickets(actor: Actor, changes: readonly TicketChangeInput[]): Promise<ChangedTicket[]> {
    check(changes);
    for (;;) {
      const changed = await this.database.transaction((tx) => this.changeIn(tx, actor, changes));
      if (changed) return changed;
    }
  }

  /** Those that come into a column from elsewhere, by the column. */
  private async checkGates(tx: Tx, changing: readonly Changing[], columns: ReadonlyMap<string, HeldColumn>, refusals: Refusals): Promise<void> {
    const coming = changing.filter(({ change: { place: to }, ticket }) => to?.columnId != null && to.columnId !== ticket.columnId && !refusals.has(ticket.id));
    for (const [columnId, comers] of Map.groupBy(coming, ({ change }) => change.place!.columnId!))
      for (const [id, refusal] of await this.gates.refusals(
        tx,
        columns.get(columnId)!,
        comers.map(({ ticket, values }) => ({ id: ticket.id, ticket, values })),
      ))
        refusals.refuse(id, refusal);
  }

  /** One ticket that is there, as a part of `tx`: what it is refused for is thrown. */
  async changeOneIn(tx: Tx, actor: Actor, change: TicketChangeInput): Promise<void> {
    const [changed] = (await this.changeIn(tx, actor, [change])) ?? [];
    if (changed?.outcome === 'REFUSED') throw new DomainError(changed.code as ErrorCode, changed.params as ErrorParams);
  }

  /** The same as a part of `tx`, for what brings no ticket back. Null: a deleted ticket lies in another column than the one that was held for it, since that was deleted meanwhile. */
  async changeIn(tx: Tx, actor: Actor, changes: readonly TicketChangeInput[]): Promise<ChangedTicket[] | null> {
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
    const refusals = new Refusals(locked, changes);
    const changing: Changing[] = [];
    for (const change of changes) await refusals.of(change.id, () => void changing.push(begin(actor, change, locked.get(change.id) ?? null, columns)));
    refusals.throwIfNoneMay(changes.length);
    const lies = await placesOf(tx, [...lay.keys()]);
    for (const { columnId } of lies.values()) if (!columns.has(columnId)) return null;
    await holdCounts(tx, [...columns.keys(), ...changing.flatMap(({ ticket }) => ticket.columnId ?? [])]);
    await checkReferences(tx, changing, refusals);
    await this.checkGates(tx, changing, columns, refusals);

    const entries = new Map<string, ActivityEntry[]>();
    const tell: Tell = ({ projectId }, ...told) => void entries.set(projectId, [...(entries.get(projectId) ?? []), ...told]);
    await checkKin(tx, changing, refusals, (projectId, parted) => void entries.set(projectId, parted));
    const changed = new Set<string>();
    for (const one of changing) {
      const { ticket } = one;
      await refusals.of(ticket.id, async () => {
        const told: ActivityEntry[] = [];
        if (Object.keys(one.changes).length > 0)
          told.push({ entity: 'TICKET', entityId: ticket.id, ticketId: ticket.id, action: 'UPDATED', changes: one.changes });
        told.push(...(await place(tx, one, columns, lies.get(ticket.id) ?? null, refusals, tell)));
        if (told.length > 0) changed.add(ticket.id);
        tell(ticket, ...told);
      });
    }
    await writeValues(
      tx,
      changing.filter((one) => !refusals.has(one.ticket.id) && Object.keys(one.changes).length > 0).map(({ ticket, values }) => ({ id: ticket.id, values })),
    );
    // logs are taken in one order by all who take several
    for (const [scope, told] of [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      if (told.length > 0) await this.activity.append(tx, scope, actor.userId, told);

    const now = await lockTickets(tx, ids);
    const before = new Map(changing.map((one) => [one.ticket.id, one]));
    return ids.map((id): ChangedTicket => {
      const refusal = refusals.get(id);
      const found = refusal?.code === 'NOT_FOUND' && !before.has(id) ? undefined : now.get(id);
      if (!refusal && !found) throw new Error(`ticket ${id} vanished under its lock`);
      return {
        id,
        outcome: refusal ? 'REFUSED' : changed.has(id) ? 'CHANGED' : 'UNCHANGED',
        code: refusal?.code ?? null,
        params: refusal ? refusal.params : null,
        ticket: found ? ticketOf(withoutScope(found)) : null,
        changes: refusal ? {} : before.get(id)!.changes,
        columnBefore: before.get(id)?.before.columnId ?? null,
        afterBefore: before.get(id)?.before.afterId ?? null,
      };
    });
  }
}

function check(changes: readonly TicketChangeInput[]): void {
  const refuse = (reason: string, params: Record<string, number> = {}): never => {
    throw new DomainError('BAD_INPUT', { field: 'changes', reason, ...params });
  };
  if (changes.length === 0) refuse('EMPTY');
  if (changes.length > TICKETS_AT_ONCE) refuse('TOO_MANY_AT_ONCE', { max: TICKETS_AT_ONCE });
  if (new Set(changes.map(({ id }) => id)).size < changes.length) refuse('TWICE');
  for (const { version, values, place: to, deleted } of changes) {
    if (deleted != null && (values || to)) refuse('DELETED_AND_CHANGED');
    // what a place is refused for would have to be taken back from its family
    if (to && (values?.parentId !== undefined || values?.type != null)) refuse('PLACED_AND_PARENTED');
    if ((values || deleted === true) && version == null) refuse('VERSION_MISSING');
  }
}

/** What the actor may do, from the version they have seen. */
function begin(actor: Actor, change: TicketChangeInput, found: LockedTicket | null, columns: ReadonlyMap<string, HeldColumn>): Changing {
  const locked = demandProject(actor, change.deleted == null ? 'ticket.write' : 'ticket.delete', found);
  if (locked.deleted && change.deleted !== false) throw new DomainError('NOT_FOUND');
  const ticket = ticketOf(withoutScope(locked));
  const target = change.place?.columnId == null ? null : columns.get(change.place.columnId);
  if (target === undefined || (target && target.projectId !== ticket.projectId)) throw new DomainError('NOT_FOUND');
  if (target?.archived) throw new DomainError('BOARD_ARCHIVED');
  const seen = change.place?.seenColumnId;
  if (seen !== undefined && seen !== ticket.columnId) throw new DomainError('CONFLICT', { reason: 'MOVED' });
  const values = change.values ? valuesIn(change.values) : {};
  if (change.version != null && !(locked.deleted && change.deleted === false)) sameVersion(locked, change.version);
  checkDays(locked, values);
  checkLabelCount(values.labelIds);
  return {
    change,
    locked,
    ticket,
    values,
    changes: changesBetween<Partial<TicketValues>>(locked, values),
    before: { columnId: ticket.columnId, afterId: null },
  };
}

/** People and labels that are new to a ticket, each looked up once however many tickets get them. */
async function checkReferences(tx: Tx, changing: readonly Changing[], refusals: Refusals): Promise<void> {
  for (const ofProject of Map.groupBy(changing, ({ ticket }) => ticket.projectId).values()) {
    const project = ofProject[0]!.locked;
    const assigned = (one: Changing): string[] => (one.changes['assigneeId'] ? [one.values.assigneeId ?? []].flat() : []);
    const added = ({ changes, values, locked }: Changing): string[] =>
      changes['labelIds'] ? (values.labelIds ?? []).filter((id) => !locked.labelIds.includes(id)) : [];
    const readers = await readersAmong(tx, project, ofProject.flatMap(assigned));
    const labels = await holdLabelsAmong(tx, project, ofProject.flatMap(added));
    for (const one of ofProject)
      await refusals.of(one.ticket.id, () => {
        if (assigned(one).some((id) => !readers.has(id))) throw new DomainError('BAD_INPUT', { field: 'assigneeId', reason: 'UNKNOWN' });
        if (added(one).some((id) => !labels.has(id))) throw new DomainError('BAD_INPUT', { field: 'labelIds', reason: 'UNKNOWN' });
      });
  }
}

/** Parents and kinds: what is refused of one may leave another without what it counted on. */
async function checkKin(
  tx: Tx,
  changing: readonly Changing[],
  refusals: Refusals,
  parted: (projectId: string, entries: ActivityEntry[]) => void,
): Promise<void> {
  for (const [projectId, ofProject] of Map.groupBy(changing, ({ ticket }) => ticket.projectId)) {
    for (;;) {
      const going = ofProject.filter(({ ticket }) => !refusals.has(ticket.id));
      const { refused, entries } = await judgeFamilies(
        tx,
        going.map(({ ticket, values, change: { deleted } }) => ({ before: ticket, key: ticket.key, values, deleted: deleted === true })),
      );
      for (const [id, error] of refused) refusals.refuse(id, error);
      if (refused.size > 0) continue;
      parted(projectId, entries);
      break;
    }
  }
}
