import type { ApolloClient } from '@apollo/client';
import { writeTickets } from '../../ticket/write-tickets.ts';
import { LaneWindowsDocument } from '../board.generated.ts';
import type { Asked, BoardModel } from './board-model.ts';
import { columnIn, laneIn, type Lane } from './cells.ts';
import type { ReadPage } from './logged-column.ts';
import { LANE_PAGE } from './rows.ts';
import { noteRuns, readPage, readWindow } from './useBoard.ts';

/** Reads cells for the loader. Those of one lane that begin at their top come together: a lane that comes into view is one request. */
export class CellReader {
  private readonly together = new Map<Lane, Promise<ReadonlyMap<string, ReadPage>>>();

  constructor(
    private readonly client: ApolloClient,
    private readonly boardId: string,
    private readonly model: BoardModel,
  ) {}

  readonly read = async (cellId: string, offset: number, limit: number): Promise<ReadPage | null> => {
    const lane = laneIn(cellId);
    const { asked } = this.model;
    if (!asked?.by || lane === undefined || offset > 0 || limit > LANE_PAGE) return readWindow(this.client, this.model, cellId, offset, limit);
    const reading = this.together.get(lane) ?? this.readLane(lane, asked);
    this.together.set(lane, reading);
    try {
      const pages = await reading;
      return this.model.asked === asked ? (pages.get(columnIn(cellId)) ?? null) : null;
    } finally {
      if (this.together.get(lane) === reading) this.together.delete(lane);
    }
  };

  private async readLane(lane: Lane, asked: Asked): Promise<ReadonlyMap<string, ReadPage>> {
    const { by, query, timeZone } = asked;
    const { data } = await this.client.query({
      query: LaneWindowsDocument,
      variables: { id: this.boardId, limit: LANE_PAGE, query, timeZone, by: by!, lane },
      fetchPolicy: 'no-cache',
    });
    // something else is asked meanwhile
    if (!data?.board || this.model.asked !== asked) return new Map();
    const windows = data.board.columns.map((column) => ({ columnId: column.id, window: column.tickets }));
    writeTickets(
      this.client.cache,
      windows.flatMap(({ window }) => window.nodes),
    );
    for (const { window } of windows) noteRuns(this.model, window.nodes);
    return new Map(windows.map(({ columnId, window }) => [columnId, readPage(window)]));
  }
}
