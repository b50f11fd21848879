import type { LifecycleStage, TicketType as TicketKind } from '@trainyard/domain';
import type { EntityManager } from 'typeorm';
import { rows } from '../platform/database.ts';
import type { TicketType } from './ticket.types.ts';

/** A card as SQL gives it: people by id and name, so that a window of cards is one statement. */
export interface TicketRow {
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
  description?: string;
  points: number | null;
  assigneeId: string | null;
  assigneeName: string | null;
  labelIds: string[];
  commentCount: number;
  createdById: string | null;
  createdByName: string | null;
  createdAt: Date | string;
  updatedAt: Date | string;
  version: number;
  latestRunId: string | null;
}

/** The columns of a card over TICKET_PEOPLE; without the description, which may be long. */
export const CARD_COLUMNS = /* sql */ `
  t.id, p.key AS "projectKey", t.number, t.project_id AS "projectId", t.board_id AS "boardId", t.column_id AS "columnId", t.rank, t.type, t.stage,
  t.title, t.points, t.assignee_id AS "assigneeId", assignee.name AS "assigneeName", t.label_ids AS "labelIds", t.comment_count AS "commentCount",
  t.created_by AS "createdById", creator.name AS "createdByName", t.created_at AS "createdAt", t.updated_at AS "updatedAt", t.version,
  t.latest_run_id AS "latestRunId"`;
export const TICKET_COLUMNS = `${CARD_COLUMNS}, t.description`;

/** What the columns need beside `ticket t`. */
export const TICKET_PEOPLE = /* sql */ `
  JOIN project p ON p.id = t.project_id
  LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
  LEFT JOIN app_user creator ON creator.id = t.created_by`;

export function ticketOf(found: TicketRow): TicketType {
  const { projectKey, assigneeId, assigneeName, createdById, createdByName, ...ticket } = found;
  return Object.assign(ticket, {
    key: `${projectKey}-${found.number}`,
    assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName ?? '' },
    createdBy: createdById === null ? null : { id: createdById, name: createdByName ?? '' },
    createdAt: new Date(found.createdAt),
    updatedAt: new Date(found.updatedAt),
  });
}

/** Tickets that are not deleted, with their descriptions, in no particular order. Rights are the caller's. */
export async function ticketsByIds(tx: EntityManager, ids: readonly string[]): Promise<TicketType[]> {
  if (ids.length === 0) return [];
  return (await rows<TicketRow>(tx, `SELECT ${TICKET_COLUMNS} FROM ticket t ${TICKET_PEOPLE} WHERE t.id = ANY ($1::uuid[]) AND t.deleted_at IS NULL`, [ids])).map(ticketOf);
}
