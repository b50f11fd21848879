// Where tickets come to lie that a sprint brings onto its board. Its columns are held, and they are locked.

import { DomainError } from '../platform/domain-error.ts';
import type { Tx } from '../platform/sql/database.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import type { ColumnGates } from './column-gates.ts';
import { columnFor } from './many-places.ts';
import type { HeldColumn } from './placement.ts';

/** A ticket, and the column it comes to. */
export interface Coming {
  ticket: TicketType;
  column: HeldColumn;
}

const asComer = (ticket: TicketType): { id: string; ticket: TicketType } => ({ id: ticket.id, ticket });

/** Of many that come together each comes as far as it is, or to the last column before that one which lets it through. Where none does, nothing comes. */
export async function letThrough(tx: Tx, gates: ColumnGates, tickets: readonly TicketType[], columns: readonly HeldColumn[]): Promise<Coming[]> {
  const found = new Map<string, HeldColumn>();
  let trying = tickets.map((ticket) => ({ ticket, at: columns.indexOf(columnFor(ticket, columns)!) }));
  while (trying.length > 0) {
    const back: typeof trying = [];
    for (const [at, those] of Map.groupBy(trying, (one) => one.at)) {
      const column = columns[at]!;
      const refusals = await gates.refusals(
        tx,
        column,
        those.map(({ ticket }) => asComer(ticket)),
      );
      for (const { ticket } of those) {
        const refusal = refusals.get(ticket.id);
        if (!refusal) found.set(ticket.id, column);
        else if (at === 0) throw naming(ticket, refusal);
        else back.push({ ticket, at: at - 1 });
      }
    }
    trying = back;
  }
  return tickets.map((ticket) => ({ ticket, column: found.get(ticket.id)! }));
}

/** Those that somebody puts into a sprint come as far as they are, or not at all. */
export async function demandThrough(tx: Tx, gates: ColumnGates, coming: readonly Coming[]): Promise<void> {
  for (const [column, those] of Map.groupBy(coming, (one) => one.column)) {
    const refusals = await gates.refusals(
      tx,
      column,
      those.map(({ ticket }) => asComer(ticket)),
    );
    for (const { ticket } of those) if (refusals.has(ticket.id)) throw naming(ticket, refusals.get(ticket.id)!);
  }
}

const naming = ({ key }: TicketType, { code, params }: DomainError): DomainError => new DomainError(code, { ...params, reason: 'TICKET', ticket: key });
