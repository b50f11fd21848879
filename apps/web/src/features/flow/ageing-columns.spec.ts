import { ageingColumns, placeIn } from './ageing-columns.ts';

const boards = [{ columns: [{ id: 'todo' }, { id: 'doing' }, { id: 'review' }] }];
const ages = { p50: 1 };

it('columns stand in the order of the board: those that say something, and gone ones while something lies in them', () => {
  const tickets = [
    { columnId: 'review', age: 3 },
    { columnId: 'erased', age: 2 },
    { columnId: null, age: 1 },
  ];
  const columns = [
    { columnId: 'doing', ages },
    { columnId: 'todo', ages: null },
    { columnId: 'old', ages },
  ];
  expect(ageingColumns(boards, { tickets, columns })).toEqual(['doing', 'review', 'erased', null]);
  expect(ageingColumns(boards, { tickets: [], columns: [] })).toEqual([]);
});

it('tickets lie beside each other within their column', () => {
  const placed = placeIn(
    ['todo', 'doing'],
    [
      { columnId: 'doing', age: 9 },
      { columnId: 'doing', age: 4 },
    ],
  );
  expect(placed.map(({ x, y }) => [Math.round(x * 100) / 100, y])).toEqual([
    [1.33, 9],
    [1.67, 4],
  ]);
});
