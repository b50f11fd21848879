import { Injectable } from '@nestjs/common';
import { LINK_FIELDS, linkOf, LINKS_EACH, otherSideOf, ringClosedBy, type Actor, type Link, type LinkSide } from '@trainyard/domain';
import { demandProject, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { ADVISORY_LOCKS } from '../platform/sql/advisory-locks.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { lockTickets, unlockedTickets, withoutScope, type LockedTicket } from './locked-ticket.ts';
import { ticketOf } from './ticket.rows.ts';
import type { TicketType } from './ticket.types.ts';

const LINKING = `SELECT pg_advisory_xact_lock(${ADVISORY_LOCKS.ticketLinks})`;
/** All that is blocked by way of a ticket, in one statement however long the way: meanwhile nobody else makes a link that blocks. */
const EDGES = /* sql */ `
  WITH RECURSIVE reached (id) AS (
    SELECT $1::uuid UNION SELECT l.to_id FROM reached r JOIN ticket_link l ON l.from_id = r.id AND l.kind = 'BLOCKS'
  )
  SELECT l.from_id AS "fromId", l.to_id AS "toId" FROM reached r JOIN ticket_link l ON l.from_id = r.id AND l.kind = 'BLOCKS'`;
const ADD = 'INSERT INTO ticket_link (from_id, to_id, kind, created_by) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING from_id';
const REMOVE = 'DELETE FROM ticket_link WHERE from_id = $1 AND to_id = $2 AND kind = $3 RETURNING from_id';
/** Versions stay: an edit is not stale for it. */
const NOTE_BLOCKERS = /* sql */ `UPDATE ticket t SET has_blockers = EXISTS (SELECT FROM ticket_link l WHERE l.to_id = t.id AND l.kind = 'BLOCKS') WHERE t.id = $1`;

/** What stands for tickets of a ring that its reader may not read, however many they are. */
const HIDDEN = '…';

/** Tickets are linked, and are so no more. Whoever writes one of two may, where they can read the other. */
@Injectable()
export class TicketLinksService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  /** Those that are linked so already are answered as they are. */
  link(actor: Actor, id: string, side: LinkSide, otherId: string): Promise<TicketType> {
    return this.change(actor, id, side, otherId, async (tx, link) => {
      if (link.kind === 'BLOCKS') await this.demandNoRing(tx, actor, link);
      if (!(await row(tx, ADD, [link.fromId, link.toId, link.kind, actor.userId]))) return false;
      const most = await row<{ count: number }>(
        tx,
        /* sql */ `SELECT max(held.count)::int AS count FROM unnest($1::uuid[]) AS two (id)
          CROSS JOIN LATERAL (SELECT count(*) FROM ticket_link WHERE from_id = two.id OR to_id = two.id) held`,
        [[id, otherId]],
      );
      if ((most?.count ?? 0) > LINKS_EACH) throw new DomainError('BAD_INPUT', { field: 'otherId', reason: 'TOO_MANY', max: LINKS_EACH });
      return true;
    });
  }

  /** Those that are not linked so are answered as they are. */
  unlink(actor: Actor, id: string, side: LinkSide, otherId: string): Promise<TicketType> {
    return this.change(actor, id, side, otherId, async (tx, { fromId, toId, kind }) => (await row(tx, REMOVE, [fromId, toId, kind])) !== null, true);
  }

  private change(
    actor: Actor,
    id: string,
    side: LinkSide,
    otherId: string,
    write: (tx: Tx, link: Link) => Promise<boolean>,
    removes = false,
  ): Promise<TicketType> {
    const link = linkOf(id, side, otherId);
    return this.database.transaction(async (tx) => {
      const may = (found: ReadonlyMap<string, LockedTicket>): [LockedTicket, LockedTicket] => {
        const there = (one: string): LockedTicket | null => (found.get(one)?.deleted === false ? (found.get(one) ?? null) : null);
        return [demandProject(actor, 'ticket.write', there(id)), demandProject(actor, 'project.read', there(otherId))];
      };
      if (link.kind === 'BLOCKS' && !removes) {
        // one at a time in all projects: whoever may not link makes nobody wait
        may(await unlockedTickets(tx, [id, otherId]));
        await tx.query(LINKING);
      }
      const [ticket, other] = may(await lockTickets(tx, [id, otherId]));
      if (id === otherId) throw new DomainError('BAD_INPUT', { field: 'otherId', reason: 'SAME' }, 'A ticket is not linked to itself.');
      if (!(await write(tx, link))) return ticketOf(withoutScope(ticket));
      if (link.kind === 'BLOCKS') await tx.query(NOTE_BLOCKERS, [link.toId]);
      const told = new Map<string, ActivityEntry[]>([[ticket.projectId, [linkEntry(id, side, otherId, removes)]]]);
      told.set(other.projectId, [...(told.get(other.projectId) ?? []), linkEntry(otherId, otherSideOf(side), id, removes)]);
      // logs are taken in one order by all who take several
      for (const [scope, entries] of [...told].toSorted(([a], [b]) => (a < b ? -1 : 1))) await this.activity.append(tx, scope, actor.userId, entries);
      return ticketOf(withoutScope({ ...ticket, hasBlockers: ticket.hasBlockers || (!removes && side === 'BLOCKED_BY') }));
    });
  }

  private async demandNoRing(tx: Tx, actor: Actor, link: Link): Promise<void> {
    const edges = await rows<Pick<Link, 'fromId' | 'toId'>>(tx, EDGES, [link.toId]);
    const ring = ringClosedBy(link, edges);
    if (ring === null) return;
    const known = await rows<{ id: string; key: string }>(
      tx,
      `SELECT t.id, p.key || '-' || t.number AS key FROM ticket t JOIN project p ON p.id = t.project_id WHERE t.id = ANY ($3::uuid[]) AND t.deleted_at IS NULL AND ${READABLE_PROJECT(1)}`,
      [...readableBy(actor), ring],
    );
    const keys = new Map(known.map(({ id, key }) => [id, key]));
    const named = ring.map((id) => keys.get(id) ?? HIDDEN).filter((key, i, all) => key !== HIDDEN || all[i - 1] !== HIDDEN);
    throw new DomainError('LINK_CYCLE', { cycle: named.join(' → ') });
  }
}

const linkEntry = (id: string, side: LinkSide, otherId: string, removes: boolean): ActivityEntry => ({
  entity: 'TICKET',
  entityId: id,
  ticketId: id,
  action: 'UPDATED',
  changes: { [LINK_FIELDS[side]]: removes ? { from: otherId, to: null } : { from: null, to: otherId } },
});
