import { insertCard, removeCard, type ColumnWindow } from '@trainyard/domain';
import { cardAt, samePlace } from './placement-changes.ts';
import type { Placement } from '../../ticket/placement.ts';

/** Names one draft, so that a late answer to an earlier one changes nothing. */
export type DraftToken = number;

/** Where this browser has put a card before the log says so; a null place hides it. */
export interface Draft {
  token: DraftToken;
  place: Placement | null;
  /** The server has answered: the draft goes when the log reaches that place. */
  settled: boolean;
  /** Places the log gave the card while the draft stood. */
  seen: Placement[];
  /** Not all that happened was told while the draft stood: the log may never reach that place. */
  untold: boolean;
}

/** What this browser has moved ahead of the server: at most one draft for each card. */
export class CardDrafts {
  private readonly drafts = new Map<string, Draft>();
  private drafted = 0;

  get(ticketId: string): Draft | undefined {
    return this.drafts.get(ticketId);
  }

  has(ticketId: string): boolean {
    return this.drafts.has(ticketId);
  }

  entries(): IterableIterator<[string, Draft]> {
    return this.drafts.entries();
  }

  delete(ticketId: string): void {
    this.drafts.delete(ticketId);
  }

  /** In place of an earlier draft of the card. */
  put(ticketId: string, place: Placement | null): DraftToken {
    const token = ++this.drafted;
    const seen = this.get(ticketId)?.seen ?? [];
    this.drafts.set(ticketId, { token, place, settled: false, seen, untold: false });
    return token;
  }

  /** The draft of this token; undefined where another stands since. */
  of(ticketId: string, token: DraftToken): Draft | undefined {
    const draft = this.get(ticketId);
    return draft?.token === token ? draft : undefined;
  }

  /** The server has answered where the card is. Answers the draft as long as it is to stand: until the log reaches that place. */
  settle(ticketId: string, draft: Draft, place: Placement | null, known: Placement | null): Draft | null {
    if (samePlace(known, place) || draft.seen.some((seen) => samePlace(seen, place))) {
      this.drafts.delete(ticketId);
      return null;
    }
    const settled = { ...draft, place, settled: true };
    this.drafts.set(ticketId, settled);
    return settled;
  }

  /** A column as it is to be shown. @param knownOf where the log has a card that is shown */
  over(columnId: string, confirmed: ColumnWindow, knownOf: (ticketId: string) => Placement | undefined): ColumnWindow {
    let window = { ...confirmed };
    for (const [ticketId, draft] of this.drafts) {
      const known = knownOf(ticketId);
      if (known?.columnId === columnId) window = removeCard(window, cardAt(ticketId, known)) ?? window;
      if (draft.place?.columnId === columnId) window = insertCard(window, cardAt(ticketId, draft.place));
    }
    return window;
  }
}
