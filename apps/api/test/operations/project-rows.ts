import type { Action, EntityKind } from '@trainyard/domain';
import type { Variables } from './ask.ts';
import type { ExpectedRow, Place } from './case.ts';

type Changes = Record<string, [from: unknown, to: unknown]>;

export const id = (asked: Variables): string => asked['id'] as string;

export const changes = (fields: Changes): object => Object.fromEntries(Object.entries(fields).map(([name, [from, to]]) => [name, { from, to }]));

/** What the log of a project says. */
export const inProject = (at: Place, entity: EntityKind, action: Action, entityId: unknown, fields: Changes, more: Partial<ExpectedRow> = {}): ExpectedRow => ({
  scope: at.project.id,
  entity,
  action,
  ...(typeof entityId === 'string' && { entityId }),
  changes: changes(fields),
  ...more,
});

/** What it says of a ticket. */
export const ofTicket = (at: Place, action: Action, ticketId: string, fields: Changes): ExpectedRow =>
  inProject(at, 'TICKET', action, ticketId, fields, { ticketId });

/** What tickets are called that are built for a case. */
export const TITLE = 'Ticket 1';

export const NEW = 'it makes something new';
export const PLACED = 'a move names its neighbour, and is refused when that is gone';
