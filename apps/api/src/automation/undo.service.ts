import { Injectable } from '@nestjs/common';
import { SET_FIELDS, type Actor, type Changes, type ErrorParams, type ProjectScope } from '@trainyard/domain';
import { CardService } from '../board/card.service.ts';
import { ChangeTicketsService } from '../board/change-tickets.service.ts';
import { lastUpTo } from '../board/placement.ts';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { setCause } from '../platform/log/cause.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { CommentService } from '../subject/comment.service.ts';
import { lockTicket } from '../ticket/locked-ticket.ts';
import { TICKET_COLUMNS, TICKET_SOURCES, type TicketRow } from '../ticket/ticket.rows.ts';
import { RunService } from '../training/run.service.ts';
import { FIRING_COLUMNS, FIRING_SOURCES } from './automation.reader.ts';
import type { RuleFiringType, UndoneFiring, UndoRefusal } from './automation.types.ts';

interface Written {
  seq: number;
  entity: string;
  entityId: string;
  ticketId: string | null;
  action: string;
  changes: Changes;
}

/** Takes back what a firing did, as one: where somebody changed it since, it is left and said. */
@Injectable()
export class UndoService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly tickets: ChangeTicketsService,
    private readonly cards: CardService,
    private readonly comments: CommentService,
    private readonly runs: RunService,
  ) {}

  async undo(actor: Actor, firingId: string): Promise<UndoneFiring> {
    const refused = new Map<string, UndoRefusal>();
    // What cannot be taken back is found by trying: it is left out, and the rest tried again from the start.
    for (;;) {
      try {
        return await this.database.transaction((tx) => this.undoIn(tx, actor, firingId, refused));
      } catch (error) {
        if (!(error instanceof Left)) throw error;
        refused.set(error.of, error.refusal);
      }
    }
  }

  private async undoIn(tx: Tx, actor: Actor, firingId: string, refused: ReadonlyMap<string, UndoRefusal>): Promise<UndoneFiring> {
    const firing = demandProject(
      actor,
      'ticket.write',
      await row<
        ProjectScope & { id: string; projectId: string; ruleId: string; ruleName: string; ticketId: string | null; outcome: string; undoneAt: Date | null }
      >(
        tx,
        /* sql */ `SELECT f.id, f.project_id AS "projectId", f.rule_id AS "ruleId", r.name AS "ruleName", f.ticket_id AS "ticketId", f.outcome, f.undone_at AS "undoneAt", ${PROJECT_SCOPE}
          FROM rule_firing f JOIN rule r ON r.id = f.rule_id JOIN project p ON p.id = f.project_id WHERE f.id = $1 FOR UPDATE OF f`,
        [firingId],
      ),
    );
    if (firing.undoneAt !== null || firing.outcome !== 'DONE') throw new DomainError('FIRING_UNDONE', { outcome: firing.outcome });
    const written = await rows<Written>(
      tx,
      `SELECT a.seq::int AS seq, a.entity, a.entity_id AS "entityId", a.ticket_id AS "ticketId", a.action, a.changes FROM activity a WHERE a.firing_id = $1 AND a.depth > 0 ORDER BY a.seq`,
      [firingId],
    );
    // An earlier try took some of it back, and left what it could not.
    const taken = new Set(
      (
        await rows<{ of: string }>(tx, `SELECT DISTINCT a.entity || ' ' || a.entity_id AS of FROM activity a WHERE a.firing_id = $1 AND a.depth = 0`, [
          firingId,
        ])
      ).map(({ of }) => of),
    );
    setCause(tx, { causedBy: null, depth: 0, firingId });
    for (const [of, ofOne] of Map.groupBy(
      written.filter(({ entity, action }) => entity !== 'RULE' && action !== 'RERANKED'),
      (one) => `${one.entity} ${one.entityId}`,
    ))
      if (!refused.has(of) && !taken.has(of)) await this.takeBack(tx, actor, of, ofOne, firingId);
    // What was left may be taken back later.
    if (refused.size === 0) {
      await tx.query('UPDATE rule_firing SET undone_at = now(), undone_by = $2 WHERE id = $1', [firingId, actor.userId]);
      await this.activity.append(tx, firing.projectId, actor.userId, [
        {
          entity: 'RULE',
          entityId: firing.ruleId,
          ticketId: firing.ticketId,
          action: 'UPDATED',
          changes: { undone: { from: false, to: true }, rule: { from: null, to: firing.ruleName } },
        },
      ]);
    }
    const after = await row<RuleFiringType>(tx, `SELECT ${FIRING_COLUMNS} FROM ${FIRING_SOURCES} WHERE f.id = $1`, [firingId]);
    return { firing: after as RuleFiringType, refusals: [...refused.values()] };
  }

  /** All that was written of one thing, or nothing of it. */
  private async takeBack(tx: Tx, actor: Actor, of: string, written: readonly Written[], firingId: string): Promise<void> {
    const [first] = written;
    if (!first) return;
    const ticket =
      first.ticketId === null
        ? null
        : await row<TicketRow>(tx, `SELECT ${TICKET_COLUMNS} FROM ticket t ${TICKET_SOURCES} WHERE t.id = $1 AND t.deleted_at IS NULL`, [first.ticketId]);
    const leave = (code: UndoRefusal['code'], params: ErrorParams = {}): never => {
      throw new Left(of, { ticketKey: ticket ? `${ticket.projectKey}-${ticket.number}` : null, code, params });
    };
    try {
      if (first.entity === 'COMMENT') return await this.takeCommentBack(tx, actor, first.entityId, leave);
      if (first.entity === 'TICKET' && first.action === 'CREATED') {
        // Somebody took it back already.
        if (!ticket) return;
        await lockTicket(tx, ticket.id);
        const since = await actsSince(tx, written, firingId);
        if (ticket.version !== 1 || since.length > 0) leave('CHANGED_SINCE', { field: 'version' });
        await this.cards.deleteIn(tx, actor, ticket.id, ticket.version);
        return;
      }
      if (!ticket) return leave('NOT_FOUND');
      if (first.entity === 'RUN') {
        // What its runner reports is nobody's doing.
        const since = await actsSince(tx, written, firingId);
        if (since.some(({ entityId, byPerson }) => byPerson && entityId === first.entityId)) leave('CHANGED_SINCE', { field: 'state' });
        return await this.runs.cancelIn(tx, actor, first.entityId);
      }
      const inverse = inverseOf(ticket, written);
      if ('changed' in inverse) return leave('CHANGED_SINCE', { field: inverse.changed });
      const { values, columnId, sprintId } = inverse;
      await this.tickets.changeOneIn(tx, actor, {
        id: ticket.id,
        version: ticket.version,
        ...(Object.keys(values).length > 0 && { values }),
        ...(columnId !== undefined && { place: { columnId, afterId: columnId === null ? null : await lastUpTo(tx, columnId, null, ticket.id) } }),
        ...(sprintId !== undefined && { sprint: { sprintId, seenSprintId: ticket.sprintId } }),
      });
    } catch (error) {
      if (error instanceof DomainError) leave(error.code, error.params);
      throw error;
    }
  }

  private async takeCommentBack(tx: Tx, actor: Actor, id: string, leave: (code: string, params?: ErrorParams) => never): Promise<void> {
    const comment = await row<{ version: number; edited: boolean }>(
      tx,
      'SELECT version, edited_at IS NOT NULL AS edited FROM comment WHERE id = $1 AND deleted_at IS NULL',
      [id],
    );
    // Somebody took it back already.
    if (!comment) return;
    if (comment.edited) leave('CHANGED_SINCE', { field: 'comment' });
    await this.comments.deleteIn(tx, actor, id, comment.version);
  }
}

/** What was written of the ticket behind what the firing wrote of the thing. */
const actsSince = (tx: Tx, written: readonly Written[], firingId: string): Promise<{ entityId: string; byPerson: boolean }[]> =>
  rows(
    tx,
    `SELECT a.entity_id AS "entityId", a.actor_id IS NOT NULL AS "byPerson" FROM activity a WHERE a.ticket_id = $1 AND a.seq > $2 AND a.firing_id IS DISTINCT FROM $3::uuid`,
    [written[0]!.ticketId, written.at(-1)!.seq, firingId],
  );

/** It cannot be taken back; the transaction begins again without it. */
class Left extends Error {
  constructor(
    readonly of: string,
    readonly refusal: UndoRefusal,
  ) {
    super(refusal.code);
  }
}

/** What brings a ticket back to before; or the first field that is not any more what the firing made it. */
function inverseOf(
  ticket: TicketRow,
  written: readonly Written[],
): { values: Record<string, unknown>; columnId?: string | null; sprintId?: string | null } | { changed: string } {
  const values: Record<string, unknown> = {};
  let columnId: string | null | undefined;
  let sprintId: string | null | undefined;
  const is = ticket as unknown as Record<string, unknown>;
  for (const { changes } of written)
    for (const [field, { from, to }] of Object.entries(changes)) {
      if (field !== 'columnId' && field !== 'sprintId' && !SET_FIELDS.some(({ as }) => as === field)) continue;
      if (JSON.stringify(is[field] ?? null) !== JSON.stringify(to ?? null)) return { changed: field };
      if (field === 'columnId') columnId = from as string | null;
      else if (field === 'sprintId') sprintId = from as string | null;
      else values[field] = from;
    }
  return { values, ...(columnId !== undefined && { columnId }), ...(sprintId !== undefined && { sprintId }) };
}
