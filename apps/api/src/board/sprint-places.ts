// Where tickets come to lie that come to a sprint, or to none. Sprints are held first (several in the order of their ids), then columns, then tickets.

import type { TicketType } from '../ticket/ticket.types.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import { atTheEnd, columnFor, offBoard, type Change } from './many-places.ts';
import type { Coming } from './let-through.ts';
import type { HeldColumn } from './placement.ts';

export interface HeldSprint {
  id: string;
  projectId: string;
  boardId: string | null;
  state: string;
  name: string;
}

/** Sprints that nobody starts, ends or changes until the transaction ends, by their ids. */
export async function holdSprints(tx: Tx, ids: readonly string[]): Promise<Map<string, HeldSprint>> {
  if (ids.length === 0) return new Map();
  const found = await rows<HeldSprint>(
    tx,
    'SELECT s.id, s.project_id AS "projectId", s.board_id AS "boardId", s.state, s.name FROM sprint s WHERE s.id = ANY ($1::uuid[]) ORDER BY s.id FOR SHARE OF s',
    [[...new Set(ids)]],
  );
  return new Map(found.map((sprint) => [sprint.id, sprint]));
}

/** Of the sprints that tickets are in, those that run. */
export async function runningAmong(tx: Tx, tickets: readonly TicketType[]): Promise<Set<string>> {
  const ids = [...new Set(tickets.flatMap(({ sprintId }) => sprintId ?? []))];
  const found = await row<{ ids: string[] }>(tx, "SELECT COALESCE(array_agg(id), '{}') AS ids FROM sprint WHERE id = ANY ($1::uuid[]) AND state = 'RUNNING'", [
    ids,
  ]);
  return new Set(found?.ids);
}

/** Which of some tickets come onto the board of a sprint that runs, each to the column that means how far it is. @param columns those of that board */
export const comingOnto = (tickets: readonly TicketType[], sprint: { id: string; boardId: string | null }, columns: readonly HeldColumn[]): Coming[] =>
  columns.length === 0
    ? []
    : tickets
        .filter(({ sprintId, boardId }) => sprintId !== sprint.id && boardId !== sprint.boardId)
        .map((ticket) => ({ ticket, column: columnFor(ticket, columns)! }));

/**
 * In a sprint that runs they come onto its board, at the end of the column that means how far they are; what leaves one that runs leaves its board.
 * @param columns those of the sprint's board where it runs, else none
 */
export async function comeTo(
  tx: Tx,
  tickets: readonly TicketType[],
  sprint: { id: string; boardId: string | null } | null,
  columns: readonly HeldColumn[],
): Promise<Change[]> {
  const sprintId = sprint?.id ?? null;
  const moving = tickets.filter((ticket) => ticket.sprintId !== sprintId);
  const running = await runningAmong(tx, moving);
  const coming = sprint ? comingOnto(tickets, sprint, columns) : [];
  const come = new Set(coming.map(({ ticket }) => ticket.id));
  return [
    ...(await atTheEnd(
      tx,
      coming.map((one) => ({ ...one, sprintId })),
    )),
    ...moving.flatMap((ticket) => {
      if (come.has(ticket.id)) return [];
      const leaves = ticket.sprintId !== null && running.has(ticket.sprintId) && columns.length === 0;
      return leaves ? offBoard(ticket, sprintId) : { before: ticket, after: { ...ticket, sprintId } };
    }),
  ];
}
