import { entryAt, entryOf, TICKETS_AT_ONCE } from '@trainyard/domain';
import type { BoardModel } from '../model/board-model.ts';

const NONE: readonly string[] = [];

/** The cards that the next action is for. They are kept by id: a card that is scrolled away or moved by somebody stays chosen. */
export class BoardSelection {
  private chosen: readonly string[] = NONE;
  /** Where a range begins. */
  private anchor: string | null = null;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly model: BoardModel) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  has(ticketId: string): boolean {
    return this.chosen.includes(ticketId);
  }

  /** In the order in which they were chosen; the same array until that changes. */
  readonly ids = (): readonly string[] => this.chosen;

  /** Those still on the board, in the order of the board. */
  inOrder(): string[] {
    const columns = this.model.columnIds();
    const placed = this.chosen.flatMap((id) => {
      const place = this.model.placeOf(id);
      return place ? [{ id, column: columns.indexOf(place.columnId), rank: place.rank }] : [];
    });
    return placed.toSorted((a, b) => a.column - b.column || (a.rank < b.rank ? -1 : a.rank > b.rank ? 1 : a.id < b.id ? -1 : 1)).map(({ id }) => id);
  }

  toggle(ticketId: string): void {
    this.anchor = ticketId;
    this.set(this.has(ticketId) ? this.chosen.filter((id) => id !== ticketId) : [...this.chosen, ticketId]);
  }

  /** One step of a walk that chooses: what it comes to is chosen too, and what it comes back over no longer. */
  walked(from: string, to: string): void {
    if (from === to) return;
    this.anchor ??= from;
    const back = this.has(to) && from !== this.anchor;
    this.set(back ? this.chosen.filter((id) => id !== from) : [...new Set([...this.chosen, from, to])]);
  }

  /** All from where the last choice was to this card, where both lie in one column. */
  reach(ticketId: string): void {
    const place = this.model.placeOf(ticketId);
    const begin = this.anchor === null ? null : this.model.placeOf(this.anchor);
    if (!place || this.anchor === null || begin?.columnId !== place.columnId) return this.toggle(ticketId);
    const view = this.model.view(place.columnId);
    const [a, b] = [this.anchor, ticketId].map((id) => entryOf(view, id)?.index ?? 0) as [number, number];
    const between: string[] = [];
    for (let i = Math.min(a, b); i <= Math.max(a, b); i += 1) {
      const id = entryAt(view, i)?.id;
      if (id !== undefined) between.push(id);
    }
    this.set([...new Set([...this.chosen, ...between])]);
  }

  clear(): void {
    this.anchor = null;
    this.set(NONE);
  }

  private set(next: readonly string[]): void {
    this.chosen = next.length === 0 ? NONE : next.slice(0, TICKETS_AT_ONCE);
    for (const listener of this.listeners) listener();
  }
}
