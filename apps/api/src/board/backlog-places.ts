// The order of a project's tickets, wherever they lie: what is next. It is decided by one at a time: the project is locked before the tickets.

import { changesBetween, hasRoomBetween, isRank, ranksBetween } from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import { lockProject, raiseLastBacklogRank, setLastBacklogRank } from '../project/project.rows.ts';
import { rankBacklog } from '../ticket/ticket.writes.ts';
import type { TicketBacklogInput } from './change-tickets.types.ts';
import { ZERO } from './placement.ts';
import { stretchAround, type Ranked } from './stretch.ts';

/** Locks the projects of tickets, in one order. */
export async function holdBacklogsOf(tx: Tx, ticketIds: readonly string[]): Promise<void> {
  if (ticketIds.length === 0) return;
  const found = await rows<{ id: string }>(tx, 'SELECT DISTINCT project_id AS id FROM ticket WHERE id = ANY ($1::uuid[]) ORDER BY 1', [ticketIds]);
  for (const { id } of found) await lockProject(tx, id);
}

/** A ticket of a backlog, and where it is wanted. */
export interface Wanted {
  id: string;
  to: TicketBacklogInput;
}

/** What is wrong with a place before it is known what lies there. */
export function checkBacklogPlace({ rank }: TicketBacklogInput): void {
  if (rank != null && !isRank(rank)) throw new DomainError('BAD_INPUT', { field: 'rank', reason: 'FORMAT' });
}

/**
 * Puts tickets of one project where they are wanted, one after the other: behind others, or back to where their ranks belong. Answers what the log
 * says of each that stands elsewhere then.
 * @param instead the ticket that a refused one was to come behind: who was to follow it follows that; undefined: it is not refused
 */
export async function rankIn(
  tx: Tx,
  projectId: string,
  wanted: readonly Wanted[],
  instead: (id: string) => string | null | undefined,
): Promise<Map<string, ActivityEntry>> {
  const ids = wanted.map(({ id }) => id);
  const before = await ranksOf(tx, ids);
  const behind = wanted.filter(({ to }) => to.rank == null).map(({ id, to }) => ({ id, afterId: neighbourOf(to.afterId ?? null, instead) }));
  for (const run of runsOf(behind)) await placeInBacklog(tx, projectId, run);
  await bringBack(
    tx,
    projectId,
    wanted.flatMap(({ id, to }) => (to.rank == null ? [] : { id, rank: to.rank })),
  );
  const now = await ranksOf(tx, ids);
  return new Map(
    ids.flatMap((id): [string, ActivityEntry][] => {
      const changes = changesBetween({ backlogRank: before.get(id) ?? null }, { backlogRank: now.get(id) ?? null });
      return Object.keys(changes).length === 0 ? [] : [[id, { entity: 'TICKET', entityId: id, ticketId: id, action: 'UPDATED', changes }]];
    }),
  );
}

function neighbourOf(afterId: string | null, instead: (id: string) => string | null | undefined): string | null {
  const seen = new Set<string>();
  let at = afterId;
  while (at !== null && !seen.has(at)) {
    const next = instead(at);
    if (next === undefined) break;
    seen.add(at);
    at = next;
  }
  return at;
}

/** Each to its rank, so that several lie among each other as before; where another has it now, behind that one. */
async function bringBack(tx: Tx, projectId: string, coming: readonly Ranked[]): Promise<void> {
  if (coming.length === 0) return;
  const taken = await rows<Ranked>(
    tx,
    'SELECT id, backlog_rank AS rank FROM ticket WHERE project_id = $1 AND backlog_rank = ANY ($2::text[]) AND id <> ALL ($3::uuid[]) AND deleted_at IS NULL',
    [projectId, coming.map(({ rank }) => rank), coming.map(({ id }) => id)],
  );
  const holder = new Map(taken.map(({ id, rank }) => [rank, id]));
  const free = coming.filter(({ rank }) => !holder.has(rank));
  const ranks = free.map(({ rank }) => rank);
  await tx.query(
    ...rankBacklog(
      free.map(({ id }) => id),
      ranks,
    ),
  );
  const last = ranks.toSorted().at(-1);
  if (last !== undefined) await tx.query(...raiseLastBacklogRank(projectId, last));
  for (const { id, rank } of coming) if (holder.has(rank)) await placeInBacklog(tx, projectId, { ids: [id], afterId: holder.get(rank)! });
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
  if (!hasRoomBetween(gap.after, gap.next, ids.length)) {
    await evenOut(tx, projectId, afterId);
    gap = await gapBehind(tx, projectId, afterId, ids);
  }
  const ranks = ranksBetween(gap.after, gap.next, ids.length);
  await tx.query(...rankBacklog(ids, ranks));
  if (gap.next === null) await tx.query(...setLastBacklogRank(projectId, ranks.at(-1)!));
}

/** Each behind its own: those that follow one another are placed together. */
function runsOf(wanted: readonly { id: string; afterId: string | null }[]): Run[] {
  const runs: Run[] = [];
  for (const { id, afterId } of wanted) {
    if (id === afterId) throw new DomainError('NEIGHBOUR_GONE');
    const run = runs.at(-1);
    if (run && afterId !== null && run.ids.at(-1) === afterId) run.ids.push(id);
    else runs.push({ ids: [id], afterId });
  }
  if (runs.some(({ ids, afterId }) => afterId !== null && ids.includes(afterId))) throw new DomainError('NEIGHBOUR_GONE');
  return runs;
}

/** A ticket that was deleted stands again where it stood, maybe behind all that came since. Its project is locked. */
export async function standAgain(tx: Tx, projectId: string, id: string): Promise<void> {
  const rank = (await ranksOf(tx, [id])).get(id);
  if (rank !== undefined) await tx.query(...raiseLastBacklogRank(projectId, rank));
}

export async function ranksOf(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const found = await rows<Ranked>(tx, 'SELECT id, backlog_rank AS rank FROM ticket WHERE id = ANY ($1::uuid[])', [ids]);
  return new Map(found.map(({ id, rank }) => [id, rank]));
}

/** Where a ticket stands. @throws DomainError NEIGHBOUR_GONE where it does not any more */
export async function standingAt(tx: Tx, projectId: string, id: string): Promise<Ranked> {
  const found = await row<Ranked>(tx, 'SELECT id, backlog_rank AS rank FROM ticket WHERE id = $1 AND project_id = $2 AND deleted_at IS NULL', [id, projectId]);
  if (!found) throw new DomainError('NEIGHBOUR_GONE');
  return found;
}

/** The ranks between which they come; null: there is nothing before, or behind. */
async function gapBehind(tx: Tx, projectId: string, afterId: string | null, moving: readonly string[]): Promise<{ after: string | null; next: string | null }> {
  const after = afterId === null ? null : await standingAt(tx, projectId, afterId);
  const next = await row<Ranked>(
    tx,
    /* sql */ `SELECT id, backlog_rank AS rank FROM ticket
      WHERE project_id = $1 AND deleted_at IS NULL AND id <> ALL ($4::uuid[]) AND (backlog_rank, id) > ($2 COLLATE "C", $3::uuid)
      ORDER BY backlog_rank, id LIMIT 1`,
    [projectId, after?.rank ?? '', after?.id ?? ZERO, moving],
  );
  return { after: after?.rank ?? null, next: next?.rank ?? null };
}

/** Short ranks for those around a place, in the same order: no rank fits where one is wanted. Nobody else ranks them, since the project is locked. */
async function evenOut(tx: Tx, projectId: string, afterId: string | null): Promise<void> {
  const after = afterId === null ? null : await standingAt(tx, projectId, afterId);
  const { ids, ranks, isLast } = await stretchAround((side, count) => {
    const [than, order] = side === 'BEFORE' ? ['<=', 'DESC'] : ['>', 'ASC'];
    return rows<Ranked>(
      tx,
      /* sql */ `SELECT id, backlog_rank AS rank FROM ticket WHERE project_id = $1 AND deleted_at IS NULL AND (backlog_rank, id) ${than} ($2 COLLATE "C", $3::uuid)
        ORDER BY backlog_rank ${order}, id ${order} LIMIT $4`,
      [projectId, after?.rank ?? '', after?.id ?? ZERO, count],
    );
  });
  await tx.query('SELECT FROM ticket WHERE id = ANY ($1::uuid[]) ORDER BY id FOR NO KEY UPDATE', [ids]);
  await tx.query(...rankBacklog(ids, ranks));
  if (isLast) await tx.query(...setLastBacklogRank(projectId, ranks.at(-1)!));
}
