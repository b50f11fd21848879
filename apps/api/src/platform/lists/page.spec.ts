import { PAGE_MAX } from '@trainyard/domain';
import { DomainError } from '../domain-error.ts';
import { decodeCursor, encodeCursor, page, pageSize } from './page.types.ts';

const rows = (count: number) => Array.from({ length: count }, (_, i) => ({ id: `r${i}` }));
const refusal = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error instanceof DomainError ? [error.code, error.params] : error;
  }
};

describe('a page', () => {
  it.each([
    ['nothing', 0, [], false],
    ['fewer rows than fit', 2, ['r0', 'r1'], false],
    ['exactly as many as fit', 3, ['r0', 'r1', 'r2'], false],
    ['one more', 4, ['r0', 'r1', 'r2'], true],
  ])('of %s', (_, found, ids, hasNextPage) => {
    const { nodes, pageInfo } = page(rows(found), 3, ({ id }) => [id, 1]);
    const last = ids.at(-1);
    expect(nodes.map(({ id }) => id)).toEqual(ids);
    expect(pageInfo).toEqual({ endCursor: last === undefined ? null : encodeCursor([last, 1]), hasNextPage });
  });

  it.each([
    [1, 1],
    [PAGE_MAX, PAGE_MAX],
    [0, ['BAD_INPUT', { field: 'first', min: 1, max: PAGE_MAX }]],
    [-1, ['BAD_INPUT', { field: 'first', min: 1, max: PAGE_MAX }]],
    [PAGE_MAX + 1, ['BAD_INPUT', { field: 'first', min: 1, max: PAGE_MAX }]],
  ])('of %i', (first, expected) => {
    expect(refusal(() => pageSize(first))).toEqual(expected);
  });
});

describe('a cursor', () => {
  const NOT_OURS = ['BAD_INPUT', { field: 'after', reason: 'not a cursor of this list' }];
  it.each([
    ['none', null, null],
    ['an empty one', '', null],
    ['its own', encodeCursor(['2026-01-01', 7]), ['2026-01-01', 7]],
    ['one of a list with another key', encodeCursor([7]), NOT_OURS],
    ['one with more than this list needs', encodeCursor([1, 2, 3]), NOT_OURS],
    ['one that holds something else', encodeCursor([1, null as unknown as number]), NOT_OURS],
    ['no list', Buffer.from('{"length":2}').toString('base64url'), NOT_OURS],
    ['nonsense', '%%%', NOT_OURS],
  ])('%s', (_, cursor, expected) => {
    expect(refusal(() => decodeCursor(cursor, 2))).toEqual(expected);
  });
});
