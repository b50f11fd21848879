import { Injectable } from '@nestjs/common';
import { changesBetween, CHECK_TEXT_MAX, CHECKS_EACH, missingFields, REQUIRABLE_FIELDS, type Actor } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { demandProject } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { isId, line } from '../platform/input.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockTicket, withoutScope } from '../ticket/locked-ticket.ts';
import { ticketOf } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { COLUMN_COLUMNS } from './board.rows.ts';
import type { ColumnType } from './board.types.ts';
import { holdBoard } from './held-board.ts';
import { holdColumn } from './placement.ts';
import type { ColumnCheck, ColumnCheckInput, ColumnPolicy, TicketCheck, TicketGate } from './policy.types.ts';

/** Policies of columns, and the ticks of tickets. */
@Injectable()
export class PolicyService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  /** What is not named is asked for no more. Cards that are there stay. */
  async setPolicy(
    actor: Actor,
    columnId: string,
    version: number,
    requiredFields: readonly string[],
    checks: readonly ColumnCheckInput[],
  ): Promise<ColumnType> {
    return this.database.transaction(async (tx) => {
      const board = demandProject(actor, 'board.manage', await holdBoard(tx, 'COLUMN', columnId));
      if (board.archived) throw new DomainError('BOARD_ARCHIVED');
      const column = await holdColumn(tx, columnId);
      if (!column) throw new DomainError('NOT_FOUND');
      const now = (await row<ColumnType>(tx, `SELECT ${COLUMN_COLUMNS} FROM board_column c WHERE c.id = $1`, [columnId]))!;
      sameVersion(now, version);
      const unknown = requiredFields.find((field) => !REQUIRABLE_FIELDS.some((as) => as === field));
      if (unknown !== undefined) throw new DomainError('BAD_INPUT', { field: 'requiredFields', reason: 'UNKNOWN', value: unknown });
      if (checks.length > CHECKS_EACH) throw new DomainError('BAD_INPUT', { field: 'checks', reason: 'TOO_MANY', max: CHECKS_EACH });
      const before = (await policiesOf(tx, [columnId])).get(columnId)!;
      const after = {
        requiredFields: REQUIRABLE_FIELDS.filter((as) => requiredFields.includes(as)) as string[],
        checks: checks.map(({ id, text }): ColumnCheck => ({ id: keptId(before, id), text: line('checks', text, CHECK_TEXT_MAX) })),
      };
      if (new Set(after.checks.map(({ id }) => id)).size < after.checks.length) throw new DomainError('BAD_INPUT', { field: 'checks', reason: 'TWICE' });
      const words = ({ requiredFields: fields, checks: items }: ColumnPolicy) => ({ requiredFields: fields, checks: items.map(({ text }) => text) });
      const changes = changesBetween(words(before), words(after));
      if (Object.keys(changes).length === 0) return now;
      await tx.query('DELETE FROM column_check WHERE column_id = $1 AND id <> ALL ($2::uuid[])', [columnId, after.checks.map(({ id }) => id)]);
      await tx.query(
        /* sql */ `INSERT INTO column_check (id, column_id, text, position)
          SELECT item.id, $1, item.text, item.place FROM unnest($2::uuid[], $3::text[]) WITH ORDINALITY AS item (id, text, place)
          ON CONFLICT (id) DO UPDATE SET text = excluded.text, position = excluded.position`,
        [columnId, after.checks.map(({ id }) => id), after.checks.map(({ text }) => text)],
      );
      await tx.query('UPDATE board_column SET required_fields = $2, version = version + 1 WHERE id = $1', [columnId, after.requiredFields]);
      await this.activity.append(tx, board.projectId, actor.userId, [{ entity: 'COLUMN', entityId: columnId, action: 'UPDATED', changes }]);
      return { ...now, version: now.version + 1 };
    });
  }

  /** Not versioned: what is said last holds. */
  async tick(actor: Actor, ticketId: string, checkId: string, done: boolean): Promise<TicketType> {
    return this.database.transaction(async (tx) => {
      const ticket = demandProject(actor, 'ticket.write', await lockTicket(tx, ticketId));
      const check = await row<{ text: string; done: boolean }>(
        tx,
        /* sql */ `SELECT c.text, EXISTS (SELECT FROM ticket_check k WHERE k.ticket_id = $1 AND k.check_id = c.id) AS done
          FROM column_check c JOIN board_column l ON l.id = c.column_id JOIN board b ON b.id = l.board_id WHERE c.id = $2 AND b.project_id = $3 FOR KEY SHARE OF c`,
        [ticketId, checkId, ticket.projectId],
      );
      if (!check) throw new DomainError('NOT_FOUND');
      if (check.done !== done) {
        if (done) await tx.query('INSERT INTO ticket_check (ticket_id, check_id, done_by) VALUES ($1, $2, $3)', [ticketId, checkId, actor.userId]);
        else await tx.query('DELETE FROM ticket_check WHERE ticket_id = $1 AND check_id = $2', [ticketId, checkId]);
        const told = { from: done ? null : check.text, to: done ? check.text : null };
        await this.activity.append(tx, ticket.projectId, actor.userId, [
          { entity: 'TICKET', entityId: ticketId, ticketId, action: 'UPDATED', changes: { check: told } },
        ]);
      }
      return ticketOf(withoutScope(ticket));
    });
  }

  policies(columnIds: readonly string[]): Promise<Map<string, ColumnPolicy>> {
    return policiesOf(this.database.direct, columnIds);
  }

  /** What columns at and behind where tickets lie ask of them; the actor was given the tickets. */
  async gatesOf(tickets: readonly TicketType[]): Promise<Map<string, TicketGate[]>> {
    const placed = tickets.filter(({ columnId }) => columnId !== null);
    if (placed.length === 0) return new Map();
    const found = await rows<{ ticketId: string; columnId: string; column: string; requiredFields: string[]; checks: TicketCheck[]; described: boolean }>(
      this.database.direct,
      /* sql */ `
      SELECT asked.id AS "ticketId", c.id AS "columnId", c.name AS column, c.required_fields AS "requiredFields",
        COALESCE((SELECT w.description FROM ticket_text w WHERE w.ticket_id = asked.id), '') <> '' AS described,
        COALESCE((SELECT json_agg(json_build_object('id', k.id, 'text', k.text, 'done', d.check_id IS NOT NULL, 'by', u.name) ORDER BY k.position, k.id)
          FROM column_check k LEFT JOIN ticket_check d ON d.check_id = k.id AND d.ticket_id = asked.id LEFT JOIN app_user u ON u.id = d.done_by WHERE k.column_id = c.id), '[]') AS checks
      FROM unnest($1::uuid[], $2::uuid[]) AS asked (id, column_id) JOIN board_column here ON here.id = asked.column_id
      JOIN board_column c ON c.board_id = here.board_id AND (c.rank, c.id) >= (here.rank, here.id)
      WHERE c.required_fields <> '{}' OR EXISTS (SELECT FROM column_check k WHERE k.column_id = c.id) ORDER BY c.rank, c.id`,
      [placed.map(({ id }) => id), placed.map(({ columnId }) => columnId)],
    );
    const byId = new Map(placed.map((ticket) => [ticket.id, ticket]));
    const gates = found.map(({ ticketId, requiredFields, described, ...gate }) => {
      const ticket = byId.get(ticketId)!;
      const has = { ...ticket, assigneeId: ticket.assignee?.id ?? null, description: described ? 'said' : '' };
      return { ticketId, gate: { ...gate, missingFields: missingFields(requiredFields, has) } };
    });
    return new Map([...Map.groupBy(gates, ({ ticketId }) => ticketId)].map(([id, of]) => [id, of.map(({ gate }) => gate)]));
  }
}

/** The id of an item that stays, or one for a new one. */
function keptId({ checks }: ColumnPolicy, id: string | null | undefined): string {
  if (id == null) return randomUUID();
  if (!isId(id) || !checks.some((check) => check.id === id)) throw new DomainError('BAD_INPUT', { field: 'checks', reason: 'UNKNOWN' });
  return id;
}

async function policiesOf(tx: Tx, columnIds: readonly string[]): Promise<Map<string, ColumnPolicy>> {
  const found = await rows<ColumnPolicy & { columnId: string }>(
    tx,
    /* sql */ `SELECT c.id AS "columnId", c.required_fields AS "requiredFields",
        COALESCE((SELECT json_agg(json_build_object('id', k.id, 'text', k.text) ORDER BY k.position, k.id) FROM column_check k WHERE k.column_id = c.id), '[]') AS checks
      FROM board_column c WHERE c.id = ANY ($1::uuid[])`,
    [columnIds],
  );
  return new Map(found.map(({ columnId, ...policy }) => [columnId, policy]));
}
