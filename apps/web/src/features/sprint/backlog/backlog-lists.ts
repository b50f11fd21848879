import type { ApolloClient } from '@apollo/client';
import { timeZone } from '../../lists/export-address.ts';
import { describeError } from '../../shell/error/describe-error.ts';
import { createSignal } from '../../shell/signal.ts';
import { TicketRowFragmentDoc, type TicketRowFragment } from '../../ticket/tickets.generated.ts';
import { BacklogWindowDocument } from '../sprints.generated.ts';

/** Where a ticket stands: the section, and the ticket it stands behind there (null: on top). */
export interface Spot {
  section: string | null;
  afterId: string | null;
}

/** The longest that were read: columns are as wide. */
export interface Longest {
  key: readonly string[];
  assignee: readonly string[];
}

/** Tickets that are read at once. */
export const PAGE = 100;

/** One section: the ids at their places, as far as they have been read; a place that was not is empty. */
export class SectionList {
  ids: (string | undefined)[] = [];
  total: number | null = null;
  error: unknown = null;
  /** Counts what was drawn by: rows draw again where it differs. */
  version = 0;
  /** The number of all is the server's, but for what was moved here since. */
  isCounted = false;
  /** Pages that are as the server has them. */
  readonly fresh = new Set<number>();
  readonly loading = new Set<number>();
  /** What is near what is seen. */
  wanted: readonly [from: number, to: number] = [0, 0];
  private readonly listeners = new Set<() => void>();

  constructor(readonly query: string) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  changed(): void {
    this.version += 1;
    for (const listener of this.listeners) listener();
  }

  /** The ticket right before a page, where that is as the server has it: the server then begins there. */
  before(page: number): string | null {
    return page > 0 && this.fresh.has(page - 1) ? (this.ids[page * PAGE - 1] ?? null) : null;
  }

  remove(id: string): boolean {
    const at = this.ids.indexOf(id);
    if (at < 0) return false;
    this.ids.splice(at, 1);
    if (this.total !== null) this.total -= 1;
    return true;
  }

  /** Behind one that has not been read it is not seen, and counts all the same. */
  insert(id: string, afterId: string | null): void {
    const at = afterId === null ? 0 : this.ids.indexOf(afterId) + 1;
    if (afterId === null || at > 0) this.ids.splice(at, 0, id);
    if (this.total !== null) this.total += 1;
  }

  /** What the server said of a page. */
  take(page: number, ids: readonly string[], total: number): void {
    const came = new Set(ids);
    const from = page * PAGE;
    for (let i = 0; i < this.ids.length; i++)
      if (this.ids[i] !== undefined && came.has(this.ids[i]!) && (i < from || i >= from + PAGE)) this.ids[i] = undefined;
    this.ids.length = Math.max(this.ids.length, from);
    for (let i = 0; i < PAGE; i++) if (from + i < total) this.ids[from + i] = ids[i];
    this.ids.length = Math.min(this.ids.length, total);
    this.total = total;
    this.fresh.add(page);
  }
}

/**
 * The sections of a backlog as they are shown, read in pages where they are looked at. What is moved stands elsewhere at once, before the server
 * has answered; what had been asked for before is then asked for again.
 */
export class BacklogLists {
  private readonly sections = new Map<string | null, SectionList>();
  /** Rises with each change that is made here: an answer to what was asked before it is old. */
  private generation = 0;

  constructor(
    private readonly client: ApolloClient,
    private readonly projectId: string,
  ) {}

  readonly longest = createSignal<Longest>({ key: [], assignee: [] });

  /** The same list while the section is shown. */
  open(section: string | null, query: string): SectionList {
    let list = this.sections.get(section);
    if (list?.query !== query) this.sections.set(section, (list = new SectionList(query)));
    return list;
  }

  list(section: string | null): SectionList | undefined {
    return this.sections.get(section);
  }

  /** Only these are shown now. */
  keep(sections: readonly (string | null)[]): void {
    for (const section of this.sections.keys()) if (!sections.includes(section)) this.sections.delete(section);
  }

  /** Reads what is looked at of a section and has not been read. */
  want(list: SectionList, from: number, to: number): void {
    list.wanted = [from, to];
    if (to <= from && list.total !== null) return;
    const last = list.total === null ? 0 : Math.floor((Math.min(to, list.total) - 1) / PAGE);
    for (let page = Math.floor(from / PAGE); page <= last; page++) if (!list.fresh.has(page) && !list.loading.has(page)) void this.load(list, page);
  }

  /** Tries again what failed. */
  retry(list: SectionList): void {
    list.error = null;
    list.changed();
    this.want(list, ...list.wanted);
  }

  async load(list: SectionList, page: number): Promise<void> {
    list.loading.add(page);
    const asked = this.generation;
    const afterId = list.before(page);
    try {
      const variables = {
        ...{ id: this.projectId, query: list.query, timeZone: timeZone(), offset: page * PAGE, first: PAGE },
        afterId,
        counts: !list.isCounted,
      };
      const { data } = await this.client.query({ query: BacklogWindowDocument, variables, fetchPolicy: 'no-cache' });
      const found = data?.project?.backlogWindow;
      list.loading.delete(page);
      if (!found) return;
      if (asked !== this.generation) return this.want(list, ...list.wanted);
      this.write(found.nodes);
      list.take(
        page,
        found.nodes.map(({ id }) => id),
        found.total ?? list.total ?? found.nodes.length,
      );
      list.isCounted = true;
      list.error = null;
    } catch (error) {
      list.loading.delete(page);
      // the one that stood before it is gone: it is found by its place
      if (afterId !== null && describeError(error).code === 'NEIGHBOUR_GONE') {
        list.fresh.delete(page - 1);
        return this.load(list, page);
      }
      list.error = error;
    }
    list.changed();
  }

  /** What is looked at is read again; what is not, once it is. */
  async renew(): Promise<void> {
    await Promise.all(
      [...this.sections.values()].map(async (list) => {
        list.fresh.clear();
        list.isCounted = false;
        if (list.total === null) return;
        const [from, to] = list.wanted;
        const pages = new Set([Math.floor(from / PAGE), Math.floor(Math.max(from, Math.min(to, list.total) - 1) / PAGE)]);
        await Promise.all([...pages].map((page) => this.load(list, page)));
      }),
    );
  }

  sectionOf(id: string): string | null | undefined {
    for (const [section, { ids }] of this.sections) if (ids.includes(id)) return section;
    return undefined;
  }

  /** In the order of the page. */
  inOrder(ids: ReadonlySet<string>): string[] {
    return [...this.sections.values()].flatMap((list) => list.ids.filter((id) => id !== undefined && ids.has(id)) as string[]);
  }

  spotOf(id: string): Spot | null {
    const section = this.sectionOf(id);
    if (section === undefined) return null;
    const { ids } = this.sections.get(section)!;
    const at = ids.indexOf(id);
    return { section, afterId: ids[at - 1] ?? null };
  }

  /** The last of a section that is not among these. */
  async lastOf(section: string | null, but: ReadonlySet<string>): Promise<string | null> {
    const list = this.sections.get(section);
    if (!list) return null;
    if (list.total === null) await this.load(list, 0);
    for (let page = Math.floor(((list.total ?? 0) - 1) / PAGE); page >= 0; page--) {
      if (!list.fresh.has(page)) await this.load(list, page);
      const last = list.ids.slice(page * PAGE, (page + 1) * PAGE).findLast((id) => id !== undefined && !but.has(id));
      if (last !== undefined) return last;
    }
    return null;
  }

  read(id: string): TicketRowFragment | null {
    return this.client.cache.readFragment({
      id: this.client.cache.identify({ __typename: 'Ticket', id }),
      fragment: TicketRowFragmentDoc,
      fragmentName: 'TicketRow',
    });
  }

  /** Puts tickets where they are wanted, one after the other, as if the server had said so. */
  put(places: readonly { id: string; to: Spot }[]): void {
    this.generation += 1;
    const touched = new Set<SectionList>();
    for (const { id, to } of places) {
      for (const list of this.sections.values()) if (list.remove(id)) touched.add(list);
      const target = this.sections.get(to.section);
      target?.insert(id, to.afterId);
      if (target) touched.add(target);
    }
    for (const list of touched) {
      // what lies behind has moved by some places: what is looked at is as it was put, the rest is read again when it is seen
      list.fresh.clear();
      const [from, to] = list.wanted;
      for (let page = Math.floor(from / PAGE); page * PAGE < to; page++) {
        const ids = list.ids.slice(page * PAGE, Math.min((page + 1) * PAGE, list.total ?? 0));
        if (ids.length > 0 && !ids.includes(undefined)) list.fresh.add(page);
      }
      list.changed();
    }
  }

  private write(nodes: readonly TicketRowFragment[]): void {
    const known = this.longest.get();
    const key = longestOf([...known.key, ...nodes.map((node) => node.key)], 1);
    const assignee = longestOf([...known.assignee, ...nodes.map((node) => node.assignee?.name ?? '')]);
    if (key.join() !== known.key.join() || assignee.join() !== known.assignee.join()) this.longest.set({ key, assignee });
    this.client.cache.batch({
      update: (cache) => {
        for (const data of nodes) cache.writeFragment({ id: cache.identify(data as never), fragment: TicketRowFragmentDoc, fragmentName: 'TicketRow', data });
      },
    });
  }
}

/** Some of the longest of these: letters are not all as wide. */
export const longestOf = (texts: readonly string[], count = 5): string[] =>
  [...new Set(texts)].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1)).slice(0, count);
