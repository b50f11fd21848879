import { Injectable } from '@nestjs/common';
import type { Actor } from '@trainyard/domain';
import type { RequestContext } from '../platform/actor.ts';
import { READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { inOrderOf, loader } from '../platform/sql/loader.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import {
  CARD_COLUMNS,
  CARD_SOURCES,
  cardOf,
  DETAIL_COLUMNS,
  DETAIL_SOURCES,
  detailsOf,
  OWN_COLUMNS,
  TICKET_COLUMNS,
  TICKET_SOURCES,
  ticketOf,
  type CardPlace,
  type CardRow,
  type DetailRow,
  type OwnRow,
  type TicketRow,
} from './ticket.rows.ts';
import type { TicketConnection, TicketDetails, TicketType, TicketWindow } from './ticket.types.ts';

export interface WindowKey {
  columnId: string;
  offset: number;
  limit: number;
}
interface WindowRow extends CardPlace {
  place: number;
  total: number;
  seq: number;
  cards: OwnRow[];
}

const WINDOW_MAX = 100;
const OFFSET_MAX = 10_000_000;
const TICKET_KEY = /^([A-Z][A-Z0-9]{1,9})-(\d{1,9})$/;

/** Tickets as they are read: one, a list, and the windows a board consists of. */
@Injectable()
export class TicketReadingService {
  private readonly windows = loader<WindowKey, TicketWindow>((keys) => this.readWindows(keys));
  private readonly ticketDetails = loader<string, TicketDetails>(async (ids) => {
    const found = await rows<DetailRow & { id: string }>(
      this.database.direct,
      `SELECT t.id, ${DETAIL_COLUMNS} FROM ticket t ${DETAIL_SOURCES} WHERE t.id = ANY ($1::uuid[])`,
      [ids],
    );
    return inOrderOf(ids, found, (ticket) => ticket.id).map((ticket) => ticket && detailsOf(ticket));
  });

  constructor(private readonly database: Database) {}

  /** By id or by key such as NLP-12; null when there is none that the actor may read, or it was deleted. */
  async ticket(actor: Actor, id: string | null | undefined, key: string | null | undefined): Promise<TicketType | null> {
    if ((id == null) === (key == null)) throw new DomainError('BAD_INPUT', { field: 'id', reason: 'ID_OR_KEY' }, 'Name the ticket either by id or by key.');
    const parts = key == null ? null : TICKET_KEY.exec(key.trim().toUpperCase());
    if (key != null && !parts) return null;
    const found = await row<TicketRow>(
      this.database.direct,
      /* sql */ `SELECT ${TICKET_COLUMNS} FROM ticket t ${TICKET_SOURCES}
        WHERE ${parts ? 'p.key = $3 AND t.number = $4' : 't.id = $3'} AND t.deleted_at IS NULL AND ${READABLE_PROJECT(1)}`,
      [...readableBy(actor), ...(parts ? [parts[1], Number(parts[2])] : [id])],
    );
    return found && ticketOf(found);
  }

  /** Tickets of a project by number; `search` looks in titles and for a number or key, whose ticket comes first. */
  async tickets(actor: Actor, projectId: string, search: string | null, first: number, after: string | null): Promise<TicketConnection> {
    const limit = pageSize(first);
    const cursor = decodeCursor(after, 2);
    const project = await row<{ key: string }>(this.database.direct, `SELECT p.key FROM project p WHERE p.id = $3 AND ${READABLE_PROJECT(1)}`, [
      ...readableBy(actor),
      projectId,
    ]);
    if (!project) throw new DomainError('NOT_FOUND');
    const wanted = search?.trim().slice(0, 250) || null;
    const [, key, number] = /^(?:([A-Z][A-Z0-9]{1,9})-)?(\d{1,9})$/i.exec(wanted ?? '') ?? [];
    const named = number === undefined || (key !== undefined && key.toUpperCase() !== project.key) ? null : Number(number);
    const parameters = [projectId, wanted && `%${wanted.replace(/[\\%_]/g, '\\$&')}%`, named];
    const where = 't.project_id = $1 AND t.deleted_at IS NULL AND ($2::text IS NULL OR t.title ILIKE $2 OR t.number = $3::int)';
    const total = await row<{ count: number }>(this.database.direct, `SELECT count(*)::int AS count FROM ticket t WHERE ${where}`, parameters);
    // without a ticket that comes first the order is that of an index, and a page costs no more than its rows
    const [place, order] = named === null ? ['t.number > $5', 't.number'] : ['(t.number <> $3, t.number) > ($6, $5)', 't.number <> $3, t.number'];
    const found = await rows<CardRow>(
      this.database.direct,
      `SELECT ${CARD_COLUMNS} FROM ticket t ${CARD_SOURCES} WHERE ${where} AND ${place} ORDER BY ${order} LIMIT $4`,
      [...parameters, limit + 1, cursor?.[1] ?? 0, ...(named === null ? [] : [cursor?.[0] === 1])],
    );
    const { nodes, pageInfo } = page(found, limit, (ticket) => [ticket.number === named ? 0 : 1, ticket.number]);
    return { nodes: nodes.map((card) => cardOf(card, card)), totalCount: total?.count ?? 0, pageInfo };
  }

  /** A window of a column the actor was given; all windows of a request are one statement. */
  async window(context: RequestContext, columnId: string, offset: number, limit: number): Promise<TicketWindow> {
    if (limit < 1 || limit > WINDOW_MAX) throw new DomainError('BAD_INPUT', { field: 'limit', min: 1, max: WINDOW_MAX });
    if (offset < 0 || offset > OFFSET_MAX) throw new DomainError('BAD_INPUT', { field: 'offset', min: 0, max: OFFSET_MAX });
    const found = await this.windows(context).load({ columnId, offset, limit });
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  /** What a card lacks, for all cards of a request in one statement. */
  async details(context: RequestContext, id: string): Promise<TicketDetails> {
    const found = await this.ticketDetails(context).load(id);
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  /**
   * Ids come from the index alone, so a deep window costs little more than the first; cards, counts and log position are of
   * one snapshot. The arrays stand in sub-selects, where the planner cannot count them: it then keeps one plan for all. A
   * window comes as one JSON value: parsing that costs half of reading as many rows.
   */
  private async readWindows(keys: readonly WindowKey[]): Promise<(TicketWindow | null)[]> {
    const found = await rows<WindowRow>(
      this.database.direct,
      /* sql */ `
      SELECT w.place::int, c.ticket_count AS total, s.seq::int, p.key AS "projectKey", p.id AS "projectId", b.id AS "boardId", c.id AS "columnId",
        COALESCE(shown.cards, '[]') AS cards
      FROM unnest((SELECT $1::uuid[]), (SELECT $2::int[]), (SELECT $3::int[])) WITH ORDINALITY AS w (column_id, skip, size, place)
      JOIN board_column c ON c.id = w.column_id
      JOIN board b ON b.id = c.board_id
      JOIN project p ON p.id = b.project_id
      JOIN activity_scope s ON s.id = p.id
      CROSS JOIN LATERAL (
        SELECT json_agg(card) AS cards FROM (
          SELECT ${OWN_COLUMNS}
          FROM (SELECT k.id FROM ticket k WHERE k.column_id = w.column_id AND k.deleted_at IS NULL ORDER BY k.rank, k.id OFFSET w.skip LIMIT w.size) k
          JOIN ticket t ON t.id = k.id
          LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
          ORDER BY t.rank, t.id
        ) card
      ) shown`,
      [keys.map((key) => key.columnId), keys.map((key) => key.offset), keys.map((key) => key.limit)],
    );
    const windows = new Map(found.map(({ place, total, seq, cards, ...at }) => [place, { total, seq, nodes: cards.map((card) => cardOf(card, at)) }]));
    return keys.map(({ offset }, i) => {
      const window = windows.get(i + 1);
      return window ? { offset, ...window } : null;
    });
  }
}
