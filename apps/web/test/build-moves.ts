import { ApolloClient, ApolloLink, InMemoryCache, Observable } from '@apollo/client';
import { ranksBetween, type WipPolicy } from '@trainyard/domain';
import { GraphQLError } from 'graphql';
import { BoardModel } from '../src/features/board/model/board-model.ts';
import { BoardMoves, type MoveReport } from '../src/features/board/model/board-moves.ts';
import { WindowLoader } from '../src/features/board/model/window-loader.ts';

type Variables = { id: string; columnId: string; afterId: string | null };
type Answer = { columnId: string; rank: string; boardId?: string; state?: 'DONE'; resolution?: 'DONE' } | { code: string };

/** A board of two columns of ten, of which `loaded` are known, and a server whose answers the test gives. */
export function buildMoves({
  loaded = 10,
  offline = false,
  limit = null,
  policy = 'WARN',
  answer,
}: {
  loaded?: number;
  offline?: boolean;
  limit?: number | null;
  policy?: WipPolicy;
  answer?: (variables: Variables, call: number) => Answer;
}) {
  const cards = (name: string) => ranksBetween(null, null, 10).map((rank, i) => ({ id: `${name}${i}`, rank }));
  const columns = { todo: cards('todo'), doing: cards('doing') };
  const page = (id: 'todo' | 'doing', offset: number, count: number) => ({
    offset,
    total: 10,
    all: 10,
    seq: 1,
    cards: columns[id].slice(offset, offset + count),
  });
  const model = new BoardModel(
    [
      { columnId: 'todo', page: page('todo', 0, loaded) },
      { columnId: 'doing', page: page('doing', 0, loaded) },
    ],
    1,
  );
  const sent: Variables[] = [];
  const link = new ApolloLink((operation) => {
    sent.push(operation.variables as Variables);
    const given = answer?.(operation.variables as Variables, sent.length) ?? {
      columnId: operation.variables.columnId as string,
      rank: model.placeOf(operation.variables.id as string)?.rank ?? '',
    };
    return new Observable((observer) => {
      queueMicrotask(() => {
        if ('code' in given) observer.next({ errors: [new GraphQLError('refused', { extensions: { code: given.code } })] });
        else
          observer.next({
            data: {
              [operation.operationName === 'MoveTicket' ? 'moveTicket' : 'setTicketState']: {
                __typename: 'Ticket',
                id: operation.variables.id,
                version: 2,
                ...given,
              },
            },
          });
        observer.complete();
      });
    });
  });
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const reads: number[] = [];
  const loader = new WindowLoader(
    model,
    async (columnId, offset, count) => {
      reads.push(offset);
      if (offline) throw new Error('no network');
      return page(columnId as 'todo' | 'doing', offset, count);
    },
    () => undefined,
  );
  const moved: MoveReport[] = [];
  const refused: unknown[] = [];
  const moves = new BoardMoves(client, model, loader, (columnId) => ({ name: columnId, wipLimit: columnId === 'doing' ? limit : null, wipPolicy: policy }), {
    moved: (report) => void moved.push(report),
    refused: (_report, error) => void refused.push(error),
    notUndone: (error) => void refused.push(error),
  });
  const order = (columnId: string): string[] => model.view(columnId).entries.map((entry) => entry.id);
  return { model, moves, client, loader, sent, moved, refused, reads, order };
}
