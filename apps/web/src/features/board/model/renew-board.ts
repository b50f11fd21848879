import type { ApolloClient } from '@apollo/client';
import { entryOf } from '@trainyard/domain';
import { firstCards } from './open-board-query.ts';
import { noteRuns, readBoard, readWindow, type OpenBoard } from './useBoard.ts';
import type { WindowLoader } from './window-loader.ts';

/**
 * Reads an open board again in its place, where what happened up to `seq` was not told: what is in view and the focused card. Nothing is taken
 * away before all of it is there. False where there is no such board any more.
 */
export async function renewBoard(
  client: ApolloClient,
  { boardId, model }: OpenBoard,
  loader: WindowLoader,
  focused: string | null,
  seq: number,
): Promise<boolean> {
  const { asked } = model;
  const place = focused === null ? null : model.placeOf(focused);
  const index = place && entryOf(model.view(place.columnId), focused ?? '')?.index;
  const windows = loader.beyond(asked?.by ? 0 : firstCards(), place && index !== undefined && index !== null ? [{ columnId: place.columnId, index }] : []);
  const [read, ...pages] = await Promise.all([
    readBoard(client, boardId, asked?.query ?? ''),
    ...windows.map(async ({ columnId, offset, limit }) => ({ columnId, page: await readWindow(client, model, columnId, offset, limit) })),
  ]);
  // who asks something else meanwhile has it read, too
  if (model.asked !== asked) return true;
  if (!read) return false;
  noteRuns(model, read.nodes);
  const beside = (columnId: string) => pages.flatMap(({ columnId: of, page }) => (of === columnId && page ? [page] : []));
  model.renew(
    read.pages.map(({ columnId, page }) => ({ columnId, pages: [page, ...beside(columnId)] })),
    seq,
    read.heads,
  );
  return true;
}
