// What a change of many does to sprints and to the order of the backlog. All is held, and what is refused for its own sake is.

import { DomainError } from '../platform/domain-error.ts';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import type { Tx } from '../platform/sql/database.ts';
import { rankIn, ranksOf } from './backlog-places.ts';
import type { Changing, Held } from './change-places.ts';
import { entriesOf, writePlaces, type Change } from './many-places.ts';
import type { Refusals } from './refusals.ts';
import type { HeldColumn } from './placement.ts';
import { comeTo, comingOnto, type HeldSprint } from './sprint-places.ts';

/** The columns of the board of a sprint that runs, else none. */
const columnsThere = ({ columns, joined }: Held, sprint: HeldSprint | null): HeldColumn[] =>
  sprint?.state === 'RUNNING' ? joined.flatMap((id) => columns.get(id) ?? []).filter(({ boardId }) => boardId === sprint.boardId) : [];

/** The column it comes to as it comes to a sprint that runs; null: to none. */
export function columnPlanned({ change, ticket }: Changing, held: Held): string | null {
  const sprint = change.sprint?.sprintId == null || change.place ? null : (held.sprints.get(change.sprint.sprintId) ?? null);
  return sprint ? (comingOnto([ticket], sprint, columnsThere(held, sprint))[0]?.column.id ?? null) : null;
}

/** Those that come to a sprint, or to none, and are put nowhere. */
export async function planIn(tx: Tx, changing: readonly Changing[], held: Held): Promise<ActivityEntry[]> {
  const { sprints, refusals } = held;
  const planned = changing.filter(({ change, ticket }) => change.sprint && !change.place && !refusals.has(ticket.id));
  const changes: Change[] = [];
  for (const [sprintId, those] of Map.groupBy(planned, ({ change }) => change.sprint!.sprintId ?? null)) {
    const sprint = sprintId === null ? null : sprints.get(sprintId)!;
    const tickets = those.map(({ ticket }) => ticket);
    changes.push(...(await comeTo(tx, tickets, sprint, columnsThere(held, sprint))));
  }
  await writePlaces(tx, changes);
  return entriesOf(changes);
}

/** Those that were seen elsewhere in the backlog are left. */
export async function checkRanks(tx: Tx, changing: readonly Changing[], refusals: Refusals): Promise<void> {
  const seen = changing.filter(({ change }) => change.backlog?.seenRank != null);
  if (seen.length === 0) return;
  const ranks = await ranksOf(
    tx,
    seen.map(({ ticket }) => ticket.id),
  );
  for (const { ticket, change } of seen)
    if (ranks.get(ticket.id) !== change.backlog!.seenRank) refusals.refuse(ticket.id, new DomainError('CONFLICT', { reason: 'RANKED' }));
}

/** Those that come to stand elsewhere in the backlog, each with what the log says of it. */
export async function rankAll(tx: Tx, changing: readonly Changing[], refusals: Refusals): Promise<Map<string, ActivityEntry>> {
  const told = new Map<string, ActivityEntry>();
  const ranked = changing.filter(({ change, ticket }) => change.backlog && !refusals.has(ticket.id));
  for (const [projectId, those] of Map.groupBy(ranked, ({ ticket }) => ticket.projectId)) {
    const wanted = those.map(({ ticket, change }) => ({ id: ticket.id, to: change.backlog! }));
    for (const [id, entry] of await rankIn(tx, projectId, wanted, (one) => refusals.missing(one, 'backlog'))) told.set(id, entry);
  }
  return told;
}
