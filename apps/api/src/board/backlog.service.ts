import { Injectable } from '@nestjs/common';
import { hasRoomBetween, ranksBetween, type Actor } from '@trainyard/domain';
import { demandProject } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { lockProject, setLastBacklogRank } from '../project/project.rows.ts';
import { lockTickets, withoutScope } from '../ticket/locked-ticket.ts';
import { ticketOf } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { rankBacklog } from '../ticket/ticket.writes.ts';
import { ZERO } from './placement.ts';

/** Tickets that are placed at once. */
export const RANKED_AT_ONCE = 1_000;

interface Neighbour {
  id: string;
  rank: string;
}

/** The order of a project's tickets, wherever they lie: what is next. */
@Injectable()
export class BacklogService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  /**
   * Puts tickets behind another (null: to the top), in the order in which they are named.
   * @param after several: each behind its own, one after the other, which may be one that came before it
   */
  async rank(actor: Actor, ids: readonly string[], after: string | null | readonly (string | null)[]): Promise<TicketType[]> {
    const moving = [...new Set(ids)];
    if (moving.length === 0) throw new DomainError('BAD_INPUT', { field: 'ids', reason: 'EMPTY' });
    if (moving.length > RANKED_AT_ONCE) throw new DomainError('BAD_INPUT', { field: 'ids', reason: 'TOO_MANY_AT_ONCE', max: RANKED_AT_ONCE });
    const runs = typeof after === 'object' && after !== null ? runsOf(ids, after) : [{ ids: moving, afterId: after }];
    if (runs.some((run) => run.afterId !== null && run.ids.includes(run.afterId))) throw new DomainError('NEIGHBOUR_GONE');
    return this.database.transaction(async (tx) => {
      const of = await row<{ projectId: string }>(tx, 'SELECT project_id AS "projectId" FROM ticket WHERE id = $1', [moving[0]]);
      // the order of a project is decided by one at a time
      const project = of && (await lockProject(tx, of.projectId));
      const projectId = of?.projectId ?? '';
      demandProject(actor, 'ticket.write', project);
      const locked = await lockTickets(tx, moving);
      const tickets = moving.map((id) => {
        const found = locked.get(id);
        if (!found || found.deleted || found.projectId !== projectId) throw new DomainError('NOT_FOUND');
        return ticketOf(withoutScope(found));
      });
      const before = await ranksOf(tx, moving);
      for (const run of runs) await placeInBacklog(tx, projectId, run);
      const now = await ranksOf(tx, moving);
      const changed = moving.filter((id) => before.get(id) !== now.get(id));
      if (changed.length > 0)
        await this.activity.append(
          tx,
          projectId,
          actor.userId,
          changed.map((id) => ({
            entity: 'TICKET',
            entityId: id,
            ticketId: id,
            action: 'UPDATED',
            changes: { backlogRank: { from: before.get(id) ?? null, to: now.get(id) ?? null } },
          })),
        );
      return tickets;
    });
  }
}

/** Tickets that come to lie behind one, in their order. */
export interface Run {
  ids: string[];
  afterId: string | null;
}

/** Puts tickets behind one (null: to the top). The project and the tickets are locked. */
export async function placeInBacklog(tx: Tx, projectId: string, { ids, afterId }: Run): Promise<void> {
  if (ids.length === 0) return;
  let gap = await gapBehind(tx, projectId, afterId, ids);
  if (!hasRoomBetween(gap.after, gap.next)) {
    await rankAnew(tx, projectId);
    gap = await gapBehind(tx, projectId, afterId, ids);
  }
  const ranks = ranksBetween(gap.after, gap.next, ids.length);
  await tx.query(...rankBacklog(ids, ranks));
  if (gap.next === null) await tx.query(...setLastBacklogRank(projectId, ranks.at(-1)!));
}

/** Each behind its own: those that follow one another are placed together. */
function runsOf(ids: readonly string[], after: readonly (string | null)[]): Run[] {
  if (after.length !== ids.length || new Set(ids).size < ids.length) throw new DomainError('BAD_INPUT', { field: 'afterIds', reason: 'COUNT' });
  const runs: Run[] = [];
  ids.forEach((id, i) => {
    const run = runs.at(-1);
    if (run && after[i] !== null && run.ids.at(-1) === after[i]) run.ids.push(id);
    else runs.push({ ids: [id], afterId: after[i] ?? null });
  });
  return runs;
}

export async function ranksOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<Neighbour>(tx, 'SELECT id, backlog_rank AS rank FROM ticket WHERE id = ANY ($1::uuid[])', [ids]);
  return new Map(found.map(({ id, rank }) => [id, rank]));
}

/** The ranks between which they come; null: there is nothing before, or behind. */
async function gapBehind(tx: Tx, projectId: string, afterId: string | null, moving: readonly string[]): Promise<{ after: string | null; next: string | null }> {
  const after =
    afterId === null
      ? null
      : await row<Neighbour>(tx, 'SELECT id, backlog_rank AS rank FROM ticket WHERE id = $1 AND project_id = $2 AND deleted_at IS NULL', [afterId, projectId]);
  if (afterId !== null && !after) throw new DomainError('NEIGHBOUR_GONE');
  const next = await row<Neighbour>(
    tx,
    /* sql */ `SELECT id, backlog_rank AS rank FROM ticket
      WHERE project_id = $1 AND deleted_at IS NULL AND id <> ALL ($4::uuid[]) AND (backlog_rank, id) > ($2 COLLATE "C", $3::uuid)
      ORDER BY backlog_rank, id LIMIT 1`,
    [projectId, after?.rank ?? '', after?.id ?? ZERO, moving],
  );
  return { after: after?.rank ?? null, next: next?.rank ?? null };
}

/** Short ranks for all tickets of a project, in the same order: no rank fits where one is wanted. */
async function rankAnew(tx: Tx, projectId: string): Promise<void> {
  const all = await rows<{ id: string }>(tx, 'SELECT id FROM ticket WHERE project_id = $1 ORDER BY backlog_rank, id FOR NO KEY UPDATE', [projectId]);
  const ranks = ranksBetween(null, null, all.length);
  await tx.query(
    ...rankBacklog(
      all.map(({ id }) => id),
      ranks,
    ),
  );
  await tx.query(...setLastBacklogRank(projectId, ranks.at(-1)!));
}
