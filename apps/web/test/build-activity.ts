import type { LoggedActivity } from '../src/features/activity/news.ts';

/** A row of the log of a project that tells of a ticket. */
export const buildActivity = (seq: number, ticketId: string, action: LoggedActivity['action'], changes: unknown): LoggedActivity => ({
  __typename: 'Activity',
  seq,
  entity: 'TICKET',
  entityId: ticketId,
  ticketId,
  action,
  changes,
  actor: null,
});
