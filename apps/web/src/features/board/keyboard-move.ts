import { entryOf } from '@trainyard/domain';
import type { BoardFocus } from './board-focus.ts';
import type { BoardModel, DraftToken } from './board-model.ts';
import type { BoardMoves, Landing } from './board-moves.ts';
import { samePlace, type Placement } from './placement-changes.ts';
import type { WindowLoader } from './window-loader.ts';

export interface KeyboardMoveListener {
  grabbed(ticketId: string): void;
  /** The card now stands at `index` of a column (from 0). */
  stepped(ticketId: string, columnId: string, index: number): void;
  dropped(ticketId: string): void;
  restored(ticketId: string): void;
  refused(ticketId: string, error: unknown): void;
}

/**
 * Moves a card with the keyboard: grabbed, carried step by step (shown, not sent), dropped or restored.
 * Steps into what is not loaded wait for it and then happen, so that none is lost.
 */
export class KeyboardMove {
  private carried: { ticketId: string; from: Placement; token: DraftToken | null; landing: Landing | null } | null = null;
  private steps = 0;
  private loading = false;

  constructor(
    private readonly model: BoardModel,
    private readonly focus: BoardFocus,
    private readonly moves: BoardMoves,
    private readonly loader: WindowLoader,
    private readonly listener: KeyboardMoveListener,
  ) {}

  ticketId(): string | null {
    return this.carried?.ticketId ?? null;
  }

  grab(ticketId: string): void {
    const from = this.model.placeOf(ticketId);
    if (!from || this.carried) return;
    this.carried = { ticketId, from, token: null, landing: null };
    this.focus.grab(ticketId);
    this.listener.grabbed(ticketId);
  }

  /** Up (negative) or down within the column. */
  step(by: number): void {
    if (!this.carried) return;
    this.steps += by;
    void this.walk();
  }

  /** To the same height of another column. */
  toColumn(columnId: string): void {
    const { carried } = this;
    if (!carried) return;
    const place = this.model.placeOf(carried.ticketId);
    const index = place ? (entryOf(this.model.view(place.columnId), carried.ticketId)?.index ?? 0) : 0;
    this.steps = 0;
    if (!this.put(columnId, Math.min(index, this.model.view(columnId).total))) this.put(columnId, 0);
  }

  drop(): void {
    const { carried } = this;
    if (!carried) return;
    this.release();
    const { ticketId, from, landing, token } = carried;
    this.listener.dropped(ticketId);
    if (!landing || samePlace(landing.place, from)) {
      if (token !== null) this.model.discard(ticketId, token);
      return;
    }
    void this.moves.send(ticketId, from, landing, true).finally(() => this.focus.want(ticketId));
  }

  restore(): void {
    const { carried } = this;
    if (!carried) return;
    this.release();
    if (carried.token !== null) this.model.discard(carried.ticketId, carried.token);
    this.focus.want(carried.ticketId);
    this.listener.restored(carried.ticketId);
  }

  private release(): void {
    this.carried = null;
    this.steps = 0;
    this.focus.grab(null);
  }

  private async walk(): Promise<void> {
    if (this.loading) return;
    while (this.carried && this.steps !== 0) {
      const { ticketId } = this.carried;
      const place = this.model.placeOf(ticketId);
      if (!place) return this.release();
      const view = this.model.view(place.columnId);
      const index = entryOf(view, ticketId)?.index;
      if (index === undefined) return;
      const by = Math.sign(this.steps);
      const target = index + by;
      if (target < 0 || target >= view.total) {
        this.steps = 0;
        return;
      }
      if (this.put(place.columnId, target)) {
        this.steps -= by;
        continue;
      }
      this.loading = true;
      const behind = Math.min(view.total - 1, Math.max(0, target + by));
      await Promise.all([this.loader.ensure(place.columnId, target), this.loader.ensure(place.columnId, behind)]).catch(() => (this.steps = 0));
      this.loading = false;
    }
  }

  /** Shows the card at an index, counted without it; false when the neighbours there are not loaded. */
  private put(columnId: string, index: number): boolean {
    const { carried } = this;
    if (!carried) return true;
    const landing = this.moves.landing(carried.ticketId, columnId, index);
    if (!landing) return false;
    if (!landing.ok) {
      this.steps = 0;
      this.listener.refused(carried.ticketId, landing);
      return true;
    }
    carried.landing = landing;
    if (!landing.unchanged) carried.token = this.model.draft(carried.ticketId, landing.place);
    this.focus.want(carried.ticketId);
    this.listener.stepped(carried.ticketId, columnId, index);
    return true;
  }
}
