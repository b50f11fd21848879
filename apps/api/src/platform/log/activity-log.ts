import { Injectable } from '@nestjs/common';
import type { Action, Changes, EntityKind } from '@trainyard/domain';
import { DomainError } from '../domain-error.ts';
import { afterCommit, brokenTable, closing, type Tx } from '../sql/database.ts';
import { causeOf } from './cause.ts';
import { Wakeups } from './wakeups.ts';

export interface ActivityEntry {
  entity: EntityKind;
  entityId: string;
  /** Set on everything that belongs to a ticket, so that its history is one index range. */
  ticketId?: string | null;
  action: Action;
  changes: Changes;
}

/** The topic woken when a scope's log grew. */
export const activityTopic = (scope: string): string => `activity:${scope}`;

/** Woken when any scope's log grew. */
export const ANY_ACTIVITY = 'activity';

/** The spine: every change to a tracked thing appends here, in the transaction of the change. */
@Injectable()
export class ActivityLog {
  constructor(private readonly wakeups: Wakeups) {}

  /**
   * Appends `entries` in the same go as the COMMIT of `tx`, and wakes the scope's readers after it. The scope's row lock is
   * what makes `seq` follow commit order; taken last and for no round trip, it lets writers of one project pass quickly. A scope
   * that was closed meanwhile refuses with PROJECT_READ_ONLY, unless `where` says that this goes on in a closed one.
   */
  async append(tx: Tx, scope: string, actorId: string | null, entries: readonly ActivityEntry[], where: 'OPEN' | 'OPEN_OR_CLOSED' = 'OPEN'): Promise<void> {
    if (entries.length === 0) throw new Error('activity: nothing to append');
    const cause = causeOf(tx);
    // Fails on a scope that is not there: seq is then null, which the table refuses.
    closing(
      tx,
      /* sql */ `
      WITH locked AS (
        UPDATE activity_scope SET seq = CASE WHEN closed AND NOT $9 THEN NULL ELSE seq + $3 END WHERE id = $1 RETURNING seq
      )
      INSERT INTO activity (scope, seq, entity, entity_id, ticket_id, action, changes, actor_id, cause_seq, depth, firing_id)
      SELECT $1, locked.seq - $3 + e.ord, e.entity, e.entity_id, e.ticket_id, e.action, e.changes, $2, $10, $11, $12
      FROM unnest($4::text[], $5::uuid[], $6::uuid[], $7::text[], $8::jsonb[]) WITH ORDINALITY AS e (entity, entity_id, ticket_id, action, changes, ord)
      LEFT JOIN locked ON true`,
      [
        scope,
        actorId,
        entries.length,
        entries.map((entry) => entry.entity),
        entries.map((entry) => entry.entityId),
        entries.map((entry) => entry.ticketId ?? null),
        entries.map((entry) => entry.action),
        entries.map((entry) => JSON.stringify(entry.changes)),
        where === 'OPEN_OR_CLOSED',
        cause?.causedBy ?? null,
        cause?.depth ?? null,
        cause?.firingId ?? null,
      ],
      // The one way in which the scope's row refuses its next position.
      (error) => (brokenTable(error) === 'activity_scope' ? new DomainError('PROJECT_READ_ONLY') : error),
    );
    afterCommit(tx, () => this.wake(scope));
  }

  private wake(scope: string): void {
    this.wakeups.wake(activityTopic(scope));
    this.wakeups.wake(ANY_ACTIVITY);
  }

  /** Whether `scope` takes entries of everybody, from the commit of `tx` on. Call it first: who appends waits for it, or is waited for. */
  async close(tx: Tx, scope: string, closed: boolean): Promise<void> {
    await tx.query('UPDATE activity_scope SET closed = $2 WHERE id = $1', [scope, closed]);
  }

  /** A new scope begins with an empty log: with its project, or with the organisation. */
  async open(tx: Tx, scope: string): Promise<void> {
    await tx.query('INSERT INTO activity_scope (id) VALUES ($1)', [scope]);
  }
}
