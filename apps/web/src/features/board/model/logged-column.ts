import { insertCard, mergeWindow, removeCard, replay, windowOfPage, type ColumnChange, type ColumnWindow, type WindowPage } from '@trainyard/domain';

/** A page with the position of the log it was read at. */
export interface ReadPage extends WindowPage {
  seq: number;
  /** Cards in the column, whether they are asked for or not; left out where that is told elsewhere. */
  all?: number;
}

const LOG_KEPT = 4000;

/** A column as the server has said it, and what the log says of it: pages and steps may come in any order. */
export class LoggedColumn {
  /** As it is to be shown, with the drafts of this browser. */
  shown: ColumnWindow;
  /** What happened since `logFrom`, to bring late pages up to now. */
  private log: { seq: number; change: ColumnChange }[] = [];
  private logFrom: number;
  /** Pages read ahead of the events that have arrived. */
  private early: ReadPage[] = [];

  /**
   * @param confirmed what the server has said, at `seq`
   * @param lost the order is not known: the next page replaces what is shown
   */
  constructor(
    public confirmed: ColumnWindow,
    public seq: number,
    public lost = false,
  ) {
    this.shown = confirmed;
    this.logFrom = seq;
  }

  /** Whether pages wait for events that have not arrived. */
  isWaiting(): boolean {
    return this.early.length > 0;
  }

  /** Takes a page of a column whose order is known; true when it must wait for events that have not arrived. */
  take(page: ReadPage): boolean {
    if (page.seq > this.seq) {
      this.early.push(page);
      return true;
    }
    this.merge(page);
    return false;
  }

  /** A page in place of all that is known; false where it is too old to say how the column is now. */
  replace(page: ReadPage): boolean {
    const read = this.since(page);
    if (!read) return false;
    this.confirmed = read;
    // What happened before it and has not been told yet is in no other page.
    if (page.seq > this.seq) this.logFrom = page.seq;
    this.seq = Math.max(this.seq, page.seq);
    this.early = [];
    this.lost = false;
    return true;
  }

  /** Everything up to `seq` has been told; true where a page was waiting for that. */
  reach(seq: number): boolean {
    this.seq = Math.max(this.seq, seq);
    const ready = this.early.filter((page) => page.seq <= this.seq);
    if (ready.length === 0) return false;
    this.early = this.early.filter((page) => page.seq > this.seq);
    for (const page of ready) this.merge(page);
    return true;
  }

  /** A step of the log; true where it changes what is confirmed. */
  record(seq: number, change: ColumnChange): boolean {
    if (seq <= this.logFrom) return false;
    this.log.push({ seq, change });
    if (this.log.length > LOG_KEPT) {
      this.log.splice(0, LOG_KEPT / 2);
      this.logFrom = this.log[0]!.seq;
    }
    if (seq <= this.seq || this.lost) return false;
    const next = change.type === 'IN' ? insertCard(this.confirmed, change.card) : removeCard(this.confirmed, change.card);
    if (next) this.confirmed = next;
    else this.lost = true;
    return true;
  }

  /** The order is unknown up to `seq`: it stays on screen until a page read later replaces it. */
  lose(seq: number): void {
    if (seq <= this.seq) return;
    this.lost = true;
    this.logFrom = seq;
    this.log = this.log.filter((entry) => entry.seq > seq);
  }

  /** What it shows is no longer known to be so: it stays on screen until it is read again. */
  doubt(): void {
    this.lost = true;
    this.logFrom = Math.max(this.logFrom, this.seq);
  }

  private merge(page: ReadPage): void {
    // Asked for before the column was read anew: what is still missing of it is asked for again.
    if (page.seq < this.logFrom) return;
    const read = this.since(page);
    if (read) this.confirmed = mergeWindow(this.confirmed, read);
    else this.lost = true;
  }

  private since(page: ReadPage): ColumnWindow | null {
    if (page.seq < this.logFrom) return null;
    const missed = this.log.filter((entry) => entry.seq > page.seq && entry.seq <= this.seq);
    return replay(
      windowOfPage(page),
      missed.map((entry) => entry.change),
    );
  }
}
