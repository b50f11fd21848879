import type { ApolloClient } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { BoardModel, type Asked, type CellPage, type Head } from './board-model.ts';
import { columnIn, laneIn } from './cells.ts';
import { cellsIn } from './read-lanes.ts';
import type { ReadPage } from './logged-column.ts';
import { BoardFrameFragmentDoc, ColumnPageDocument, OpenLanesDocument, type SentWindowFragment } from '../board.generated.ts';
import { askedIn, queryBoard } from './open-board-query.ts';
import { writeTickets } from '../../ticket/write-tickets.ts';

export interface OpenBoard {
  boardId: string;
  projectId: string;
  model: BoardModel;
}
export interface BoardLoad {
  /** Undefined until it is known; null where there is no such board for this person. */
  board: OpenBoard | null | undefined;
  /** Why the board could not be opened. */
  error: unknown;
  reload: () => void;
}

/** Opens a board: its columns with the first cards of each. While it loads again, what was there stays. */
export function useBoard(boardId: string, query: string): BoardLoad {
  const client = useApolloClient();
  const [load, setLoad] = useState<{ board: OpenBoard | null | undefined; error: unknown }>({ board: undefined, error: null });
  const [attempt, setAttempt] = useState(0);

  // what is asked later is asked of the open board
  const asking = useRef(query);
  useEffect(() => {
    asking.current = query;
  });

  useEffect(() => {
    let current = true;
    openBoard(client, boardId, asking.current).then(
      (board) => current && setLoad({ board, error: null }),
      (error: unknown) => current && setLoad((before) => ({ board: before.board?.boardId === boardId ? before.board : undefined, error })),
    );
    return () => {
      current = false;
    };
  }, [client, boardId, attempt]);

  const reload = useCallback(() => setAttempt((n) => n + 1), []);
  const board = load.board && load.board.boardId !== boardId ? undefined : load.board;
  return { board, error: load.error, reload };
}

/** A board as the server has it: what its columns begin with, or how many cards its lanes have. What else it says of itself and of the tickets goes to the cache. */
interface ReadBoard {
  projectId: string;
  /** Of the log, at which it was read. */
  seq: number;
  pages: CellPage[];
  heads?: Head[];
  /** Tickets that have a run. */
  nodes: readonly SentWindowFragment['nodes'][number][];
}

export async function readBoard(client: ApolloClient, boardId: string, query: string): Promise<ReadBoard | null> {
  const asked = askedIn(query);
  if (asked?.by) return readInLanes(client, boardId, asked);
  const { data } = await queryBoard(client, boardId, query);
  if (!data?.board) return null;
  const { project, columns, ...board } = data.board;
  const windows = columns.map((column) => ({ columnId: column.id, window: column.tickets }));
  client.cache.batch({
    update(cache) {
      writeTickets(
        cache,
        windows.flatMap(({ window }) => window.nodes),
      );
      cache.writeFragment({ id: cache.identify(board), fragment: BoardFrameFragmentDoc, data: { ...board, project, columns } });
    },
  });
  return {
    projectId: project.id,
    seq: project.seq,
    pages: windows.map(({ columnId, window }) => ({ columnId, page: readPage(window) })),
    nodes: windows.flatMap(({ window }) => window.nodes),
  };
}

async function readInLanes(client: ApolloClient, id: string, { query, timeZone, by }: Asked): Promise<ReadBoard | null> {
  const { data } = await client.query({ query: OpenLanesDocument, variables: { id, query, timeZone, by: by! }, fetchPolicy: 'no-cache' });
  if (!data?.board) return null;
  const { lanes, project, columns, ...board } = data.board;
  client.cache.writeFragment({ id: client.cache.identify(board), fragment: BoardFrameFragmentDoc, data: { ...board, project, columns } });
  return { projectId: project.id, seq: project.seq, ...cellsIn({ ...board, columns, lanes }), nodes: [] };
}

async function openBoard(client: ApolloClient, boardId: string, query: string): Promise<OpenBoard | null> {
  const read = await readBoard(client, boardId, query);
  if (!read) return null;
  const model = new BoardModel(read.pages, read.seq, askedIn(query), read.heads);
  noteRuns(model, read.nodes);
  return { boardId, projectId: read.projectId, model };
}

/** Reads a part of a cell; its tickets go to the cache, its order to the caller. */
export async function readWindow(client: ApolloClient, model: BoardModel, cellId: string, offset: number, limit: number): Promise<ReadPage | null> {
  const { asked } = model;
  const lane = laneIn(cellId);
  const variables = { id: columnIn(cellId), offset, limit, ...asked, ...(lane !== undefined && { lane }) };
  const { data } = await client.query({ query: ColumnPageDocument, variables, fetchPolicy: 'no-cache' });
  // something else is asked meanwhile
  if (!data?.column || model.asked !== asked) return null;
  const window = data.column.tickets;
  writeTickets(client.cache, window.nodes);
  noteRuns(model, window.nodes);
  return readPage(window);
}

export function noteRuns(model: BoardModel, tickets: readonly { id: string; latestRun: object | null }[]): void {
  model.noteRuns(tickets.filter((ticket) => ticket.latestRun).map((ticket) => ticket.id));
}

export function readPage({ offset, total, all, seq, nodes }: SentWindowFragment): ReadPage {
  // In the window of a column each card has a rank.
  return { offset, total, all, seq, cards: nodes.flatMap(({ id, rank }) => (rank === null ? [] : [{ id, rank }])) };
}
