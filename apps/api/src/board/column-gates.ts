import { Injectable } from '@nestjs/common';
import { missingFields, type TicketValues } from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { rows, type Tx } from '../platform/sql/database.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import type { HeldColumn } from './placement.ts';

/** A ticket that wants into a column, with what it is given on the way. */
export interface Comer {
  id: string;
  /** Null: it is being made. */
  ticket: TicketType | null;
  values?: Partial<TicketValues>;
}

/** What a ticket lacks, by a kind of gate: names of fields, words of a list. */
export interface Gate {
  kind: string;
  /** By ticket; those that lack nothing are left out. The column is held, and the tickets are locked. */
  missing(tx: Tx, column: HeldColumn, comers: readonly Comer[]): Promise<Map<string, string[]>>;
}

/** What columns ask of tickets that come into them. Any room that has something to ask for registers its kind. */
@Injectable()
export class ColumnGates {
  private readonly gates: Gate[] = [FIELDS, CHECKS];

  register(gate: Gate): void {
    if (this.gates.some(({ kind }) => kind === gate.kind)) throw new Error(`gate ${gate.kind} is registered twice`);
    this.gates.push(gate);
  }

  /** Why each of some tickets may not come into a held column; those that may are left out. */
  async refusals(tx: Tx, column: HeldColumn, comers: readonly Comer[]): Promise<Map<string, DomainError>> {
    const lacks = new Map<string, Record<string, string>>();
    if (comers.length === 0) return new Map();
    for (const gate of this.gates)
      for (const [id, missing] of await gate.missing(tx, column, comers)) lacks.set(id, { ...lacks.get(id), [gate.kind]: missing.join('\n') });
    return new Map([...lacks].map(([id, lack]) => [id, new DomainError('COLUMN_POLICY', { column: column.name, columnId: column.id, ...lack })]));
  }

  /** The same for one, thrown. */
  async demand(tx: Tx, column: HeldColumn, comer: Comer): Promise<void> {
    const refusal = (await this.refusals(tx, column, [comer])).get(comer.id);
    if (refusal) throw refusal;
  }
}

const FIELDS: Gate = {
  kind: 'fields',
  async missing(tx, { requiredFields }, comers) {
    if (requiredFields.length === 0) return new Map();
    const described = requiredFields.includes('description') ? await withDescription(tx, comers) : new Set<string>();
    return new Map(
      comers.flatMap(({ id, ticket, values }): [string, string[]][] => {
        const has = { ...ticket, assigneeId: ticket?.assignee?.id ?? null, description: described.has(id) ? 'said' : '', ...values };
        const missing = missingFields(requiredFields, has);
        return missing.length > 0 ? [[id, missing]] : [];
      }),
    );
  },
};

async function withDescription(tx: Tx, comers: readonly Comer[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>(tx, `SELECT ticket_id AS id FROM ticket_text WHERE ticket_id = ANY ($1::uuid[]) AND description <> ''`, [
    comers.map(({ id }) => id),
  ]);
  return new Set(found.map(({ id }) => id));
}

const CHECKS: Gate = {
  kind: 'checks',
  async missing(tx, { id: columnId, hasChecks }, comers) {
    if (!hasChecks) return new Map();
    const found = await rows<{ id: string; text: string }>(
      tx,
      /* sql */ `SELECT asked.id, c.text FROM unnest($2::uuid[]) AS asked (id) JOIN column_check c ON c.column_id = $1
        WHERE NOT EXISTS (SELECT FROM ticket_check k WHERE k.ticket_id = asked.id AND k.check_id = c.id) ORDER BY asked.id, c.position, c.id`,
      [columnId, comers.map(({ id }) => id)],
    );
    return new Map([...Map.groupBy(found, ({ id }) => id)].map(([id, lacks]) => [id, lacks.map(({ text }) => text)]));
  },
};
