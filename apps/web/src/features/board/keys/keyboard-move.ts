import { entryOf } from '@trainyard/domain';
import type { BoardFocus } from './board-focus.ts';
import type { BoardModel } from '../model/board-model.ts';
import type { DraftToken } from '../model/card-drafts.ts';
import type { BoardMoves, Landing } from '../model/board-moves.ts';
import { samePlace } from '../model/placement-changes.ts';
import type { Placement } from '../../ticket/placement.ts';
import type { WindowLoader } from '../model/window-loader.ts';

export interface KeyboardMoveListener {
  grabbed(ticketId: string): void;
  /** The card now stands at `index` of a column (from 0). */
  stepped(ticketId: string, columnId: string, index: number): void;
  dropped(ticketId: string): void;
  restored(ticketId: string): void;
  refused(ticketId: string, error: unknown): void;
}

/** A place whose neighbours are not loaded. */
interface Missing {
  columnId: string;
  index: number;
}
interface Carried {
  ticketId: string;
  from: Placement;
  /** Where it stood when that was last known. */
  index: number;
  token: DraftToken | null;
  landing: Landing | null;
  /** Key presses that wait for cards to be loaded, or for those before them. Each answers what it lacks, null when it is done. */
  keys: (() => Missing | null)[];
  busy: boolean;
}

/**
 * Moves a card with the keyboard: grabbed, carried step by step (shown, not sent), dropped or restored.
 * A key that needs what is not loaded waits for it, and the keys behind it wait too: none is lost, and a drop falls where
 * the last step led.
 */
export class KeyboardMove {
  private carried: Carried | null = null;

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
    const index = from && entryOf(this.model.view(from.columnId), ticketId)?.index;
    if (!from || index === null || index === undefined || this.carried) return;
    this.carried = { ticketId, from, index, token: null, landing: null, keys: [], busy: false };
    this.focus.grab(ticketId);
    this.listener.grabbed(ticketId);
  }

  /** Up (negative) or down within the column, and on into the lane beyond its end; null for none. */
  step(by: 1 | -1, beyond: (columnId: string) => string | null = () => null): void {
    this.queue((carried, columnId, index) => {
      const target = index + by;
      if (target >= 0 && target < this.model.view(columnId).total) return this.put(carried, columnId, target);
      const next = beyond(columnId);
      return next === null ? null : this.put(carried, next, by > 0 ? 0 : this.model.view(next).total);
    });
  }

  /** To the same height of another column, which `beside` names when it is the card's turn; null for none. */
  toColumn(beside: (columnId: string) => string | null): void {
    this.queue((carried, columnId, index) => {
      const target = beside(columnId);
      return target === null ? null : this.put(carried, target, Math.min(index, this.model.view(target).total));
    });
  }

  drop(): void {
    this.queue((carried) => {
      this.letGo(carried);
      return null;
    });
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
    this.focus.grab(null);
  }

  private letGo(carried: Carried): void {
    this.release();
    const { ticketId, from, landing, token } = carried;
    this.listener.dropped(ticketId);
    if (!landing || samePlace(landing.place, from)) {
      if (token !== null) this.model.discard(ticketId, token);
      return;
    }
    void this.moves.send(ticketId, from, landing, true).finally(() => this.focus.want(ticketId));
  }

  private queue(key: (carried: Carried, columnId: string, index: number) => Missing | null): void {
    const { carried } = this;
    if (!carried) return;
    carried.keys.push(() => {
      const columnId = this.model.placeOf(carried.ticketId)?.columnId;
      if (columnId === undefined) {
        this.release();
        return null;
      }
      const index = entryOf(this.model.view(columnId), carried.ticketId)?.index;
      return index === undefined ? { columnId, index: carried.index } : key(carried, columnId, index);
    });
    void this.work(carried);
  }

  /** Does what waits, at once as far as the cards are there. */
  private async work(carried: Carried): Promise<void> {
    if (carried.busy) return;
    carried.busy = true;
    for (let key = carried.keys.shift(); key && this.carried === carried; key = carried.keys.shift()) {
      const missing = key();
      if (!missing) continue;
      const failed: unknown = await this.loader.ensureAround(missing.columnId, missing.index).then(
        () => null,
        (error: unknown) => error,
      );
      if (this.carried !== carried) return;
      if (!failed && !key()) continue;
      // a drop that came behind must not fall short: the card stays in the hand
      carried.keys = [];
      this.listener.refused(carried.ticketId, failed ?? { code: 'UNAVAILABLE' });
    }
    carried.busy = false;
  }

  /** Shows the card at an index, counted without it. */
  private put(carried: Carried, columnId: string, index: number): Missing | null {
    const landing = this.moves.landing(carried.ticketId, columnId, index);
    if (!landing) return { columnId, index };
    if (!landing.ok) {
      carried.keys = [];
      this.listener.refused(carried.ticketId, landing);
      return null;
    }
    carried.landing = landing;
    carried.index = index;
    if (!landing.unchanged) carried.token = this.model.draft(carried.ticketId, landing.place);
    this.focus.want(carried.ticketId);
    this.listener.stepped(carried.ticketId, columnId, index);
    return null;
  }
}
