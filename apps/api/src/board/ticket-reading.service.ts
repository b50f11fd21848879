import { Injectable } from '@nestjs/common';
import type { Actor } from '@trainyard/domain';
import type { RequestContext } from '../platform/actor.ts';
import { READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { Database, row, rows } from '../platform/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { inOrderOf, loader } from '../platform/loader.ts';
import { decodeCursor, page, pageSize } from '../platform/page.types.ts';
import { CARD_COLUMNS, TICKET_COLUMNS, TICKET_PEOPLE, ticketOf, type TicketRow } from './ticket.rows.ts';
import type { TicketConnection, TicketType, TicketWindow } from './ticket.types.ts';

export interface WindowKey {
  columnId: string;
  offset: number;
  limit: number;
}
type WindowRow = TicketRow & { place: number; total: number; seq: number };

const WINDOW_MAX = 100;
const OFFSET_MAX = 10_000_000;
const TICKET_KEY = /^([A-Z][A-Z0-9]{1,9})-(\d{1,9})$/;

/** Tickets as they are read: one, a list, and the windows a board consists of. */
@Injectable()
export class TicketReadingService {
  private readonly windows = loader<WindowKey, TicketWindow>((keys) => this.readWindows(keys));
  private readonly descriptions = loader<string, { id: string; description: string }>(async (ids) =>
    inOrderOf(ids, await rows<{ id: string; description: string }>(this.database.read, 'SELECT id, description FROM ticket WHERE id = ANY ($1::uuid[])', [ids]), (ticket) => ticket.id),
  );

  constructor(private readonly database: Database) {}

  /** By id or by key such as NLP-12; null when there is none that the actor may read, or it was deleted. */
  async ticket(actor: Actor, id: string | null | undefined, key: string | null | undefined): Promise<TicketType | null> {
    if ((id == null) === (key == null)) throw new DomainError('BAD_INPUT', { field: 'id', reason: 'ID_OR_KEY' }, 'Name the ticket either by id or by key.');
    const parts = key == null ? null : TICKET_KEY.exec(key.trim().toUpperCase());
    if (key != null && !parts) return null;
    const found = await row<TicketRow>(
      this.database.read,
      /* sql */ `SELECT ${TICKET_COLUMNS} FROM ticket t ${TICKET_PEOPLE}
        WHERE ${parts ? 'p.key = $3 AND t.number = $4' : 't.id = $3'} AND t.deleted_at IS NULL AND ${READABLE_PROJECT(1)}`,
      [...readableBy(actor), ...(parts ? [parts[1], Number(parts[2])] : [id])],
    );
    return found && ticketOf(found);
  }

  /** Tickets of a project by number; `search` looks in titles and for a number or key. */
  async tickets(actor: Actor, projectId: string, search: string | null, first: number, after: string | null): Promise<TicketConnection> {
    const limit = pageSize(first);
    const cursor = decodeCursor(after, 1);
    const project = await row(this.database.read, `SELECT p.id FROM project p WHERE p.id = $3 AND ${READABLE_PROJECT(1)}`, [...readableBy(actor), projectId]);
    if (!project) throw new DomainError('NOT_FOUND');
    const wanted = search?.trim().slice(0, 250) || null;
    const number = /^(?:[A-Za-z][A-Za-z0-9]{1,9}-)?(\d{1,9})$/.exec(wanted ?? '')?.[1];
    const parameters = [projectId, wanted && `%${wanted.replace(/[\\%_]/g, '\\$&')}%`, number === undefined ? null : Number(number)];
    const where = 't.project_id = $1 AND t.deleted_at IS NULL AND ($2::text IS NULL OR t.title ILIKE $2 OR t.number = $3::int)';
    const total = await row<{ count: number }>(this.database.read, `SELECT count(*)::int AS count FROM ticket t WHERE ${where}`, parameters);
    const found = await rows<TicketRow>(
      this.database.read,
      `SELECT ${CARD_COLUMNS} FROM ticket t ${TICKET_PEOPLE} WHERE ${where} AND t.number > $4 ORDER BY t.number LIMIT $5`,
      [...parameters, cursor?.[0] ?? 0, limit + 1],
    );
    const { nodes, pageInfo } = page(found, limit, (ticket) => [ticket.number]);
    return { nodes: nodes.map(ticketOf), totalCount: total?.count ?? 0, pageInfo };
  }

  /** A window of a column the actor was given; all windows of a request are one statement. */
  async window(context: RequestContext, columnId: string, offset: number, limit: number): Promise<TicketWindow> {
    if (limit < 1 || limit > WINDOW_MAX) throw new DomainError('BAD_INPUT', { field: 'limit', min: 1, max: WINDOW_MAX });
    if (offset < 0 || offset > OFFSET_MAX) throw new DomainError('BAD_INPUT', { field: 'offset', min: 0, max: OFFSET_MAX });
    const found = await this.windows(context).load({ columnId, offset, limit });
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  async description(context: RequestContext, id: string): Promise<string> {
    return (await this.descriptions(context).load(id))?.description ?? '';
  }

  /** Ids come from the index alone, so a deep window costs little more than the first; cards, counts and log position are of one snapshot. */
  private async readWindows(keys: readonly WindowKey[]): Promise<(TicketWindow | null)[]> {
    const found = await rows<WindowRow>(
      this.database.read,
      /* sql */ `
      SELECT w.place::int, c.ticket_count AS total, s.seq::int, ${CARD_COLUMNS}
      FROM unnest($1::uuid[], $2::int[], $3::int[]) WITH ORDINALITY AS w (column_id, skip, size, place)
      JOIN board_column c ON c.id = w.column_id
      JOIN board b ON b.id = c.board_id
      JOIN project p ON p.id = b.project_id
      JOIN activity_scope s ON s.id = p.id
      LEFT JOIN LATERAL (
        SELECT k.id FROM ticket k WHERE k.column_id = w.column_id AND k.deleted_at IS NULL ORDER BY k.rank, k.id OFFSET w.skip LIMIT w.size
      ) k ON true
      LEFT JOIN ticket t ON t.id = k.id
      LEFT JOIN app_user assignee ON assignee.id = t.assignee_id
      LEFT JOIN app_user creator ON creator.id = t.created_by
      ORDER BY w.place, t.rank, t.id`,
      [keys.map((key) => key.columnId), keys.map((key) => key.offset), keys.map((key) => key.limit)],
    );
    const windows: (TicketWindow | null)[] = keys.map(() => null);
    for (const { place, total, seq, ...ticket } of found) {
      const window = (windows[place - 1] ??= { offset: keys[place - 1]?.offset ?? 0, total, seq, nodes: [] });
      // An empty window is one row of nulls: it still tells the total and the position.
      if (ticket.id !== null) window.nodes.push(ticketOf(ticket));
    }
    return windows;
  }
}
