import type { BacklogGroup } from '@trainyard/domain';
import type { ManyDone, ManyOutcome, ManyWish, TicketChanges } from '../../ticket/many/ticket-changes.ts';
import type { BacklogLists, Spot } from './backlog-lists.ts';

/** Where tickets go: behind one of a section, or to one of its ends. */
export type Target = Spot | { section: string | null; end: 'TOP' | 'BOTTOM' };

/** Moves tickets within a backlog: shown at once, sent in order, put back where the server refuses. */
export class BacklogMoves {
  /** Moves go out one after the other: a later one may name a ticket that an earlier one has just moved. */
  private last: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly by: BacklogGroup,
    private readonly lists: BacklogLists,
    private readonly changes: TicketChanges,
    /** Reads what the sections show again, and what they come to. */
    private readonly renew: (isAll: boolean) => Promise<unknown>,
  ) {}

  /** @param ids in the order of the page; null: there was nothing to move */
  async move(ids: readonly string[], target: Target): Promise<ManyDone | null> {
    const before = new Map(ids.flatMap((id) => (this.lists.spotOf(id) ? [[id, this.lists.spotOf(id)!] as const] : [])));
    const moving = ids.filter((id) => before.has(id));
    const afterId = 'end' in target ? await this.endOf(target, moving) : target.afterId;
    const { section } = target;
    if (moving.length === 0 || (moving.length === 1 && before.get(moving[0]!)?.section === section && isThere(moving, afterId, before))) return null;
    const places = moving.map((id, i) => ({ id, to: { section, afterId: moving[i - 1] ?? afterId } }));
    this.lists.put(places);
    const concerned = new Set(moving.filter((id) => before.get(id)!.section !== section));
    const sent = this.last.then(() => this.changes.do(moving, concerned.size > 0 ? this.joining(section) : null, { afterId, concerned }));
    this.last = sent.catch(() => undefined);
    let done: ManyDone;
    try {
      done = await sent;
    } catch (error) {
      this.lists.put(inOrderOfBefore(moving, before).map((id) => ({ id, to: before.get(id)! })));
      await this.renew(true);
      throw error;
    }
    const { outcome, takeBack } = done;
    // they are moved: what cannot be read again says so where it stands
    await this.renew(outcome.refused.length > 0).catch(() => undefined);
    return { outcome, takeBack: () => this.back(moving, before, takeBack) };
  }

  /** The server leaves what somebody planned, changed or ranked since, and names it. */
  private async back(moved: readonly string[], before: ReadonlyMap<string, Spot>, takeBack: ManyDone['takeBack']): Promise<ManyOutcome> {
    // each behind the one it stood behind: that one is back already, or did not move
    this.lists.put(inOrderOfBefore(moved, before).map((id) => ({ id, to: before.get(id)! })));
    const sent = this.last.then(takeBack);
    this.last = sent.catch(() => undefined);
    try {
      return await sent;
    } finally {
      await this.renew(true);
    }
  }

  /** What makes them tickets of that section. */
  private joining(key: string | null): ManyWish {
    if (this.by === 'ASSIGNEE') return { kind: 'ASSIGN', assigneeId: key };
    if (this.by === 'EPIC') return { kind: 'PARENT', parentId: key };
    return { kind: 'PLAN', sprintId: key };
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
