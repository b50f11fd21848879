import { EMPTY_WINDOW, entryOf, mergeWindow, removeCard, windowOfPage, type ColumnChange, type ColumnWindow, type LaneField } from '@trainyard/domain';
import { BoardCells } from './board-cells.ts';
import { BoardListeners } from './board-listeners.ts';
import { CardDrafts, type Draft, type DraftToken } from './card-drafts.ts';
import { cellOf, columnIn, laneIn, type Lane } from './cells.ts';
import { ColumnCounts } from './column-counts.ts';
import type { LoggedColumn, ReadPage } from './logged-column.ts';
import { cardAt, samePlace, type PlacementChange } from './placement-changes.ts';
import type { Placement } from '../../ticket/placement.ts';

/** What a board is asked, in the query language of tickets. */
export interface Asked {
  query: string;
  timeZone: string;
  /** What its cards are grouped by, in lanes. */
  by?: LaneField;
}
/** What a cell is read as: a column, or the part of one that lies in a lane. */
export interface CellPage {
  columnId: string;
  page: ReadPage;
}
/** How many cards a column has, where its pages are of cells and do not say it. */
export interface Head {
  columnId: string;
  all: number;
  seq: number;
}
/**
 * The order of a board's cards: per column, what the server confirmed plus the drafts of this browser. It holds ids and
 * ranks only; what a card says lives in Apollo's cache. Events, pages and drafts may come in any order. On a board in lanes
 * what is called a column here is a cell (cells.ts): the part of one that lies in a lane.
 */
export class BoardModel {
  /** Position of the log that has been applied. */
  seq: number;
  private readonly columns = new BoardCells();
  private readonly places = new Map<string, Placement>();
  private readonly drafts = new CardDrafts();
  /** Cards that lie on the board and are not asked for, as far as that was heard of. */
  private readonly away = new Map<string, Placement>();
  private readonly counts = new ColumnCounts();
  private readonly withRun = new Set<string>();
  private readonly listeners = new BoardListeners();

  /**
   * @param asked null: all cards are shown
   * @param heads the columns, where the pages are not those
   */
  constructor(
    pages: readonly CellPage[],
    seq: number,
    public asked: Asked | null = null,
    heads?: readonly Head[],
  ) {
    this.seq = pages.reduce((lowest, { page }) => Math.min(lowest, page.seq), seq);
    this.beginWith(pages, heads);
  }

  /** Shows what is asked from now on. Events are not applied between the reading of the pages and this. */
  ask(asked: Asked | null, pages: readonly CellPage[], heads?: readonly Head[]): void {
    const before = this.asked?.by;
    this.asked = asked;
    this.columns.clear();
    this.places.clear();
    this.away.clear();
    // an answer that was waited for is in what was read since
    for (const [ticketId, draft] of this.drafts.entries()) if (draft.settled || before !== asked?.by) this.drafts.delete(ticketId);
    this.beginWith(pages, heads);
    this.show(this.columns.ids());
  }

  /** The column as it is to be shown; the same object until it changes. */
  view(columnId: string): ColumnWindow {
    return this.columns.get(columnId)?.shown ?? EMPTY_WINDOW;
  }

  /** Where a card is shown; null when it is not known to be on this board. */
  placeOf(ticketId: string): Placement | null {
    const draft = this.drafts.get(ticketId);
    return draft ? draft.place : (this.places.get(ticketId) ?? null);
  }

  /** Whether a card is known to lie on this board, shown or not. */
  isOnBoard(ticketId: string): boolean {
    return this.placeOf(ticketId) !== null || (!this.drafts.has(ticketId) && this.away.has(ticketId));
  }

  /** Where a card is shown that the server has confirmed there; null where it is not among those that are loaded. */
  loadedPlace(ticketId: string): Placement | null {
    const place = this.places.get(ticketId);
    const column = place && this.columns.get(place.columnId);
    return place && column && entryOf(column.confirmed, ticketId) ? place : null;
  }

  /** Whether a card that is not loaded may be shown at this place: there is a hole. */
  mayHold(ticketId: string, place: Placement): boolean {
    const column = this.columns.get(place.columnId);
    return column !== undefined && removeCard(column.confirmed, cardAt(ticketId, place)) !== null;
  }

  /** Cards in the column with what this browser has moved, whether they are asked for or not. */
  all(columnId: string): number {
    if (!this.asked) return this.view(columnId).total;
    const head = columnIn(columnId);
    const isIn = (place: Placement | null | undefined): boolean => !!place && columnIn(place.columnId) === head;
    let all = this.counts.of(head);
    for (const [ticketId, { place }] of this.drafts.entries()) all += Number(isIn(place)) - Number(isIn(this.places.get(ticketId) ?? this.away.get(ticketId)));
    return all;
  }

  /** Cards of a column that are shown, in all of its lanes. */
  shown(columnId: string): number {
    if (!this.asked?.by) return this.view(columnId).total;
    return this.columns.lanes.reduce((sum, lane) => sum + this.view(cellOf(columnId, lane)).total, 0);
  }

  columnIds(): string[] {
    return this.columns.ids();
  }

  /** The columns of the board, whatever they are parted into. */
  headIds(): readonly string[] {
    return this.columns.heads;
  }

  /** Lanes that have or had a card since the board was asked; those of nothing are always there. The same array until that changes. */
  lanes(): readonly Lane[] {
    return this.columns.lanes;
  }

  /** The cell of a column in which a card lies, or lay before it was taken off. @param known its lane, where that is told */
  cellIn(columnId: string, ticketId: string, known?: Lane): string {
    if (!this.asked?.by) return columnId;
    const place = this.placeOf(ticketId) ?? this.confirmedPlace(ticketId);
    return cellOf(columnId, known !== undefined ? known : ((place && laneIn(place.columnId)) ?? null));
  }

  /** Lanes counted anew. What is in view is read by itself, with its cards. */
  recount(pages: readonly CellPage[], isInView: (cellId: string) => boolean): void {
    const read = new Map(pages.map(({ columnId, page }) => [columnId, page]));
    for (const columnId of read.keys()) this.cell(columnId);
    const seq = pages[0]?.page.seq;
    const touched: string[] = [];
    for (const [columnId, column] of this.columns.entries()) {
      if (!column.lost || isInView(columnId)) continue;
      const page = read.get(columnId) ?? { offset: 0, total: 0, cards: [], seq: seq ?? column.seq };
      if (column.replace(page)) this.replaced(columnId, column.confirmed);
      touched.push(columnId);
    }
    this.show(touched);
  }

  isLost(columnId: string): boolean {
    return this.columns.get(columnId)?.lost ?? false;
  }

  subscribe(columnId: string, listener: () => void): () => void {
    return this.listeners.add(columnId, listener);
  }

  /** Called after any change of any column. */
  subscribeAll(listener: () => void): () => void {
    return this.listeners.addToAll(listener);
  }

  /** Takes a page; true when it must wait for events that have not arrived. */
  addPage(columnId: string, page: ReadPage): boolean {
    const column = this.columns.get(columnId);
    if (!column) return false;
    this.counts.read(columnIn(columnId), page);
    if (column.lost) {
      if (column.replace(page)) this.replaced(columnId, column.confirmed);
      this.show(this.columns.ids());
      return false;
    }
    if (column.take(page)) return true;
    this.learn(columnId, column.confirmed);
    this.show([columnId]);
    return false;
  }

  /**
   * Applies what the log says up to `seq`. Each step is applied once, however often it is delivered.
   * @param logged the steps as the log has them, where `changes` are what they mean for a board that is asked
   */
  applyChanges(
    changes: readonly PlacementChange[],
    seq: number,
    reranked: readonly { columnId: string; seq: number }[] = [],
    logged: readonly PlacementChange[] = changes,
  ): void {
    const touched = new Set(this.counts.apply(logged, seq));
    for (const change of changes) {
      if (change.seq <= this.seq) continue;
      if (change.from) this.record(change.from.columnId, change.seq, { type: 'OUT', card: cardAt(change.ticketId, change.from) }, touched);
      if (change.to) this.record(change.to.columnId, change.seq, { type: 'IN', card: cardAt(change.ticketId, change.to) }, touched);
      this.settlePlace(change, touched);
    }
    for (const one of reranked) if (one.seq > this.seq) this.columns.get(one.columnId)?.lose(one.seq);
    this.seq = Math.max(this.seq, seq);
    for (const [columnId, column] of this.columns.entries()) {
      if (!column.reach(this.seq)) continue;
      this.learn(columnId, column.confirmed);
      touched.add(columnId);
    }
    this.show(touched);
  }

  /**
   * What happened up to `seq` was not told. The columns are those of `read`, with pages read since. Where all pages of a column are of one
   * position they are the column; where not, it stays on screen until one page more replaces it.
   */
  renew(read: readonly { columnId: string; pages: readonly ReadPage[] }[], seq: number, heads?: readonly Head[]): void {
    const before = new Map(this.columns.entries());
    this.takeHeads(heads, read);
    this.columns.clear();
    for (const { columnId, pages } of read) {
      const latest = Math.max(...pages.map((page) => page.seq));
      const isWhole = pages.every((page) => page.seq === latest);
      const window = pages.map(windowOfPage).reduce(mergeWindow);
      this.begin(columnId, isWhole ? window : (before.get(columnId)?.confirmed ?? window), latest, !isWhole);
      for (const page of pages) this.counts.read(columnIn(columnId), page);
    }
    this.seq = seq;
    this.columns.noteLanes(this.isParted, this.seq);
    for (const [ticketId, { columnId }] of this.places) if (!this.columns.has(columnId)) this.places.delete(ticketId);
    for (const [ticketId, draft] of this.drafts.entries()) {
      draft.untold = true;
      this.doubt(ticketId, draft);
    }
    this.show(this.columns.ids());
  }

  /** Puts a card somewhere ahead of the server (null: takes it off the board), in place of an earlier draft of it. */
  draft(ticketId: string, place: Placement | null): DraftToken {
    const before = this.placeOf(ticketId);
    const token = this.drafts.put(ticketId, place);
    this.show([before?.columnId, place?.columnId, this.places.get(ticketId)?.columnId]);
    return token;
  }

  /** The server agreed, and says where the card is now. */
  settle(ticketId: string, token: DraftToken, place: Placement | null): void {
    const draft = this.drafts.of(ticketId, token);
    if (!draft) return;
    const known = this.confirmedPlace(ticketId);
    const standing = this.drafts.settle(ticketId, draft, place, known);
    if (standing) this.doubt(ticketId, standing);
    this.show([draft.place?.columnId, place?.columnId, known?.columnId]);
  }

  /** The server refused, or the person thought better of it: the card is where the log has it. */
  discard(ticketId: string, token: DraftToken): void {
    const draft = this.drafts.of(ticketId, token);
    if (!draft) return;
    this.drafts.delete(ticketId);
    this.show([draft.place?.columnId, this.places.get(ticketId)?.columnId]);
  }

  /** Where the log has the card, whatever is drafted. */
  confirmedPlace(ticketId: string): Placement | null {
    return this.places.get(ticketId) ?? this.away.get(ticketId) ?? null;
  }

  /** How many cards a column shows is no longer known: it stays on screen until it is read again. */
  doubtColumns(columnIds: Iterable<string>): void {
    for (const columnId of columnIds) this.columns.get(columnId)?.doubt();
    this.listeners.tellAll();
  }

  /** Whether the card shows a run: it is taller then, which the layout must know before the card is there. */
  hasRun(ticketId: string): boolean {
    return this.withRun.has(ticketId);
  }

  noteRuns(ticketIds: readonly string[]): void {
    const fresh = ticketIds.filter((id) => !this.withRun.has(id));
    if (fresh.length === 0) return;
    for (const id of fresh) this.withRun.add(id);
    this.show(fresh.map((id) => this.placeOf(id)?.columnId));
  }

  /** Whether pages wait for events that have not arrived. */
  isWaiting(columnId: string): boolean {
    return this.columns.get(columnId)?.isWaiting() ?? false;
  }

  /** A column was read anew: what the log would have told of settled drafts is in that page. */
  private replaced(columnId: string, window: ColumnWindow): void {
    this.relearn(columnId, window);
    for (const [ticketId, { settled, untold, place }] of this.drafts.entries()) {
      if (settled && untold && (place ?? this.places.get(ticketId))?.columnId === columnId) this.drafts.delete(ticketId);
    }
  }

  private beginWith(pages: readonly CellPage[], heads?: readonly Head[]): void {
    this.takeHeads(heads, pages);
    for (const { columnId, page } of pages) {
      this.begin(columnId, windowOfPage(page), page.seq);
      this.counts.read(columnIn(columnId), page);
    }
    this.columns.noteLanes(this.isParted, this.seq);
  }

  private takeHeads(heads: readonly Head[] | undefined, pages: readonly { columnId: string }[]): void {
    this.columns.heads = (heads ?? pages).map(({ columnId }) => columnId);
    for (const head of heads ?? []) this.counts.read(head.columnId, head);
  }

  private begin(columnId: string, window: ColumnWindow, seq: number, lost = false): void {
    this.columns.begin(columnId, window, seq, lost);
    this.relearn(columnId, window);
  }

  private get isParted(): boolean {
    return this.asked?.by !== undefined;
  }

  private cell(columnId: string): LoggedColumn | undefined {
    return this.columns.at(columnId, this.isParted, this.seq);
  }

  /** The server has agreed to a draft, and the log may never say so: unless the card is known to be there, what it touches is read again. */
  private doubt(ticketId: string, { place, settled, untold }: Draft): void {
    if (!settled || !untold) return;
    const known = this.places.get(ticketId) ?? null;
    const places = samePlace(known, place) ? [] : [place, known];
    const columns = places.flatMap((each) => (each ? (this.columns.get(each.columnId) ?? []) : []));
    if (columns.length === 0) this.drafts.delete(ticketId);
    for (const column of columns) column.doubt();
  }

  private record(columnId: string, seq: number, change: ColumnChange, touched: Set<string>): void {
    if (this.cell(columnId)?.record(seq, change)) touched.add(columnId);
  }

  private settlePlace(change: PlacementChange, touched: Set<string>): void {
    const { ticketId, to, lies = to } = change;
    if (lies && !to) this.away.set(ticketId, lies);
    else this.away.delete(ticketId);
    const target = to ? this.cell(to.columnId) : undefined;
    const known = this.places.get(ticketId);
    if (!to || !target) {
      // A column read since then knows better.
      if (known && change.seq > (this.columns.get(known.columnId)?.seq ?? 0)) this.places.delete(ticketId);
    } else if (change.seq > target.seq) this.places.set(ticketId, to);
    const draft = this.drafts.get(ticketId);
    if (!draft) return;
    for (const place of [draft.place, change.from, to]) if (place) touched.add(place.columnId);
    if (samePlace(draft.place, lies)) this.drafts.delete(ticketId);
    else if (lies) draft.seen.push(lies);
  }

  private learn(columnId: string, window: ColumnWindow): void {
    for (const entry of window.entries) this.places.set(entry.id, { columnId, rank: entry.rank });
  }

  /** Of the cards known to lie in a column, those that it cannot hold as it was read do not. */
  private relearn(columnId: string, window: ColumnWindow): void {
    for (const [id, place] of this.places) if (place.columnId === columnId && !removeCard(window, cardAt(id, place))) this.places.delete(id);
    this.learn(columnId, window);
  }

  /** Recomputes what columns show and tells those who look at them. */
  private show(columnIds: Iterable<string | undefined>): void {
    for (const columnId of new Set(columnIds)) {
      const column = columnId === undefined ? undefined : this.cell(columnId);
      if (!column || columnId === undefined) continue;
      column.shown = this.drafts.over(columnId, column.confirmed, (ticketId) => this.places.get(ticketId));
      this.listeners.tell(columnId);
    }
    this.listeners.tellAll();
  }
}
