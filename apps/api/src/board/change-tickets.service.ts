import { Injectable } from '@nestjs/common';
import { changesBetween, type Actor, type ErrorCode, type ErrorParams, type Resolution, type TicketState } from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { Database, type Tx } from '../platform/sql/database.ts';
import { lockTickets, withoutScope } from '../ticket/locked-ticket.ts';
import { holdFamilies, judgeFamilies } from '../ticket/ticket-families.ts';
import { holdLabelsAmong, readersAmong } from '../ticket/ticket-input.ts';
import { ticketOf } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { writeValues } from '../ticket/ticket.writes.ts';
import { holdBacklogsOf } from './backlog-places.ts';
import { begin, check } from './change-checks.ts';
import { goalOf, place, placesOf, type Changing, type Held, type Tell } from './change-places.ts';
import { checkRanks, columnPlanned, planIn, rankAll } from './change-plans.ts';
import type { ChangedTicket, TicketChangeInput } from './change-tickets.types.ts';
import { ColumnGates } from './column-gates.ts';
import { columnsOn } from './many-places.ts';
import { holdColumns, holdCounts, type HeldColumn } from './placement.ts';
import { boardsOf, targetOf, targetsOn, type Boards } from './progress-places.ts';
import { Refusals } from './refusals.ts';
import { holdSprints } from './sprint-places.ts';

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

  /** Says how far a ticket is, and how it ended. */
  async setTicketState(actor: Actor, id: string, state: TicketState, resolution: Resolution | null): Promise<TicketType> {
    const [changed] = await this.changeTickets(actor, [{ id, progress: { state, resolution } }]);
    if (!changed?.ticket || changed.outcome === 'REFUSED') throw new DomainError(changed?.code as ErrorCode, changed?.params as ErrorParams);
    return changed.ticket;
  }

  /** Those that come into a column from elsewhere, by the column. */
  private async checkGates(tx: Tx, changing: readonly Changing[], held: Held): Promise<void> {
    const { columns, refusals } = held;
    const coming = changing.flatMap((one) => {
      const columnId = refusals.has(one.ticket.id) ? null : (goalOf(one) ?? columnPlanned(one, held));
      return columnId === null || columnId === one.ticket.columnId ? [] : { ...one, columnId };
    });
    for (const [columnId, comers] of Map.groupBy(coming, (one) => one.columnId))
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
    if (!changed) throw new DomainError('CONFLICT', { reason: 'MOVED' });
  }

  /** The same as a part of `tx`. Null: what was held turned out to be another column than one of them comes to, since it or its board changed meanwhile. */
  async changeIn(tx: Tx, actor: Actor, changes: readonly TicketChangeInput[]): Promise<ChangedTicket[] | null> {
    const ids = changes.map(({ id }) => id);
    const lay = await placesOf(
      tx,
      changes.flatMap(({ id, deleted }) => (deleted === false ? id : [])),
    );
    const sprints = await holdSprints(
      tx,
      changes.flatMap(({ sprint }) => sprint?.sprintId ?? []),
    );
    const boards = await boardsOf(tx, changes);
    const joined = await columnsOn(
      tx,
      [...sprints.values()].flatMap(({ state, boardId }) => (state === 'RUNNING' && boardId !== null ? boardId : [])),
    );
    const columns = await holdColumns(tx, [
      ...changes.flatMap(({ place }) => place?.columnId ?? []),
      ...[...lay.values()].map(({ columnId }) => columnId),
      ...targetsOn(boards, changes),
      ...joined,
    ]);
    await holdBacklogsOf(
      tx,
      changes.flatMap(({ id, backlog, deleted }) => (backlog || deleted === false ? id : [])),
    );
    await holdFamilies(
      tx,
      changes.map(({ id, values }) => ({ id, values: values ?? {} })),
    );
    const locked = await lockTickets(tx, ids);
    const refusals = new Refusals(locked, changes);
    const changing: Changing[] = [];
    for (const change of changes) await refusals.of(change.id, () => void changing.push(begin(actor, change, locked.get(change.id) ?? null, columns, sprints)));
    refusals.throwIfNoneMay(changes.length);
    const lies = await placesOf(tx, [...lay.keys()]);
    for (const { columnId } of lies.values()) if (!columns.has(columnId)) return null;
    if (!(await aim(changing, boards, columns, refusals))) return null;
    await checkRanks(tx, changing, refusals);
    await holdCounts(tx, [...columns.keys(), ...changing.flatMap(({ ticket }) => ticket.columnId ?? [])]);
    await checkReferences(tx, changing, refusals);
    const entries = new Map<string, ActivityEntry[]>();
    const tell: Tell = ({ projectId }, ...told) => void entries.set(projectId, [...(entries.get(projectId) ?? []), ...told]);
    const held: Held = { columns, sprints, refusals, tell, joined, came: new Map() };
    await this.checkGates(tx, changing, held);

    await checkKin(tx, changing, refusals, (projectId, parted) => void entries.set(projectId, parted));
    const changed = new Set<string>();
    for (const one of changing) {
      const { ticket } = one;
      await refusals.of(ticket.id, async () => {
        const told: ActivityEntry[] = [];
        if (Object.keys(one.changes).length > 0)
          told.push({ entity: 'TICKET', entityId: ticket.id, ticketId: ticket.id, action: 'UPDATED', changes: one.changes });
        told.push(...(await place(tx, one, held, lies.get(ticket.id) ?? null)));
        if (told.length > 0) changed.add(ticket.id);
        tell(ticket, ...told);
      });
    }
    await writeValues(
      tx,
      changing.filter((one) => !refusals.has(one.ticket.id) && Object.keys(one.changes).length > 0).map(({ ticket, values }) => ({ id: ticket.id, values })),
    );
    for (const entry of await planIn(tx, changing, held)) {
      changed.add(entry.entityId);
      tell(locked.get(entry.entityId)!, entry);
    }
    const ranked = await rankAll(tx, changing, refusals);
    for (const [id, entry] of ranked) {
      changed.add(id);
      tell(locked.get(id)!, entry);
    }
    // logs are taken in one order by all who take several
    for (const [scope, told] of [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1)))
      if (told.length > 0) await this.activity.append(tx, scope, actor.userId, told);

    const now = await lockTickets(tx, ids);
    const before = new Map(changing.map((one) => [one.ticket.id, one]));
    return ids.map((id): ChangedTicket => {
      const refusal = refusals.get(id);
      const was = before.get(id);
      const found = refusal?.code === 'NOT_FOUND' && !was ? undefined : now.get(id);
      if (!refusal && !found) throw new Error(`ticket ${id} vanished under its lock`);
      const ticket = found ? ticketOf(withoutScope(found)) : null;
      return {
        id,
        outcome: refusal ? 'REFUSED' : changed.has(id) ? 'CHANGED' : 'UNCHANGED',
        code: refusal?.code ?? null,
        params: refusal ? refusal.params : null,
        ticket,
        changes: refusal ? {} : was!.changes,
        became: refusal ? {} : { ...changesBetween(standing(was!.before.ticket), standing(ticket!)), ...ranked.get(id)?.changes },
        columnBefore: was?.before.columnId ?? null,
        afterBefore: was?.before.afterId ?? null,
      };
    });
  }
}

const standing = ({ state, resolution, sprintId }: TicketType): Partial<TicketType> => ({ state, resolution, sprintId });

/** Finds the column that each comes to which is given a state. False: one comes to a column that is not held. */
async function aim(changing: readonly Changing[], boards: Boards, columns: ReadonlyMap<string, HeldColumn>, refusals: Refusals): Promise<boolean> {
  let isHeld = true;
  for (const one of changing) {
    const { progress, place: to } = one.change;
    if (!progress || to) continue;
    await refusals.of(one.ticket.id, () => {
      const target = targetOf(one.ticket, progress.state, boards, columns);
      if (target === 'OTHER') isHeld = false;
      else if (target?.archived) throw new DomainError('BOARD_ARCHIVED');
      else one.target = target;
    });
  }
  return isHeld;
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
