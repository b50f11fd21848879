import { wipAfter, wipState } from './wip.ts';

describe('work in progress', () => {
  it.each([
    [0, null, 'NONE'],
    [1, 2, 'FREE'],
    [2, 2, 'FULL'],
    [3, 2, 'OVER'],
  ] as const)('%i cards under a limit of %s is %s', (count, wipLimit, state) => {
    expect(wipState({ count, wipLimit })).toBe(state);
  });

  it.each([
    [1, 'REFUSE', 1, 'FULL', false],
    [2, 'REFUSE', 1, 'OVER', true],
    [2, 'WARN', 1, 'OVER', false],
    [3, 'REFUSE', 0, 'OVER', false],
  ] as const)('%i cards, %s, %i more: %s, refused %s', (count, wipPolicy, entering, state, refused) => {
    expect(wipAfter({ name: 'Doing', count, wipLimit: 2, wipPolicy }, entering)).toEqual({ state, refused });
  });
});
