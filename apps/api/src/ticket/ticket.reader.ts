import { Injectable } from '@nestjs/common';
import type { Actor } from '@trainyard/domain';
import type { RequestContext } from '../platform/actor.ts';
import { READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { inOrderOf, loader } from '../platform/sql/loader.ts';
import { listTurns } from '../platform/lists/list-turns.ts';
import { likePart } from '../platform/lists/list.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { pageOf, type PageRequest } from '../platform/lists/reading.ts';
import { TICKET_LIST } from './ticket.list.ts';
import {
  CARD_COLUMNS,
  CARD_SOURCES,
  cardOf,
  DETAIL_COLUMNS,
  DETAIL_SOURCES,
  detailsOf,
  TICKET_COLUMNS,
  TICKET_SOURCES,
  ticketOf,
  type CardRow,
  type DetailRow,
  type TicketRow,
} from './ticket.rows.ts';
import type { TicketConnection, TicketDetails, TicketType } from './ticket.types.ts';

const TICKET_KEY = /^([A-Z][A-Z0-9]{1,9})-(\d{1,9})$/;

/** One that the actor may read and that is not deleted, or null. */
export async function readTicket(tx: Tx, actor: Actor, id: string): Promise<TicketType | null> {
  const found = await row<TicketRow>(
    tx,
    `SELECT ${TICKET_COLUMNS} FROM ticket t ${TICKET_SOURCES} WHERE t.id = $3 AND t.deleted_at IS NULL AND ${READABLE_PROJECT(1)}`,
    [...readableBy(actor), id],
  );
  return found && ticketOf(found);
}

/** Tickets as they are read: one, or a page of them. */
@Injectable()
export class TicketReader {
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

  /** A page of the list, or of a search of before there were queries. */
  async tickets(actor: Actor, { search, ...asked }: PageRequest & { search: string | null }): Promise<TicketConnection> {
    if (asked.query !== null || asked.projectId === null) {
      if (search !== null) throw new DomainError('BAD_INPUT', { field: 'search', reason: 'NOT_WITH_QUERY' }, 'Write the words into the query.');
      const { nodes, ...rest } = await pageOf<CardRow>(this.database, TICKET_LIST, actor, asked, { columns: CARD_COLUMNS, sources: CARD_SOURCES });
      return { nodes: nodes.map((card) => cardOf(card, card)), ...rest };
    }
    const { projectId, first, after } = asked;
    return listTurns(this.database).within(actor, () => this.searched(actor, projectId, search, first, after));
  }

  /** Tickets of a project by number; `search` looks in titles and for a number or key, whose ticket comes first. */
  private async searched(actor: Actor, projectId: string, search: string | null, first: number, after: string | null): Promise<TicketConnection> {
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
    const parameters = [projectId, wanted && `%${likePart(wanted)}%`, named];
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
    return { nodes: nodes.map((card) => cardOf(card, card)), totalCount: total?.count ?? 0, totalCountIsCapped: false, pageInfo };
  }

  /** What a card lacks, for all cards of a request in one statement. */
  async details(context: RequestContext, id: string): Promise<TicketDetails> {
    const found = await this.ticketDetails(context).load(id);
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }
}
