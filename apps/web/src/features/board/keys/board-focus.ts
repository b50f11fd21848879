import { entryAt, entryOf } from '@trainyard/domain';
import type { BoardModel } from '../model/board-model.ts';

/** What a card must know about the keyboard's place on the board. */
export interface CardFocus {
  /** Tab reaches it: one card a column. */
  tabbable: boolean;
  /** It shall take the focus as soon as it is there. */
  wanted: boolean;
  grabbed: boolean;
}
const FOCI: readonly CardFocus[] = Array.from({ length: 8 }, (_, bits) => ({ tabbable: (bits & 1) > 0, wanted: (bits & 2) > 0, grabbed: (bits & 4) > 0 }));

/**
 * Where the keyboard is on the board. Cards come and go under it (scrolled away, moved by others): the place is kept by id,
 * and by index where the card itself has left.
 */
export class BoardFocus {
  private currentId: string | null = null;
  private wantedId: string | null = null;
  /** What finds the card to come, which is not known yet: what holds it is being read. */
  private searching: (() => Promise<string | null>) | null = null;
  /** What was asked of the card that is on its way. A press of a key waits for nothing else. */
  private asked: ((ticketId: string) => void)[] = [];
  private grabbedId: string | null = null;
  private lastPlace: { columnId: string; index: number } | null = null;
  /** Whether the browser's focus was on the current card when last heard of. */
  private held = false;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly model: BoardModel) {
    model.subscribeAll(() => this.tell());
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** What the card is to the keyboard: the same object for the same answer. */
  of(ticketId: string, columnId: string, index: number): CardFocus {
    const current = this.currentIn(columnId);
    const tabbable = current === null ? index === 0 : current === ticketId;
    return FOCI[(tabbable ? 1 : 0) + (this.wantedId === ticketId ? 2 : 0) + (this.grabbedId === ticketId ? 4 : 0)] as CardFocus;
  }

  current(): string | null {
    return this.currentId;
  }

  /** The current card where it is shown in this column. */
  currentIn(columnId: string): string | null {
    return this.currentId !== null && this.model.placeOf(this.currentId)?.columnId === columnId ? this.currentId : null;
  }

  wantedIn(columnId: string): string | null {
    return this.wantedId !== null && this.model.placeOf(this.wantedId)?.columnId === columnId ? this.wantedId : null;
  }

  /** The cell that the keyboard is, or is on its way to. */
  cell(): string | null {
    const ticketId = this.wantedId ?? this.currentId;
    return ticketId === null ? null : (this.model.placeOf(ticketId)?.columnId ?? null);
  }

  isWanting(): boolean {
    return this.wantedId !== null;
  }

  /** The card took the browser's focus. */
  took(ticketId: string): void {
    this.held = true;
    if (this.currentId === ticketId && this.wantedId === null) return this.remember();
    const { searching } = this;
    const isWanted = this.wantedId === ticketId;
    const asked = isWanted && !searching ? this.asked : [];
    const later = isWanted && searching ? this.asked : [];
    this.settle(ticketId, null);
    // a key that came before this card was drawn leads on from it
    if (isWanted) [this.searching, this.asked] = [searching, later];
    for (const act of asked) act(ticketId);
  }

  /** The focus went elsewhere by the person's own doing. */
  left(): void {
    this.held = false;
  }

  /** Moves the focus to a card, which may have to be scrolled to and mounted first. */
  want(ticketId: string): void {
    this.held = true;
    this.settle(ticketId, ticketId);
  }

  /** Moves the focus to a card that must be read first; none where that fails. */
  async search(find: () => Promise<string | null>): Promise<void> {
    this.searching = find;
    this.asked = [];
    const ticketId = await find();
    // walked on meanwhile
    if (this.searching !== find) return;
    this.searching = null;
    const { asked } = this;
    if (ticketId === null) return;
    this.want(ticketId);
    for (const act of asked) act(ticketId);
  }

  /** Whether the keyboard is on its way to a card: the page, or the card before it, may have the focus still. */
  underWay(): boolean {
    return this.searching !== null || this.wantedId !== null;
  }

  /** Whether the card that the keyboard goes to is being read. */
  isSearching(): boolean {
    return this.searching !== null;
  }

  /** Does something with the current card: at once, or where that is still being read as soon as it is known. */
  whenKnown(act: (ticketId: string) => void): void {
    if (this.searching) this.asked.push(act);
    else if (this.currentId !== null) act(this.currentId);
  }

  /** Does something at the place of a card: at once, or where the keyboard is on its way to it as soon as it is drawn. */
  whenDrawn(ticketId: string, act: (ticketId: string) => void): void {
    if (this.wantedId === ticketId) this.asked.push(act);
    else act(ticketId);
  }

  grab(ticketId: string | null): void {
    this.grabbedId = ticketId;
    this.tell();
  }

  grabbed(): string | null {
    return this.grabbedId;
  }

  /**
   * Call after a column's order has been drawn: when that took the focus away (the card was moved by somebody else, or its
   * element was), it returns to the card, or to the one now in its place.
   */
  recover(columnId: string): void {
    if (!this.held || this.wantedId !== null || this.currentId === null || document.activeElement !== document.body) return;
    if (this.model.placeOf(this.currentId)?.columnId === columnId) return this.want(this.currentId);
    if (this.lastPlace?.columnId !== columnId || this.model.placeOf(this.currentId) !== null) return;
    const view = this.model.view(columnId);
    const heir = entryAt(view, Math.min(this.lastPlace.index, view.total - 1));
    if (heir) this.want(heir.id);
    else this.held = false;
  }

  private settle(currentId: string, wantedId: string | null): void {
    this.currentId = currentId;
    this.wantedId = wantedId;
    this.searching = null;
    this.asked = [];
    this.remember();
    this.tell();
  }

  private remember(): void {
    if (this.currentId === null) return;
    const columnId = this.model.placeOf(this.currentId)?.columnId;
    const index = columnId === undefined ? undefined : entryOf(this.model.view(columnId), this.currentId)?.index;
    if (columnId !== undefined && index !== undefined) this.lastPlace = { columnId, index };
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}
