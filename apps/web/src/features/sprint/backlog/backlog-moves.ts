import type { ApolloClient } from '@apollo/client';
import type { BacklogGroup } from '@trainyard/domain';
import type { ManyDone, ManyOutcome, TicketChanges } from '../../ticket/many/ticket-changes.ts';
import { PlannedFragmentDoc, PlanTicketsDocument, RankTicketsDocument } from '../sprints.generated.ts';
import type { BacklogLists, Spot } from './backlog-lists.ts';

/** What was done, and what takes it back. */
export interface BacklogStep {
  moved: readonly string[];
  outcome: ManyOutcome | null;
  takeBack: () => Promise<ManyOutcome | null>;
}

/** Where tickets go: behind one of a section, or to one of its ends. */
export type Target = Spot | { section: string | null; end: 'TOP' | 'BOTTOM' };

/** Moves tickets within a backlog: shown at once, sent in order, put back where the server refuses. */
export class BacklogMoves {
  /** Moves go out one after the other: a later one may name a ticket that an earlier one has just moved. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly client: ApolloClient,
    private readonly by: BacklogGroup,
    private readonly lists: BacklogLists,
    private readonly changes: TicketChanges,
    /** Reads what the sections show again, and what they come to. */
    private readonly renew: (isAll: boolean) => Promise<unknown>,
  ) {}

  /** @param ids in the order of the page; null: there was nothing to move */
  async move(ids: readonly string[], target: Target): Promise<BacklogStep | null> {
    const before = new Map(ids.flatMap((id) => (this.lists.spotOf(id) ? [[id, this.lists.spotOf(id)!] as const] : [])));
    const moving = ids.filter((id) => before.has(id));
    const afterId = 'end' in target ? await this.endOf(target, moving) : target.afterId;
    const { section } = target;
    if (moving.length === 0 || (moving.length === 1 && before.get(moving[0]!)?.section === section && isThere(moving, afterId, before))) return null;
    const places = moving.map((id, i) => ({ id, to: { section, afterId: moving[i - 1] ?? afterId } }));
    this.lists.put(places);
    const sent = this.last.then(async () => {
      const coming = moving.filter((id) => before.get(id)!.section !== section);
      const joined = coming.length > 0 ? await this.join(coming, section) : null;
      await this.client.mutate({ mutation: RankTicketsDocument, variables: { ids: moving, afterId } });
      return joined;
    });
    this.last = sent.catch(() => undefined);
    try {
      const joined = await sent;
      await this.renew((joined?.outcome.refused.length ?? 0) > 0);
      return { moved: moving, outcome: joined?.outcome ?? null, takeBack: () => this.back(moving, before, section, joined) };
    } catch (error) {
      this.lists.put(inOrderOfBefore(moving, before).map((id) => ({ id, to: before.get(id)! })));
      await this.renew(true);
      throw error;
    }
  }

  /** What made them tickets of the section is taken back as it was done: what somebody changed meanwhile stays. */
  private async back(
    moved: readonly string[],
    before: ReadonlyMap<string, Spot>,
    section: string | null,
    joined: ManyDone | null,
  ): Promise<ManyOutcome | null> {
    // each behind the one it stood behind: that one is back already, or did not move
    const order = inOrderOfBefore(moved, before);
    this.lists.put(order.map((id) => ({ id, to: before.get(id)! })));
    const sent = this.last.then(async () => {
      const outcome = joined ? await joined.takeBack() : null;
      if (this.by === 'SPRINT')
        for (const [from, those] of Map.groupBy(order, (id) => before.get(id)!.section))
          if (from !== section) await this.plan(this.stillIn(those, section), from);
      const [ids, afterIds] = [order, order.map((id) => before.get(id)!.afterId)];
      await this.client.mutate({ mutation: RankTicketsDocument, variables: { ids, afterIds } });
      return outcome;
    });
    this.last = sent.catch(() => undefined);
    try {
      return await sent;
    } finally {
      await this.renew(true);
    }
  }

  /** What makes them tickets of that section; null: it has no answer for each. */
  private async join(ids: readonly string[], key: string | null): Promise<ManyDone | null> {
    if (this.by === 'ASSIGNEE') return this.changes.do(ids, { kind: 'ASSIGN', assigneeId: key });
    if (this.by === 'EPIC') return this.changes.do(ids, { kind: 'PARENT', parentId: key });
    await this.plan(ids, key);
    return null;
  }

  private async plan(ids: readonly string[], sprintId: string | null): Promise<void> {
    if (ids.length > 0) await this.client.mutate({ mutation: PlanTicketsDocument, variables: { ids: [...ids], sprintId } });
  }

  /** Those that nobody has planned otherwise since, as far as is known here. */
  private stillIn(ids: readonly string[], sprintId: string | null): string[] {
    return ids.filter((id) => {
      const known = this.client.cache.readFragment({
        id: this.client.cache.identify({ __typename: 'Ticket', id }),
        fragment: PlannedFragmentDoc,
        fragmentName: 'Planned',
      });
      return known === null || known.sprintId === sprintId;
    });
  }

  /** The ticket behind which they come to stand at an end of a section. */
  private async endOf({ section, end }: { section: string | null; end: 'TOP' | 'BOTTOM' }, moving: readonly string[]): Promise<string | null> {
    return end === 'TOP' ? null : this.lists.lastOf(section, new Set(moving));
  }
}

/** Whether the only one that moves stands there already. */
const isThere = ([id]: readonly string[], afterId: string | null, before: ReadonlyMap<string, Spot>): boolean =>
  afterId === id || before.get(id!)?.afterId === afterId;

/** Those that stood behind another of them come after it. */
export function inOrderOfBefore(ids: readonly string[], before: ReadonlyMap<string, Spot>): string[] {
  const order: string[] = [];
  const placed = new Set<string>();
  const place = (id: string): void => {
    if (placed.has(id)) return;
    placed.add(id);
    const after = before.get(id)?.afterId ?? null;
    if (after !== null && ids.includes(after)) place(after);
    order.push(id);
  };
  for (const id of ids) place(id);
  return order;
}
