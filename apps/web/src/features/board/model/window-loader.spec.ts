import { jest } from '@jest/globals';
import { ranksBetween } from '@trainyard/domain';
import { waitFor } from '@testing-library/react';
import { BoardModel } from './board-model.ts';
import type { ReadPage } from './logged-column.ts';
import { WindowLoader } from './window-loader.ts';

const COUNT = 400;
const cards = ranksBetween(null, null, COUNT).map((rank, i) => ({ id: `t${i}`, rank }));
const page = (offset: number, limit: number, seq = 1): ReadPage => ({ offset, total: COUNT, all: COUNT, seq, cards: cards.slice(offset, offset + limit) });

/** A loader whose reads the test answers one by one. */
function buildLoader() {
  const model = new BoardModel(
    ['a', 'b', 'c', 'd', 'e', 'f'].map((columnId) => ({ columnId, page: page(0, 20) })),
    1,
  );
  const reads: { columnId: string; offset: number; limit: number; answer: (page: ReadPage | null) => void; fail: () => void }[] = [];
  const onLate = jest.fn();
  const loader = new WindowLoader(
    model,
    (columnId, offset, limit) =>
      new Promise((resolve, reject) => void reads.push({ columnId, offset, limit, answer: resolve, fail: () => reject(new TypeError('cut')) })),
    onLate,
  );
  return { model, loader, reads, onLate };
}
const loaded = (model: BoardModel, columnId: string, index: number): boolean => model.view(columnId).entries.some((entry) => entry.index === index);

describe('WindowLoader', () => {
  it('asks for nothing that is there', () => {
    const { loader, reads } = buildLoader();
    loader.want('a', 0, 12);
    expect(reads).toHaveLength(0);
    loader.stop();
  });

  it('loads what is in view with some to spare, once', async () => {
    const { loader, reads, model } = buildLoader();
    loader.want('a', 200, 212);
    loader.want('a', 201, 213);
    expect(reads.map(({ offset, limit }) => [offset, limit])).toEqual([[195, 25]]);
    reads[0]?.answer(page(195, 25));
    await waitFor(() => expect(loaded(model, 'a', 212)).toBe(true));
    expect(reads).toHaveLength(1);
    loader.stop();
  });

  it('does not read again what was scrolled past, downwards or upwards', async () => {
    const { loader, reads, model } = buildLoader();
    loader.want('a', 12, 24);
    expect(reads.map(({ offset, limit }) => [offset, limit])).toEqual([[20, 25]]);
    loader.want('b', 200, 212);
    reads[1]?.answer(page(195, 25));
    await waitFor(() => expect(loaded(model, 'b', 212)).toBe(true));
    loader.want('b', 190, 202);
    expect([reads[2]?.offset, reads[2]?.limit]).toEqual([170, 25]);
    loader.stop();
  });

  it('keeps to a few requests, and serves the place looked at last first', async () => {
    const { loader, reads } = buildLoader();
    for (const columnId of ['a', 'b', 'c', 'd', 'e', 'f']) loader.want(columnId, 100, 110);
    expect(reads.map((read) => read.columnId)).toEqual(['a', 'b', 'c', 'd']);
    reads[0]?.answer(page(95, 25));
    await waitFor(() => expect(reads).toHaveLength(5));
    expect(reads[4]?.columnId).toBe('f');
    loader.stop();
  });

  it('asks again after a failure', async () => {
    const { loader, reads, model } = buildLoader();
    loader.want('a', 100, 110);
    reads[0]?.fail();
    await waitFor(() => expect(reads).toHaveLength(2), { timeout: 3000 });
    reads[1]?.answer(page(95, 25));
    await waitFor(() => expect(loaded(model, 'a', 105)).toBe(true));
    loader.stop();
  });

  it('holds a page that is ahead of the events, asks for them when they are late, and does not ask for the page again', async () => {
    const { loader, reads, model, onLate } = buildLoader();
    loader.want('a', 100, 110);
    reads[0]?.answer(page(95, 25, 3));
    await waitFor(() => expect(onLate).toHaveBeenCalled(), { timeout: 3000 });
    expect(reads).toHaveLength(1);
    expect(loaded(model, 'a', 105)).toBe(false);
    model.applyChanges([], 3);
    expect(loaded(model, 'a', 105)).toBe(true);
    loader.stop();
  });

  it('says what is in view, and the focused card, beyond what a board begins with', () => {
    const { loader } = buildLoader();
    loader.want('a', 0, 12);
    loader.want('b', 200, 212);
    expect(loader.beyond(20, [{ columnId: 'a', index: 3 }])).toEqual([{ columnId: 'b', offset: 195, limit: 25 }]);
    expect(loader.beyond(20, [{ columnId: 'b', index: 205 }])).toEqual([{ columnId: 'b', offset: 195, limit: 25 }]);
    expect(loader.beyond(20, [{ columnId: 'b', index: 30 }]).slice(1)).toEqual([{ columnId: 'b', offset: 25, limit: 25 }]);
    loader.stop();
  });

  it('brings one row for a move to the end of a column', async () => {
    const { loader, reads, model } = buildLoader();
    const done = loader.ensure('b', COUNT - 1);
    reads[0]?.answer(page(COUNT - 25, 25));
    await done;
    expect(loaded(model, 'b', COUNT - 1)).toBe(true);
    loader.stop();
  });
});
