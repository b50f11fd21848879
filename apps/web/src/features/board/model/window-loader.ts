import { holesWithin } from '@trainyard/domain';
import type { Asked, BoardModel } from './board-model.ts';
import type { ReadPage } from './logged-column.ts';
import { LANE_PAGE } from './rows.ts';

/** Cards [offset, offset + limit) of a column, their bodies written to the cache. */
export type ReadWindow = (columnId: string, offset: number, limit: number) => Promise<ReadPage | null>;

/**
 * `page`: rows a request brings at least; more are noticed when they are written while the column scrolls. `inFlight`: requests at a time.
 * `ahead`: cards asked for beyond what is in view, on either side.
 */
interface Paging {
  page: number;
  inFlight: number;
  ahead: number;
}
const OF_COLUMNS: Paging = { page: 25, inFlight: 4, ahead: 5 };
/** Cells of a lane are small and come together (CellReader). */
const OF_LANES: Paging = { page: LANE_PAGE, inFlight: 24, ahead: 2 };
const PAGE_AT_MOST = 100;
const AGAIN_AFTER_MS = 1000;
const ENSURED_WITHIN_MS = 2000;
const LATE_AFTER_MS = 400;

/** Rows [from, to) of a column. */
interface Rows {
  from: number;
  to: number;
}
interface Wanted extends Rows {
  /** The latest wish is served first. */
  at: number;
}

/** Loads what columns show and do not have: a few requests at a time, the place looked at last first. */
export class WindowLoader {
  private readonly wanted = new Map<string, Wanted>();
  private readonly inFlight: { columnId: string; offset: number; limit: number; asked: Asked | null }[] = [];
  private clock = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private late: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(
    private readonly model: BoardModel,
    private readonly read: ReadWindow,
    /** A page was read ahead of the events that have arrived, and they are late. */
    private readonly onLate: () => void,
  ) {}

  /** Rows [from, to) of a column are in view. */
  want(columnId: string, from: number, to: number): void {
    const known = this.wanted.get(columnId);
    if (known?.from === from && known.to === to) return;
    this.wanted.set(columnId, { from, to, at: ++this.clock });
    this.pump();
  }

  /** A cell is no longer on screen. */
  leave(columnId: string): void {
    this.wanted.delete(columnId);
  }

  isInView(columnId: string): boolean {
    return this.wanted.has(columnId);
  }

  /** What is in view, and the rows `also`, beyond the first `first` rows of their columns: what reading a board again brings besides these. */
  beyond(first: number, also: readonly { columnId: string; index: number }[]): { columnId: string; offset: number; limit: number }[] {
    const inView = [...this.wanted].map(([columnId, { from, to }]) => ({ columnId, from, to }));
    const others = also.filter(({ columnId, index }) => !inView.some((rows) => rows.columnId === columnId && rows.from <= index && index < rows.to));
    return [...inView, ...others.map(({ columnId, index }) => ({ columnId, from: index, to: index + 1 }))]
      .filter(({ columnId, to }) => Math.min(to, this.model.view(columnId).total) > first)
      .map(({ columnId, ...rows }) => ({ columnId, ...pageFor(rows, rows, this.paging()) }));
  }

  /** Loads the row at `index` where it is not there, with a page of those `towards` (1: below) it; resolves when it is, or when it cannot be had. */
  async ensure(columnId: string, index: number, towards: 1 | -1 = -1): Promise<void> {
    if (!this.isHole(columnId, index, index + 1)) return;
    const rows = this.paging().page;
    const page = await this.read(columnId, towards > 0 ? index : Math.max(0, index - rows + 1), rows);
    if (!page || !this.model.addPage(columnId, page)) return;
    this.onLate();
    await new Promise<void>((resolve) => {
      const stop = this.model.subscribeAll(() => {
        if (this.isHole(columnId, index, index + 1)) return;
        stop();
        resolve();
      });
      setTimeout(() => {
        stop();
        resolve();
      }, ENSURED_WITHIN_MS);
    });
  }

  /** Loads the rows a card put at `index` would stand between. From below: the page that ends there mostly has the rows above. */
  async ensureAround(columnId: string, index: number): Promise<void> {
    for (const row of [index + 1, index, index - 1]) await this.ensure(columnId, Math.max(0, Math.min(row, this.model.view(columnId).total - 1)));
  }

  /** Call after the order changed: holes may have moved into view, or a column may have been lost. */
  pump(): void {
    if (this.stopped) return;
    const queue = [...this.wanted].sort(([, a], [, b]) => b.at - a.at);
    for (const [columnId, { from, to }] of queue) {
      if (this.inFlight.length >= this.paging().inFlight) return;
      const lost = this.model.isLost(columnId);
      const missing = lost ? { from, to } : this.model.isWaiting(columnId) ? null : this.missing(columnId, from, to);
      if (!missing) continue;
      if (
        this.inFlight.some(
          (one) => one.asked === this.model.asked && one.columnId === columnId && one.offset <= missing.from && missing.to <= one.offset + one.limit,
        )
      )
        continue;
      void this.load({ columnId, ...pageFor(missing, { from, to }, this.paging()) });
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.retry);
    clearTimeout(this.late);
  }

  /** From the first of the rows [from, to) that is not there to behind the last; null when all are. */
  private missing(columnId: string, from: number, to: number): Rows | null {
    const holes = holesWithin(this.model.view(columnId), from, to, this.paging().page);
    const [first, last] = [holes[0], holes.at(-1)];
    return first && last ? { from: first.offset, to: last.offset + last.limit } : null;
  }

  private paging(): Paging {
    return this.model.asked?.by ? OF_LANES : OF_COLUMNS;
  }

  private isHole(columnId: string, from: number, to: number): boolean {
    return this.missing(columnId, from, to) !== null;
  }

  private async load({ columnId, offset, limit }: { columnId: string; offset: number; limit: number }): Promise<void> {
    const { asked } = this.model;
    const page = { columnId, offset, limit, asked };
    this.inFlight.push(page);
    const helped = await this.take(page).catch(() => false);
    this.inFlight.splice(this.inFlight.indexOf(page), 1);
    if (this.stopped || helped === null) return;
    if (helped || this.model.asked !== asked) return this.pump();
    // asked again
    clearTimeout(this.retry);
    this.retry = setTimeout(() => this.pump(), AGAIN_AFTER_MS);
  }

  /** Whether the page brought what it was read for; null where there is no such column any more. */
  private async take({ columnId, offset, limit, asked }: { columnId: string; offset: number; limit: number; asked: Asked | null }): Promise<boolean | null> {
    const read = await this.read(columnId, offset, limit);
    if (this.stopped) return null;
    if (!read) return this.model.asked === asked ? null : false;
    if (this.model.addPage(columnId, read)) {
      clearTimeout(this.late);
      this.late = setTimeout(this.onLate, LATE_AFTER_MS);
    }
    return this.model.isWaiting(columnId) || (!this.model.isLost(columnId) && !this.isHole(columnId, offset, offset + read.cards.length));
  }
}

/** What to ask for so that the missing ones of the wanted rows come, with some to spare: what was scrolled past is not read again. */
function pageFor(missing: Rows, wanted: Rows, { page, ahead }: Paging): { offset: number; limit: number } {
  const [aboveIsThere, belowIsThere] = [missing.from > wanted.from, missing.to < wanted.to];
  if (belowIsThere && !aboveIsThere) {
    const offset = Math.max(0, Math.min(missing.from - ahead, missing.to - page));
    return { offset, limit: Math.min(PAGE_AT_MOST, missing.to - offset) };
  }
  const offset = aboveIsThere ? missing.from : Math.max(0, wanted.from - ahead);
  return { offset, limit: Math.min(PAGE_AT_MOST, Math.max(page, wanted.to + ahead - offset)) };
}
