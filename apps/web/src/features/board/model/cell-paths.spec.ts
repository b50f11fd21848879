import { ranksBetween } from '@trainyard/domain';
import { BoardModel } from './board-model.ts';
import { CellPaths } from './cell-paths.ts';
import { cellOf, columnIn, laneIn, laneSaid } from './cells.ts';

const page = (count: number) => ({
  offset: 0,
  total: count,
  all: count,
  seq: 1,
  cards: ranksBetween(null, null, count).map((rank, i) => ({ id: `${i}`, rank })),
});

describe('cells', () => {
  it.each([
    ['todo', undefined, 'todo'],
    ['todo', null, 'todo@'],
    ['todo', 'ada', 'todo@ada'],
  ])('are named by column and lane: %s in %s', (columnId, lane, cellId) => {
    expect([cellOf(columnId, lane), columnIn(cellId), laneIn(cellId)]).toEqual([cellId, columnId, lane]);
  });

  it('are told by what a card says of itself, and of a stage by what is known', () => {
    const card = { assignee: { id: 'ada' }, labelIds: ['gpu', 'data'] };
    expect([laneSaid('ASSIGNEE', card, 'x'), laneSaid('LABEL', card, 'x'), laneSaid('STAGE', card, 'DATA')]).toEqual(['ada', 'gpu', 'DATA']);
    expect([laneSaid('ASSIGNEE', { assignee: null, labelIds: [] }, 'x'), laneSaid('LABEL', { assignee: null, labelIds: [] }, 'x')]).toEqual([null, null]);
  });
});

describe('the ways between cells', () => {
  const asked = { query: '', timeZone: 'UTC', by: 'ASSIGNEE' } as const;
  const heads = ['todo', 'doing', 'done'].map((columnId) => ({ columnId, all: 3, seq: 1 }));
  const full = ['todo@ada', 'done@ada', 'doing@bo', 'todo@'];
  const model = new BoardModel(
    ['ada', 'bo', null].flatMap((lane) =>
      heads.map(({ columnId }) => ({ columnId: cellOf(columnId, lane), page: page(full.includes(cellOf(columnId, lane)) ? 2 : 0) })),
    ),
    1,
    asked,
    heads,
  );
  const columnIds = heads.map(({ columnId }) => columnId);
  const paths = new CellPaths(model, columnIds, ['ada', 'bo', null]);

  it('lead a walk over empty cells, and a card that is carried into them', () => {
    expect([paths.beside('todo@ada', 1, false), paths.beside('todo@ada', 1, true), paths.beside('done@ada', 1, true)]).toEqual(['done@ada', 'doing@ada', null]);
    expect([paths.beyond('todo@ada', 1, false), paths.beyond('todo@ada', 1, true), paths.beyond('todo@ada', -1, true)]).toEqual(['todo@', 'todo@bo', null]);
    expect([paths.beyond('todo@', -1, false), paths.beyond('todo@', 1, true)]).toEqual(['todo@ada', null]);
  });

  it('pass by a lane that is folded, and from one lead nowhere', () => {
    const open = new CellPaths(model, columnIds, ['ada', null]);
    expect([open.beyond('todo@ada', 1, true), open.beyond('todo@bo', 1, true)]).toEqual(['todo@', null]);
    expect(open.all()).toEqual(['todo@ada', 'doing@ada', 'done@ada', 'todo@', 'doing@', 'done@']);
  });

  it('are those of columns where there are no lanes', () => {
    const plain = new CellPaths(new BoardModel([{ columnId: 'todo', page: page(1) }, { columnId: 'done', page: page(0) }], 1), ['todo', 'done']); // prettier-ignore
    expect([plain.all(), plain.beside('todo', 1, false), plain.beside('todo', 1, true), plain.beyond('todo', 1, true)]).toEqual([
      ['todo', 'done'],
      null,
      'done',
      null,
    ]);
  });
});
