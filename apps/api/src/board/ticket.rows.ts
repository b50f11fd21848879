import type { LifecycleStage, TicketType as TicketKind } from '@trainyard/domain';
import type { EntityManager } from 'typeorm';
import { rows } from '../platform/database.ts';
import type { TicketDetails, TicketType } from './ticket.types.ts';

/** A card as SQL gives it: people by id and name, so that a window of cards is one statement. */
export interface CardRow {
  id: string;
  projectKey: string;
  number: number;
  projectId: string;
  boardId: string;
  columnId: string;
  rank: string;
  type: TicketKind;
  stage: LifecycleStage | null;
  title: string;
  points: number | null;
  assigneeId: string | null;
  assigneeName: string | null;
  labelIds: string[];
  commentCount: number;
  updatedAt: Date | string;
  version: number;
  latestRunId: string | null;
}
/** What only the ticket's own page shows. */
export interface DetailRow {
  description: string;
  createdById: string | null;
  createdByName: string | null;
  createdAt: Date | string;
}
export type TicketRow = CardRow & DetailRow;

/** The columns of a card over CARD_SOURCES. */
export const CARD_COLUMNS = /* sql */ `
  t.id, p.key AS "projectKey", t.number, t.project_id AS "projectId", t.board_id AS "boardId", t.column_id AS "columnId", t.rank, t.type, t.stage,
  t.title, t.points, t.assignee_id AS "assigneeId", assignee.name AS "assigneeName", t.label_ids AS "labelIds", t.comment_count AS "commentCount",
  t.updated_at AS "updatedAt", t.version, t.latest_run_id AS "latestRunId"`;
/** The further columns of a ticket over DETAIL_SOURCES. */
export const DETAIL_COLUMNS = /* sql */ `t.description, t.created_by AS "createdById", creator.name AS "createdByName", t.created_at AS "createdAt"`;
export const TICKET_COLUMNS = `${CARD_COLUMNS}, ${DETAIL_COLUMNS}`;

/** What the columns need beside `ticket t`. */
export const CARD_SOURCES = /* sql */ `JOIN project p ON p.id = t.project_id LEFT JOIN app_user assignee ON assignee.id = t.assignee_id`;
export const DETAIL_SOURCES = /* sql */ `LEFT JOIN app_user creator ON creator.id = t.created_by`;
export const TICKET_SOURCES = `${CARD_SOURCES} ${DETAIL_SOURCES}`;

/** Written out: for the hundred cards of a board, copying what is left over of a row costs more than all else here. */
export function cardOf(row: CardRow): TicketType {
  return {
    id: row.id,
    key: `${row.projectKey}-${row.number}`,
    number: row.number,
    projectId: row.projectId,
    boardId: row.boardId,
    columnId: row.columnId,
    rank: row.rank,
    type: row.type,
    stage: row.stage,
    title: row.title,
    points: row.points,
    assignee: row.assigneeId === null ? null : { id: row.assigneeId, name: row.assigneeName ?? '' },
    labelIds: row.labelIds,
    commentCount: row.commentCount,
    updatedAt: new Date(row.updatedAt),
    version: row.version,
    latestRunId: row.latestRunId,
  };
}

export function detailsOf({ description, createdById, createdByName, createdAt }: DetailRow): TicketDetails {
  return { description, createdBy: createdById === null ? null : { id: createdById, name: createdByName ?? '' }, createdAt: new Date(createdAt) };
}

export function ticketOf(row: TicketRow): TicketType {
  return Object.assign(cardOf(row), detailsOf(row));
}

/** Tickets that are not deleted, with their descriptions, in no particular order. Rights are the caller's. */
export async function ticketsByIds(tx: EntityManager, ids: readonly string[]): Promise<TicketType[]> {
  if (ids.length === 0) return [];
  return (await rows<TicketRow>(tx, `SELECT ${TICKET_COLUMNS} FROM ticket t ${TICKET_SOURCES} WHERE t.id = ANY ($1::uuid[]) AND t.deleted_at IS NULL`, [ids])).map(ticketOf);
}
