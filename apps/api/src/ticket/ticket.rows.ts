import { SET_FIELDS, type Resolution, type SetField, type TicketState, type TicketValues } from '@trainyard/domain';
import { personOf } from '../access/person.types.ts';
import { rows, type Tx } from '../platform/sql/database.ts';
import type { TicketDetails, TicketType } from './ticket.types.ts';

/** The column of each value that people set. The description lies in a table of its own: what moves a ticket, or reads many, does not carry it. */
export const VALUE_COLUMNS = {
  title: 'title',
  type: 'type',
  priority: 'priority',
  parentId: 'parent_id',
  stage: 'stage',
  points: 'points',
  deviceHours: 'device_hours',
  startDate: 'start_date',
  dueDate: 'due_date',
  assigneeId: 'assignee_id',
  labelIds: 'label_ids',
  description: 'description',
} as const satisfies Record<keyof TicketValues, string>;
/** Those of `ticket`. */
export const OWN_VALUES = Object.entries(VALUE_COLUMNS).filter(([as]) => as !== 'description');

/** Where a ticket lies: nulls for one of the backlog alone. The same for all cards of a column. */
export interface CardPlace {
  projectKey: string;
  projectId: string;
  boardId: string | null;
  columnId: string | null;
}
/** What is a card's own, as SQL gives it: people by id and name, so that a window of cards is one statement. */
export interface OwnRow extends Omit<TicketValues, 'description'> {
  id: string;
  number: number;
  rank: string | null;
  state: TicketState;
  resolution: Resolution | null;
  assigneeName: string | null;
  commentCount: number;
  attachmentCount: number;
  version: number;
  latestRunId: string | null;
  hasBlockers: boolean;
  sprintId: string | null;
  enteredAt: Date | string;
}
export type CardRow = CardPlace & OwnRow;
/** What only the ticket's own page shows. */
export interface DetailRow extends Pick<TicketValues, 'description'> {
  createdById: string | null;
  createdByName: string | null;
  createdAt: Date | string;
  updatedAt: Date | string;
}
export type TicketRow = CardRow & DetailRow;

/** Days are texts in the program, and hours numbers. */
const READ_AS: Partial<Record<SetField['kind'], string>> = { DAY: '::text', HOURS: '::float8' };
const CARD_VALUES = OWN_VALUES.map(([as, column]) => `t.${column}${READ_AS[SET_FIELDS.find((field) => field.as === as)!.kind] ?? ''} AS "${as}"`);
/** What is a card's own, over `ticket t`, its `place` and its assignee. */
export const OWN_COLUMNS = /* sql */ `
  t.id, t.number, place.rank, t.state, t.resolution, ${CARD_VALUES.join(', ')}, assignee.name AS "assigneeName", t.comment_count AS "commentCount",
  t.attachment_count AS "attachmentCount", t.version, t.latest_run_id AS "latestRunId", t.has_blockers AS "hasBlockers", t.sprint_id AS "sprintId", t.entered_at AS "enteredAt"`;
/** The columns of a card over CARD_SOURCES. */
export const CARD_COLUMNS = /* sql */ `p.key AS "projectKey", t.project_id AS "projectId", place.board_id AS "boardId", place.column_id AS "columnId", ${OWN_COLUMNS}`;
/** The further columns of a ticket over DETAIL_SOURCES. */
export const DETAIL_COLUMNS = /* sql */ `COALESCE(words.description, '') AS description, t.created_by AS "createdById", creator.name AS "createdByName", t.created_at AS "createdAt", t.updated_at AS "updatedAt"`;
export const TICKET_COLUMNS = `${CARD_COLUMNS}, ${DETAIL_COLUMNS}`;

/** What the columns of a card need beside `ticket t` and where it lies. */
const PLACED_SOURCES = /* sql */ `JOIN project p ON p.id = t.project_id LEFT JOIN app_user assignee ON assignee.id = t.assignee_id`;
/** Where a ticket lies that is not read by a board. */
const PLACE = /* sql */ `LEFT JOIN LATERAL (
  SELECT k.board_id, k.column_id, k.rank FROM placement k WHERE k.ticket_id = t.id AND NOT k.hidden ORDER BY k.board_id LIMIT 1
) place ON true`;
/** What the columns of a card need beside `ticket t`. */
export const CARD_SOURCES = `${PLACE} ${PLACED_SOURCES}`;
export const DETAIL_SOURCES = /* sql */ `LEFT JOIN app_user creator ON creator.id = t.created_by LEFT JOIN ticket_text words ON words.ticket_id = t.id`;
export const TICKET_SOURCES = `${CARD_SOURCES} ${DETAIL_SOURCES}`;
/** The same where one knows the `place`: after a write, which a join does not see yet. */
export const PLACED_TICKET_SOURCES = `${PLACED_SOURCES} ${DETAIL_SOURCES}`;

/** Written out: for the hundred cards of a board, copying what is left over of a row costs more than all else here. */
export function cardOf(row: OwnRow, place: CardPlace): TicketType {
  return {
    id: row.id,
    key: `${place.projectKey}-${row.number}`,
    number: row.number,
    projectId: place.projectId,
    boardId: place.boardId,
    columnId: place.columnId,
    rank: row.rank,
    state: row.state,
    resolution: row.resolution,
    type: row.type,
    priority: row.priority,
    parentId: row.parentId,
    stage: row.stage,
    title: row.title,
    points: row.points,
    deviceHours: row.deviceHours,
    startDate: row.startDate,
    dueDate: row.dueDate,
    assignee: personOf(row.assigneeId, row.assigneeName),
    labelIds: row.labelIds,
    commentCount: row.commentCount,
    attachmentCount: row.attachmentCount,
    version: row.version,
    latestRunId: row.latestRunId,
    hasBlockers: row.hasBlockers,
    sprintId: row.sprintId,
    enteredAt: new Date(row.enteredAt),
  };
}

export function detailsOf({ description, createdById, createdByName, createdAt, updatedAt }: DetailRow): TicketDetails {
  return {
    description,
    createdBy: personOf(createdById, createdByName),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}

export function ticketOf(row: TicketRow): TicketType {
  return Object.assign(cardOf(row, row), detailsOf(row));
}

/** Tickets that are not deleted, with their descriptions, in no particular order. Rights are the caller's. */
export async function ticketsByIds(tx: Tx, ids: readonly string[]): Promise<TicketType[]> {
  if (ids.length === 0) return [];
  return (
    await rows<TicketRow>(tx, `SELECT ${TICKET_COLUMNS} FROM ticket t ${TICKET_SOURCES} WHERE t.id = ANY ($1::uuid[]) AND t.deleted_at IS NULL`, [ids])
  ).map(ticketOf);
}
