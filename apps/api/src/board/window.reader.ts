import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { loader } from '../platform/sql/loader.ts';
import { cardOf, OWN_COLUMNS, type CardPlace, type OwnRow } from '../ticket/ticket.rows.ts';
import type { TicketWindow } from './card.types.ts';

export interface WindowKey {
  columnId: string;
  offset: number;
  limit: number;
}
export interface WindowRow extends CardPlace {
  place: number;
  total: number;
  all: number;
  seq: number;
  cards: OwnRow[];
}

const WINDOW_MAX = 100;
const OFFSET_MAX = 10_000_000;

/** Throws BAD_INPUT where a window is none. */
export function checkWindow({ offset, limit }: WindowKey): void {
  if (limit < 1 || limit > WINDOW_MAX) throw new DomainError('BAD_INPUT', { field: 'limit', min: 1, max: WINDOW_MAX });
  if (offset < 0 || offset > OFFSET_MAX) throw new DomainError('BAD_INPUT', { field: 'offset', min: 0, max: OFFSET_MAX });
}

/** What is told of each window `w` besides its cards, over WINDOW_SOURCES. */
export const WINDOW_COLUMNS = /* sql */ `w.place::int, c.ticket_count AS "all", s.seq::int, p.key AS "projectKey", p.id AS "projectId", b.id AS "boardId", c.id AS "columnId",
  COALESCE(shown.cards, '[]') AS cards`;
export const WINDOW_SOURCES = /* sql */ `JOIN board_column c ON c.id = w.column_id JOIN board b ON b.id = c.board_id JOIN project p ON p.id = b.project_id
  JOIN activity_scope s ON s.id = p.id`;

/**
 * The cards at these places, as one JSON value: parsing that costs half of reading as many rows. OFFSET 0 makes it look up ticket by
 * ticket: not knowing the size of a window the planner expects a tenth of the column, and of a long one it would rather read every ticket there is.
 */
export const WINDOW_CARDS = (places: string): string => /* sql */ `
  SELECT json_agg(card) AS cards FROM (
    SELECT ${OWN_COLUMNS}
    FROM (${places}) place
    CROSS JOIN LATERAL (SELECT * FROM ticket WHERE ticket.id = place.ticket_id OFFSET 0) t
    LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
    ORDER BY place.rank, t.id
  ) card`;

/**
 * Ids come from the index alone, so a deep window costs little more than the first; cards, counts and log position are of
 * one snapshot. The arrays stand in sub-selects, where the planner cannot count them: it then keeps one plan for all.
 */
const WINDOWS = /* sql */ `
  SELECT ${WINDOW_COLUMNS}, c.ticket_count AS total
  FROM unnest((SELECT $1::uuid[]), (SELECT $2::int[]), (SELECT $3::int[])) WITH ORDINALITY AS w (column_id, skip, size, place) ${WINDOW_SOURCES}
  CROSS JOIN LATERAL (${WINDOW_CARDS(
    'SELECT k.ticket_id, k.rank FROM placement k WHERE k.column_id = w.column_id AND NOT k.hidden ORDER BY k.rank, k.ticket_id OFFSET w.skip LIMIT w.size',
  )}) shown`;

/** The windows in the order they were asked for; null where there is no such column. */
export function windowsOf(keys: readonly WindowKey[], found: readonly WindowRow[]): (TicketWindow | null)[] {
  const windows = new Map(found.map(({ place, total, all, seq, cards, ...at }) => [place, { total, all, seq, nodes: cards.map((card) => cardOf(card, at)) }]));
  return keys.map(({ offset }, i) => {
    const window = windows.get(i + 1);
    return window ? { offset, ...window } : null;
  });
}

/** The windows of cards that a board consists of. */
@Injectable()
export class WindowReader {
  private readonly windows = loader<WindowKey, TicketWindow>((keys) => this.readWindows(keys));

  constructor(private readonly database: Database) {}

  /** A window of a column the actor was given; all windows of a request are one statement. */
  async window(context: RequestContext, key: WindowKey): Promise<TicketWindow> {
    const found = await this.windows(context).load(key);
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  private async readWindows(keys: readonly WindowKey[]): Promise<(TicketWindow | null)[]> {
    const found = await rows<WindowRow>(this.database.direct, WINDOWS, [
      keys.map((key) => key.columnId),
      keys.map((key) => key.offset),
      keys.map((key) => key.limit),
    ]);
    return windowsOf(keys, found);
  }
}
