// What a change of many tickets is refused for, as a whole and for each of them.

import { changesBetween, progressOf, TICKETS_AT_ONCE, type Actor, type TicketValues } from '@trainyard/domain';
import { demandProject } from '../platform/authorize.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { withoutScope, type LockedTicket } from '../ticket/locked-ticket.ts';
import { checkDays, checkLabelCount, valuesIn } from '../ticket/ticket-input.ts';
import { ticketOf } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { checkBacklogPlace } from './backlog-places.ts';
import type { Changing } from './change-places.ts';
import type { TicketChangeInput, TicketProgressInput, TicketSprintInput } from './change-tickets.types.ts';
import type { HeldColumn } from './placement.ts';
import type { HeldSprint } from './sprint-places.ts';

/** What is wrong with a request before anything is known of its tickets. */
export function check(changes: readonly TicketChangeInput[]): void {
  const refuse = (reason: string, params: Record<string, number> = {}): never => {
    throw new DomainError('BAD_INPUT', { field: 'changes', reason, ...params });
  };
  if (changes.length === 0) refuse('EMPTY');
  if (changes.length > TICKETS_AT_ONCE) refuse('TOO_MANY_AT_ONCE', { max: TICKETS_AT_ONCE });
  if (new Set(changes.map(({ id }) => id)).size < changes.length) refuse('TWICE');
  for (const { version, values, place: to, progress, sprint, backlog, deleted } of changes) {
    if (deleted != null && (values || to || progress || sprint || backlog)) refuse('DELETED_AND_CHANGED');
    // what a place is refused for would have to be taken back from its family
    if ((to || progress) && (values?.parentId !== undefined || values?.type != null)) refuse('PLACED_AND_PARENTED');
    // a state and a sprint each have a place of their own for it
    if (progress && sprint && !to) refuse('STATE_AND_SPRINT');
    if ((values || deleted === true) && version == null) refuse('VERSION_MISSING');
  }
}

/** What the actor may do, from the version they have seen. */
export function begin(
  actor: Actor,
  change: TicketChangeInput,
  found: LockedTicket | null,
  columns: ReadonlyMap<string, HeldColumn>,
  sprints: ReadonlyMap<string, HeldSprint>,
): Changing {
  const locked = demandProject(actor, change.deleted == null ? 'ticket.write' : 'ticket.delete', found);
  if (locked.deleted && change.deleted !== false) throw new DomainError('NOT_FOUND');
  const ticket = ticketOf(withoutScope(locked));
  const target = change.place?.columnId == null ? null : columns.get(change.place.columnId);
  if (target === undefined || (target && target.projectId !== ticket.projectId)) throw new DomainError('NOT_FOUND');
  if (target?.archived) throw new DomainError('BOARD_ARCHIVED');
  const seen = change.place?.seenColumnId;
  if (seen !== undefined && seen !== ticket.columnId) throw new DomainError('CONFLICT', { reason: 'MOVED' });
  const { progress, sprint, backlog } = change;
  if (progress) checkProgress(ticket, progress);
  if (sprint) checkSprint(ticket, sprint, columns, sprints);
  if (backlog) checkBacklogPlace(backlog);
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
    target: null,
    before: { ticket, columnId: ticket.columnId, afterId: null },
  };
}

function checkProgress(ticket: TicketType, { state, resolution, seenState, seenResolution }: TicketProgressInput): void {
  decided(progressOf(state, resolution ?? null));
  if (seenState != null && (seenState !== ticket.state || (seenResolution ?? null) !== ticket.resolution))
    throw new DomainError('CONFLICT', { reason: 'STATE' });
}

function checkSprint(
  ticket: TicketType,
  { sprintId, seenSprintId }: TicketSprintInput,
  columns: ReadonlyMap<string, HeldColumn>,
  sprints: ReadonlyMap<string, HeldSprint>,
): void {
  if (seenSprintId !== undefined && seenSprintId !== ticket.sprintId) throw new DomainError('CONFLICT', { reason: 'PLANNED' });
  if (sprintId == null) return;
  const sprint = sprints.get(sprintId);
  if (sprint?.projectId !== ticket.projectId) throw new DomainError('NOT_FOUND');
  if (sprint.state === 'CLOSED') throw new DomainError('SPRINT_CLOSED', { sprint: sprint.name });
  if (sprint.state !== 'RUNNING') return;
  const column = [...columns.values()].find(({ boardId }) => boardId === sprint.boardId);
  if (!column) throw new DomainError('SPRINT_WITHOUT_BOARD');
  if (column.archived) throw new DomainError('BOARD_ARCHIVED');
}
