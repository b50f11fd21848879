import type { ApolloClient } from '@apollo/client';
import type { Priority } from '@trainyard/domain';
import type { BoardModel } from '../model/board-model.ts';
import type { BoardMoves } from '../model/board-moves.ts';
import { placeInCell } from '../model/place-in-cell.ts';
import type { UndoStep } from '../../ticket/ticket-holder.ts';
import {
  ChangedFromFragmentDoc,
  ChangeTicketsDocument,
  type ChangedFromFragment,
  type ChangeTicketsMutation,
  type ChangeTicketsMutationVariables,
} from './change-tickets.generated.ts';

type Change = ChangeTicketsMutationVariables['changes'][number];
type Changed = ChangeTicketsMutation['changeTickets'][number];

/** What is done with many cards. */
export type ManyWish =
  /** To the top of a column, in the order of the board. */
  | { kind: 'MOVE'; columnId: string }
  | { kind: 'ASSIGN'; assigneeId: string | null }
  | { kind: 'PRIORITY'; priority: Priority | null }
  | { kind: 'DUE'; dueDate: string | null }
  | { kind: 'LABEL'; labelId: string; on: boolean }
  | { kind: 'DELETE' };

/** What was done, and what takes it back. */
export interface ManyDone {
  ids: readonly string[];
  step: UndoStep;
}

/** Does one thing with many cards by one request, which one step of undo takes back. */
export class TicketChanges {
  /** Steps back go out one after the other: a later one names the version that an earlier one made. */
  private last: Promise<unknown> = Promise.resolve();
  /** By ticket and version: the later version that holds the same, since what came between was taken back. */
  private readonly restored = new Map<string, number>();

  constructor(
    private readonly client: ApolloClient,
    private readonly model: BoardModel,
    private readonly moves: BoardMoves,
  ) {}

  /** Null: there was nothing to change. A refusal is thrown. */
  async do(ids: readonly string[], wish: ManyWish): Promise<ManyDone | null> {
    const from = new Map(ids.flatMap((id) => this.read(id) ?? []).map((ticket) => [ticket.id, ticket]));
    const changes = ids.flatMap((id, i) => this.changeOf(from.get(id), wish, ids[i - 1] ?? null) ?? []);
    if (changes.length === 0) return null;
    const done = this.send(changes).then((changed): UndoStep => ({ ticketId: changes[0]!.id, takeBack: () => this.takeBack(changed, from, wish) }));
    await this.moves.doing(done);
    return { ids: changes.map(({ id }) => id), step: await done };
  }

  private takeBack(changed: readonly Changed[], from: ReadonlyMap<string, ChangedFromFragment>, wish: ManyWish): Promise<true> {
    const taken = this.last.then(async (): Promise<true> => {
      const versions = new Map(changed.map(({ ticket: { id, version } }) => [id, this.holding(id, version)]));
      const undo =
        wish.kind === 'DELETE'
          ? changed.map(({ ticket }): Change => ({ id: ticket.id, deleted: false }))
          : changed.toReversed().map((one) => back(one, versions.get(one.ticket.id) ?? one.ticket.version, from.get(one.ticket.id), wish));
      for (const { ticket } of await this.send(undo)) {
        const before = from.get(ticket.id)?.version;
        // a move leaves the version as it is, and whoever changed the ticket meanwhile has made another
        const isOurs = wish.kind !== 'MOVE' && ticket.version === (versions.get(ticket.id) ?? 0) + 1;
        if (before !== undefined && isOurs) this.restored.set(`${ticket.id} ${before}`, ticket.version);
      }
      return true;
    });
    this.last = taken.catch(() => undefined);
    return taken;
  }

  /** The newest version that holds what this one held. */
  private holding(id: string, version: number): number {
    const later = this.restored.get(`${id} ${version}`);
    return later === undefined ? version : this.holding(id, later);
  }

  /** How many of them carry a label. */
  withLabel(ids: readonly string[], labelId: string): number {
    return ids.filter((id) => this.read(id)?.labelIds.includes(labelId)).length;
  }

  private changeOf(ticket: ChangedFromFragment | undefined, wish: ManyWish, before: string | null): Change | null {
    if (!ticket) return null;
    const { id, version, assignee, labelIds } = ticket;
    switch (wish.kind) {
      case 'MOVE':
        return { id, place: { columnId: wish.columnId, afterId: before } };
      case 'ASSIGN':
        return (assignee?.id ?? null) === wish.assigneeId ? null : { id, version, values: { assigneeId: wish.assigneeId } };
      case 'PRIORITY':
        return ticket.priority === wish.priority ? null : { id, version, values: { priority: wish.priority } };
      case 'DUE':
        return ticket.dueDate === wish.dueDate ? null : { id, version, values: { dueDate: wish.dueDate } };
      case 'LABEL': {
        if (labelIds.includes(wish.labelId) === wish.on) return null;
        return { id, version, values: { labelIds: wish.on ? [...labelIds, wish.labelId] : labelIds.filter((one) => one !== wish.labelId) } };
      }
      case 'DELETE':
        return { id, version, deleted: true };
    }
  }

  private async send(changes: readonly Change[]): Promise<readonly Changed[]> {
    const { data } = await this.client.mutate({ mutation: ChangeTicketsDocument, variables: { changes: [...changes] } });
    const changed = data?.changeTickets ?? [];
    const gone = new Set(changes.filter(({ deleted }) => deleted === true).map(({ id }) => id));
    for (const { ticket } of changed) {
      // the log tells it too, a moment later
      const place = gone.has(ticket.id) ? null : placeInCell(this.model, ticket);
      this.model.settle(ticket.id, this.model.draft(ticket.id, place), place);
    }
    return changed;
  }

  private read(id: string): ChangedFromFragment | null {
    return this.client.cache.readFragment({
      id: this.client.cache.identify({ __typename: 'Ticket', id }),
      fragment: ChangedFromFragmentDoc,
      fragmentName: 'ChangedFrom',
    });
  }
}

/** What makes one ticket as it was. */
function back({ ticket: { id }, columnBefore, afterBefore }: Changed, version: number, from: ChangedFromFragment | undefined, wish: ManyWish): Change {
  if (wish.kind === 'MOVE') return { id, place: { columnId: columnBefore, afterId: afterBefore } };
  return { id, version, values: before(from, wish) };
}

function before(from: ChangedFromFragment | undefined, wish: ManyWish): Change['values'] {
  switch (wish.kind) {
    case 'ASSIGN':
      return { assigneeId: from?.assignee?.id ?? null };
    case 'PRIORITY':
      return { priority: from?.priority ?? null };
    case 'DUE':
      return { dueDate: from?.dueDate ?? null };
    default:
      return { labelIds: from?.labelIds ?? [] };
  }
}
