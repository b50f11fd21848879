import type { ApolloClient } from '@apollo/client';
import {
  entryAt,
  entryOf,
  moveTicket,
  neighbourBefore,
  removeCard,
  type ColumnLoad,
  type LaneField,
  type Resolution,
  type Result,
  type WindowEntry,
} from '@trainyard/domain';
import { MoveIntoLaneDocument } from '../board.generated.ts';
import { describeError } from '../../shell/error/describe-error.ts';
import { CardFieldsFragmentDoc, type CardFieldsFragment } from '../../ticket/card.generated.ts';
import { MoveTicketDocument, SetTicketStateDocument } from '../../ticket/ticket.generated.ts';
import type { UndoStep } from '../../ticket/ticket-holder.ts';
import type { BoardModel } from './board-model.ts';
import { cellOf, columnIn, laneIn, laneSaid } from './cells.ts';
import { samePlace } from './placement-changes.ts';
import { placeOf, type Placement } from '../../ticket/placement.ts';
import type { WindowLoader } from './window-loader.ts';

export interface MoveReport {
  ticketId: string;
  from: Placement;
  to: Placement;
}
/** What was wanted, where a rule of the board is against it. */
export interface Wanted {
  columnId: string;
  index: number;
}
export interface MoveListener {
  /** The server agreed. @param step takes it back; null: the move was an undo itself */
  moved(report: MoveReport, step: UndoStep | null): void;
  /** It did not, or the rules do not: the card is back in `from`. `error` goes to the error catalogue. */
  refused(report: MoveReport, error: unknown, wanted?: Wanted): void;
  /** A step of undo was refused. */
  notUndone(error: unknown): void;
}
type ColumnRules = Omit<ColumnLoad, 'count'>;

/** Where a card would land: its rank, and the neighbour the server is told. */
export interface Landing {
  place: Placement;
  afterId: string | null;
  /** Back to where a card of this rank belongs, in place of the neighbour. */
  rank?: string;
  unchanged: boolean;
  /** All labels it has then, where it goes back to the lane of one. */
  labelIds?: readonly string[];
  /** What it had of what lanes stand for, where that is not what it shows now: whatever somebody set since is not overwritten. */
  seen?: readonly string[];
}
/** What a card was before a move, besides its place. */
interface Before {
  resolution: Resolution | null;
  labelIds: readonly string[];
}

const UNDO_KEPT = 50;

/** Moves cards: shown at once by the rule the server uses too, sent in order, taken back when refused. */
export class BoardMoves {
  /** Moves go out one after the other: a later one may name a card that an earlier one has just moved. */
  private last: Promise<unknown> = Promise.resolve();
  private readonly done: UndoStep[] = [];
  private readonly underWay = new Set<Promise<unknown>>();

  constructor(
    private readonly client: ApolloClient,
    private readonly model: BoardModel,
    private readonly loader: WindowLoader,
    private readonly rulesOf: (columnId: string) => ColumnRules | undefined,
    private readonly listener: MoveListener,
  ) {}

  /**
   * Where `ticketId` lands at `index` of a column, counted without it. Null when the neighbours there are not loaded.
   */
  landing(ticketId: string, columnId: string, index: number): Result<Landing> | null {
    const rules = this.rulesOf(columnIn(columnId));
    const origin = this.model.confirmedPlace(ticketId) ?? this.model.placeOf(ticketId);
    if (!rules || !origin) return { ok: false, code: 'NOT_FOUND' };
    const view = this.model.view(columnId);
    const own = entryOf(view, ticketId);
    const rest = (own && removeCard(view, own)) ?? view;
    const at = Math.max(0, Math.min(index, rest.total));
    const after = at === 0 ? null : entryAt(rest, at - 1);
    const next = at === rest.total ? null : entryAt(rest, at);
    if (after === undefined || next === undefined) return null;
    const id = columnIn(columnId);
    const placed = (entry: WindowEntry | null) => entry && { ...entry, columnId: id };
    const now = this.model.placeOf(ticketId) ?? origin;
    const isHere = (place: Placement): boolean => columnIn(place.columnId) === id;
    const count = this.model.all(columnId) - Number(isHere(now)) + Number(isHere(origin));
    // a card drafted elsewhere stands where it is shown; whether it *enters* the column is decided by where it came from
    const ticket = { id: ticketId, columnId: columnIn(origin.columnId), rank: isHere(origin) && isHere(now) ? now.rank : origin.rank };
    const decision = moveTicket({ ticket, column: { ...rules, id, count }, after: placed(after), next: placed(next) });
    if (!decision.ok) return decision;
    const place = { columnId, rank: decision.rank };
    // in another lane it may stay where it is among all cards of the column, which the neighbour that is seen there does not say
    const rank = decision.unchanged && !samePlace(place, now) ? { rank: decision.rank } : {};
    return { ok: true, place, afterId: after?.id ?? null, ...rank, unchanged: samePlace(place, now) };
  }

  /** Moves a card to `index` of a column, counted without it. */
  async move(ticketId: string, columnId: string, index: number): Promise<void> {
    const from = this.model.placeOf(ticketId);
    if (!from) return;
    let landing = this.landing(ticketId, columnId, index);
    if (!landing) {
      await this.loader.ensureAround(columnId, index).catch(() => undefined);
      landing = this.landing(ticketId, columnId, index);
    }
    if (!landing) return this.listener.refused({ ticketId, from, to: from }, { code: 'UNAVAILABLE' });
    if (!landing.ok) return this.listener.refused({ ticketId, from, to: from }, landing, { columnId, index });
    if (landing.unchanged) return;
    await this.send(ticketId, from, landing, true, index);
  }

  async toEdge(ticketId: string, columnId: string, edge: 'TOP' | 'BOTTOM'): Promise<void> {
    const own = this.model.placeOf(ticketId)?.columnId === columnId ? 1 : 0;
    const last = this.model.view(columnId).total - 1;
    if (edge === 'BOTTOM') await this.loader.ensure(columnId, last).catch(() => undefined);
    await this.move(ticketId, columnId, edge === 'TOP' ? 0 : this.model.view(columnId).total - own);
  }

  /** Sends a move that is shown already (the keyboard's), or is shown now. */
  async send(ticketId: string, from: Placement, landing: Landing, undoable: boolean, index = 0): Promise<boolean> {
    const { place } = landing;
    const before = this.before(ticketId);
    const report: MoveReport = { ticketId, from, to: place };
    const token = this.model.draft(ticketId, place);
    let left: readonly string[] = [];
    const sent = this.last.then(async () => {
      const now = await this.request(ticketId, from, landing);
      left = this.model.asked?.by === 'LABEL' ? this.before(ticketId).labelIds : [laneIn(place.columnId) ?? []].flat();
      return now;
    });
    this.last = sent.catch(() => undefined);
    const step = undoable ? { ticketId, takeBack: () => this.takeBack(ticketId, from, before, left) } : null;
    try {
      await this.doing(sent.then(() => step));
      const now = await sent;
      this.model.settle(ticketId, token, now);
      this.listener.moved({ ...report, to: now }, step);
      return true;
    } catch (error) {
      this.model.discard(ticketId, token);
      this.listener.refused(report, error, { columnId: place.columnId, index });
      return false;
    }
  }

  canUndo(): boolean {
    return this.done.length > 0;
  }

  /** Something is being done with a card: undo takes it back once it is done. Answers what was given. */
  doing(change: Promise<UndoStep | null>): Promise<UndoStep | null> {
    const remembered = change.then((step) => {
      if (step) this.done.push(step);
      if (this.done.length > UNDO_KEPT) this.done.shift();
      return step;
    });
    this.underWay.add(remembered);
    const ended = (): void => void this.underWay.delete(remembered);
    remembered.then(ended, ended);
    return remembered;
  }

  /** Takes a step back, the last one where none is named: once, whoever asks. Answers its card; null: nothing was taken back. */
  async undo(named?: UndoStep): Promise<string | null> {
    // what was done last may be on its way still
    if (!named) await Promise.allSettled(this.underWay);
    const step = named ?? this.done.at(-1);
    const at = step ? this.done.lastIndexOf(step) : -1;
    if (!step || at === -1) return null;
    this.done.splice(at, 1);
    try {
      return (await step.takeBack()) ? step.ticketId : null;
    } catch (error) {
      this.listener.notUndone(error);
      return null;
    }
  }

  /** Puts a card back where it stood, behind the card it stood behind; false where it is not. @param off it was left off the board */
  async back(ticketId: string, place: Placement, off: boolean, lane: Pick<Landing, 'labelIds' | 'seen'> = {}): Promise<boolean> {
    // one that somebody has taken away since stays away
    if (off === this.model.isOnBoard(ticketId)) return false;
    const now = this.model.placeOf(ticketId) ?? place;
    // a board that is asked does not show all neighbours: the server knows what belongs before that rank
    if (this.model.asked) return this.send(ticketId, now, { place, afterId: null, rank: place.rank, unchanged: false, ...lane }, false);
    const neighbour = neighbourBefore(this.model.view(place.columnId), { id: ticketId, rank: place.rank });
    if (neighbour === undefined) {
      this.listener.refused({ ticketId, from: now, to: place }, { code: 'NEIGHBOUR_GONE' });
      return false;
    }
    return this.send(ticketId, now, { place, afterId: neighbour?.id ?? null, unchanged: false }, false);
  }

  /** How the ticket had ended, its column does not say; which labels it had, its lane not all. @param left what the move left it of what lanes stand for */
  private async takeBack(ticketId: string, from: Placement, { resolution: ended, labelIds }: Before, left: readonly string[]): Promise<boolean> {
    if (!(await this.back(ticketId, from, false, { labelIds, seen: left }))) return false;
    const now = this.before(ticketId).resolution;
    if (now === null || ended === null || now === ended) return true;
    try {
      await this.client.mutate({ mutation: SetTicketStateDocument, variables: { id: ticketId, state: 'DONE', resolution: ended } });
    } catch (error) {
      this.listener.refused({ ticketId, from, to: from }, error);
    }
    return true;
  }

  private card(id: string): CardFieldsFragment | null {
    return this.client.cache.readFragment({
      id: this.client.cache.identify({ __typename: 'Ticket', id }),
      fragment: CardFieldsFragmentDoc,
      fragmentName: 'CardFields',
    });
  }

  private before(id: string): Before {
    const card = this.card(id);
    return { resolution: card?.resolution ?? null, labelIds: card?.labelIds ?? [] };
  }

  /** What the card shows of what lanes stand for. */
  private shown(by: LaneField, id: string, from: Placement): string[] {
    const known = laneIn(from.columnId) ?? null;
    const card = this.card(id);
    return [(card ? laneSaid(by, card, known) : known) ?? []].flat();
  }

  private async request(ticketId: string, from: Placement, landing: Landing): Promise<Placement> {
    const { place, afterId } = landing;
    try {
      return await this.mutate(ticketId, from, landing);
    } catch (error) {
      if (describeError(error).code !== 'NEIGHBOUR_GONE') throw error;
      // somebody took the neighbour away, and its event is still on the way: the card goes behind the one before it
      const view = this.model.view(place.columnId);
      const gone = afterId === null ? undefined : entryOf(view, afterId);
      const neighbour = neighbourBefore((gone && removeCard(view, gone)) ?? view, { id: ticketId, rank: place.rank });
      if (neighbour === undefined) throw error;
      return this.mutate(ticketId, from, { ...landing, afterId: neighbour?.id ?? null });
    }
  }

  private async mutate(id: string, from: Placement, { place, afterId, rank, labelIds, seen }: Landing): Promise<Placement> {
    const lane = laneIn(place.columnId);
    const by = this.model.asked?.by;
    const where = { id, columnId: columnIn(place.columnId), ...(rank === undefined ? { afterId } : { rank }) };
    const { data } =
      by === undefined || lane === undefined || lane === laneIn(from.columnId)
        ? await this.client.mutate({ mutation: MoveTicketDocument, variables: where })
        : await this.client.mutate({
            mutation: MoveIntoLaneDocument,
            variables: {
              ...where,
              into: { by, lane, seen: [...(seen ?? this.shown(by, id, from))], ...(by === 'LABEL' && labelIds && { labelIds: [...labelIds] }) },
            },
          });
    const now = data && placeOf(data.moveTicket);
    if (!now) throw new Error('The server did not say where the card lies');
    return { ...now, columnId: cellOf(now.columnId, lane) };
  }
}
