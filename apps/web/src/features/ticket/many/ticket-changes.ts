import type { ApolloClient } from '@apollo/client';
import { progressAt, type Changes, type Priority, type Resolution, type Standing, type TicketState } from '@trainyard/domain';
import {
  ChangedFromFragmentDoc,
  ChangeTicketsDocument,
  type ChangedFromFragment,
  type ChangeTicketsMutation,
  type ChangeTicketsMutationVariables,
} from './change-tickets.generated.ts';

type Change = ChangeTicketsMutationVariables['changes'][number];
type Answer = ChangeTicketsMutation['changeTickets'][number];
/** One that was changed. */
export type Changed = Answer & { ticket: NonNullable<Answer['ticket']> };

/** What is done with many tickets. */
export type ManyWish =
  /** To the top of a column, in the order in which they are named. */
  | { kind: 'MOVE'; columnId: string }
  /** How far they are: cards go to the first column of their board that means it. */
  | { kind: 'STATE'; standing: Standing }
  /** Into a sprint, or into none. */
  | { kind: 'PLAN'; sprintId: string | null }
  | { kind: 'ASSIGN'; assigneeId: string | null }
  | { kind: 'PRIORITY'; priority: Priority | null }
  | { kind: 'POINTS'; points: number | null }
  | { kind: 'DUE'; dueDate: string | null }
  | { kind: 'DATES'; startDate: string | null; dueDate: string | null }
  | { kind: 'PARENT'; parentId: string | null }
  | { kind: 'LABEL'; labelId: string; on: boolean }
  | { kind: 'DELETE' };

/** Where tickets come to stand in the backlog with it, in the order in which they are named; and those that the wish is for, which may be some of them. */
export interface Behind {
  afterId: string | null;
  concerned: ReadonlySet<string>;
}

/** One that was not changed, and why, by the catalogue of errors. */
export interface RefusedTicket {
  id: string;
  key: string;
  code: string;
  params: unknown;
}

/** What became of each of many. */
export interface ManyOutcome {
  changed: readonly Changed[];
  unchanged: number;
  refused: readonly RefusedTicket[];
}

/** What was done, and what takes it back. */
export interface ManyDone {
  outcome: ManyOutcome;
  takeBack: () => Promise<ManyOutcome>;
}

/** Does one thing with many tickets by one request, which one step of undo takes back: what somebody did with one of them meanwhile stays. */
export class TicketChanges {
  /** Steps back go out one after the other: a later one names the version that an earlier one made. */
  private last: Promise<unknown> = Promise.resolve();
  /** By ticket and version: the later version that holds the same, since what came between was taken back. */
  private readonly restored = new Map<string, number>();

  /** @param settle shows where those that were changed lie, before the log tells it; `gone`: they were deleted */
  constructor(
    private readonly client: ApolloClient,
    private readonly settle: (changed: readonly Changed[], gone: boolean) => void = () => undefined,
  ) {}

  /** A request that is refused as a whole is thrown. @param wish null: they are ranked alone */
  async do(ids: readonly string[], wish: ManyWish | null, behind: Behind | null = null): Promise<ManyDone> {
    const changes = ids.flatMap((id, i): Change | readonly [] => {
      const wished = wish && (behind?.concerned.has(id) ?? true) ? this.changeOf(id, wish, ids[i - 1] ?? null) : { id };
      return wished ? { ...wished, ...(behind && { backlog: { afterId: ids[i - 1] ?? behind.afterId } }) } : [];
    });
    const outcome = await this.send(changes, wish?.kind === 'DELETE');
    return { outcome, takeBack: () => this.takeBack(outcome.changed, wish) };
  }

  private takeBack(changed: readonly Changed[], wish: ManyWish | null): Promise<ManyOutcome> {
    const taken = this.last.then(async () => {
      const versions = new Map(changed.map(({ ticket: { id, version } }) => [id, this.holding(id, version)]));
      const undo =
        wish?.kind === 'DELETE'
          ? changed.map(({ ticket }): Change => ({ id: ticket.id, deleted: false }))
          : changed.toReversed().map((one) => back(one, wish?.kind === 'MOVE', versions.get(one.id) ?? one.ticket.version));
      const outcome = await this.send(undo, false);
      for (const { ticket } of outcome.changed) {
        const done = changed.find(({ id }) => id === ticket.id)!;
        // what is no value leaves the version as it is, and whoever changed the ticket meanwhile has made another
        const isOurs = (wish?.kind === 'DELETE' || hasValues(done)) && ticket.version === (versions.get(ticket.id) ?? 0) + 1;
        if (isOurs) this.restored.set(`${ticket.id} ${done.ticket.version - 1}`, ticket.version);
      }
      return outcome;
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

  private changeOf(id: string, wish: ManyWish, before: string | null): Change | null {
    if (wish.kind === 'MOVE') return { id, place: { columnId: wish.columnId, afterId: before } };
    if (wish.kind === 'STATE') return { id, progress: progressAt(wish.standing) };
    if (wish.kind === 'PLAN') return { id, sprint: { sprintId: wish.sprintId } };
    const ticket = this.read(id);
    if (!ticket) return null;
    const { version, labelIds } = ticket;
    switch (wish.kind) {
      case 'ASSIGN':
        return { id, version, values: { assigneeId: wish.assigneeId } };
      case 'PRIORITY':
        return { id, version, values: { priority: wish.priority } };
      case 'POINTS':
        return { id, version, values: { points: wish.points } };
      case 'DUE':
        return { id, version, values: { dueDate: wish.dueDate } };
      case 'DATES':
        return { id, version, values: { startDate: wish.startDate, dueDate: wish.dueDate } };
      case 'PARENT':
        return { id, version, values: { parentId: wish.parentId } };
      case 'LABEL':
        return { id, version, values: { labelIds: wish.on ? [...new Set([...labelIds, wish.labelId])] : labelIds.filter((one) => one !== wish.labelId) } };
      case 'DELETE':
        return { id, version, deleted: true };
    }
  }

  private async send(changes: readonly Change[], gone: boolean): Promise<ManyOutcome> {
    if (changes.length === 0) return { changed: [], unchanged: 0, refused: [] };
    const { data } = await this.client.mutate({ mutation: ChangeTicketsDocument, variables: { changes: [...changes] } });
    const answers = data?.changeTickets ?? [];
    const changed = answers.filter((answer): answer is Changed => answer.outcome === 'CHANGED' && answer.ticket !== null);
    this.settle(changed, gone);
    return {
      changed,
      unchanged: answers.filter(({ outcome }) => outcome === 'UNCHANGED').length,
      refused: answers.flatMap(({ id, outcome, code, params, ticket }) =>
        outcome === 'REFUSED' ? [{ id, key: ticket?.key ?? this.read(id)?.key ?? '', code: code ?? 'INTERNAL', params }] : [],
      ),
    };
  }

  private read(id: string): ChangedFromFragment | null {
    return this.client.cache.readFragment({
      id: this.client.cache.identify({ __typename: 'Ticket', id }),
      fragment: ChangedFromFragmentDoc,
      fragmentName: 'ChangedFrom',
    });
  }
}

const hasValues = ({ changes }: Changed): boolean => Object.keys(changes as object).length > 0;

/** What makes one ticket as it was, unless somebody has put it elsewhere or changed it meanwhile. @param isPlaced it was put into a column, perhaps its own */
function back({ id, ticket, changes, became, columnBefore, afterBefore }: Changed, isPlaced: boolean, version: number): Change {
  const values = Object.entries(changes as Changes).map(([name, { from }]) => [name, from]);
  const { sprintId, backlogRank, state, resolution } = became as Became;
  const isElsewhere = isPlaced || columnBefore !== ticket.columnId;
  // a column says how far its cards are, but not how they ended
  const isSaid = isElsewhere && columnBefore !== null ? resolution?.from != null : state !== undefined || resolution !== undefined;
  return {
    id,
    ...(values.length > 0 && { version, values: Object.fromEntries(values) }),
    ...(isElsewhere && { place: { columnId: columnBefore, afterId: afterBefore, seenColumnId: ticket.columnId } }),
    ...(isSaid && {
      progress: {
        state: state ? state.from : ticket.state,
        resolution: resolution ? resolution.from : ticket.resolution,
        seenState: ticket.state,
        seenResolution: ticket.resolution,
      },
    }),
    ...(sprintId && { sprint: { sprintId: sprintId.from, seenSprintId: sprintId.to } }),
    ...(backlogRank && { backlog: { rank: backlogRank.from, seenRank: backlogRank.to } }),
  };
}

type Turn<Value> = { from: Value; to: Value };
interface Became {
  sprintId?: Turn<string | null>;
  backlogRank?: Turn<string>;
  state?: Turn<TicketState>;
  resolution?: Turn<Resolution | null>;
}
