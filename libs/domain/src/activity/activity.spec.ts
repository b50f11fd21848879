import { changesBetween } from './activity.ts';

describe('the changes between two states', () => {
  it.each<[string, object, object, object]>([
    ['nothing', { a: 1 }, { a: 1 }, {}],
    ['a field that is another', { a: 1, b: 2 }, { a: 3 }, { a: { from: 1, to: 3 } }],
    ['several', { a: 1, b: 2 }, { a: 2, b: 1 }, { a: { from: 1, to: 2 }, b: { from: 2, to: 1 } }],
    ['a field left untouched', { a: 1 }, { a: undefined }, {}],
    ['a field cleared', { a: 1 }, { a: null }, { a: { from: 1, to: null } }],
    ['a field that was not there', {}, { a: 1 }, { a: { from: null, to: 1 } }],
    ['nothing that stays nothing', { a: null }, { a: null }, {}],
    ['nothing that was not there and is nothing', {}, { a: null }, {}],
    [
      '0, false and nothing, which differ',
      { a: 0, b: false, c: '' },
      { a: null, b: null, c: null },
      { a: { from: 0, to: null }, b: { from: false, to: null }, c: { from: '', to: null } },
    ],
    ['a list with the same in it', { a: ['x', 'y'] }, { a: ['x', 'y'] }, {}],
    ['a list in another order', { a: ['x', 'y'] }, { a: ['y', 'x'] }, { a: { from: ['x', 'y'], to: ['y', 'x'] } }],
    ['a number that was a text', { a: '1' }, { a: 1 }, { a: { from: '1', to: 1 } }],
  ])('%s', (_, before, after, changes) => {
    expect(changesBetween(before, after)).toEqual(changes);
  });
});
