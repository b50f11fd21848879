import type { Changes } from '../activity/activity.ts';
import { LINK_FIELDS } from '../ticket/links.ts';
import { SET_FIELDS } from '../ticket/fields.ts';
import type { Resolution, TicketState } from '../ticket/state.ts';
import type { Changeable } from './effect.ts';
import type { Happened } from './trigger.ts';

/** What a ticket was at a moment. `undefined`: the log does not tell. */
export interface TicketThen extends Changeable {
  id: string;
  number: number;
  state: TicketState;
  resolution: Resolution | null;
  sprintId: string | null;
  deleted: boolean;
  authorId: string | null;
  createdAt: number;
  updatedAt: number | undefined;
  enteredAt: number | undefined;
  endedAt: number | null | undefined;
  comments: number;
  files: number;
  /** Of its newest run; null: it has none. */
  run: string | null | undefined;
  blocked: boolean | undefined;
  /** A label that was deleted since left its tickets without a row of theirs: what labels they had is not known. */
  labelsUnknown?: true;
}

/** An entry that concerns a ticket. */
export interface TicketEntry extends Happened {
  entityId: string;
  at: number;
}

/** What the log says by their names in it. */
const TOLD: ReadonlySet<string> = new Set([
  ...SET_FIELDS.map(({ as }) => as as string).filter((as) => as !== 'description'),
  'state',
  'resolution',
  'columnId',
  'sprintId',
]);
/** What it says of them before or after an entry; its values have no types. */
const toldOf = (changes: Changes, side: 'from' | 'to'): Partial<TicketThen> =>
  Object.fromEntries(Object.entries(changes).flatMap(([field, change]) => (TOLD.has(field) ? [[field, change[side]]] : []))) as Partial<TicketThen>;
const LINKS: readonly string[] = Object.values(LINK_FIELDS);

/** What a ticket was before an entry, from what it was after it; null: it was not there. */
export function beforeEntry(ticket: TicketThen, { entity, action, changes }: Happened): TicketThen | null {
  if (entity === 'COMMENT') return { ...ticket, comments: ticket.comments - counted(action) };
  if (entity === 'ATTACHMENT') return { ...ticket, files: ticket.files - counted(action) };
  if (entity === 'RUN') return { ...ticket, run: undefined };
  if (entity !== 'TICKET') return ticket;
  const comesBack = changes['restored'] !== undefined;
  if (action === 'CREATED' && !comesBack) return null;
  const before: TicketThen = { ...ticket, ...toldOf(changes, 'from'), updatedAt: undefined };
  // The log says null for what a deleted ticket keeps.
  if (comesBack) return { ...before, state: ticket.state, resolution: ticket.resolution, deleted: true, enteredAt: undefined, endedAt: undefined };
  if (action === 'DELETED') return { ...before, deleted: false, enteredAt: undefined, endedAt: undefined };
  if (changes['columnId'] && changes['columnId'].from !== changes['columnId'].to) before.enteredAt = undefined;
  if (changes['state']) before.endedAt = before.state === 'DONE' ? undefined : null;
  if (LINKS.some((field) => changes[field])) before.blocked = undefined;
  return before;
}

/** What a ticket is after an entry, from what it was before it. */
export function afterEntry(ticket: TicketThen | null, made: TicketThen, { entity, action, changes, at }: TicketEntry): TicketThen {
  if (!ticket) return { ...made, deleted: false, updatedAt: at, enteredAt: at, endedAt: made.state === 'DONE' ? at : null };
  if (entity === 'COMMENT') return { ...ticket, comments: ticket.comments + counted(action) };
  if (entity === 'ATTACHMENT') return { ...ticket, files: ticket.files + counted(action) };
  if (entity === 'RUN') return changes['state'] ? { ...ticket, run: String(changes['state'].to) } : ticket;
  if (entity !== 'TICKET') return ticket;
  const after: TicketThen = { ...ticket, ...toldOf(changes, 'to'), updatedAt: at };
  if (action === 'DELETED') return { ...after, state: ticket.state, resolution: ticket.resolution, deleted: true };
  if (changes['restored']) return { ...after, deleted: false, enteredAt: at };
  if (changes['columnId'] && changes['columnId'].from !== changes['columnId'].to) after.enteredAt = at;
  if (changes['state']) after.endedAt = after.state === 'DONE' ? at : null;
  if (LINKS.some((field) => changes[field])) after.blocked = undefined;
  return after;
}

const counted = (action: Happened['action']): number => (action === 'CREATED' ? 1 : action === 'DELETED' ? -1 : 0);
