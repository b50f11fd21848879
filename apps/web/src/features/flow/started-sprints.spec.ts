import { chosenSprint, isRunningAt, startedSprints } from './started-sprints.ts';

it('what runs comes first, then what ended, the last one first; what is planned has no report', () => {
  const sprints = [
    { name: 'next', state: 'PLANNED', startedAt: null },
    { name: 'first', state: 'CLOSED', startedAt: '2026-10-01T08:00:00Z' },
    { name: 'now', state: 'RUNNING', startedAt: '2026-11-16T08:00:00Z' },
    { name: 'second', state: 'CLOSED', startedAt: '2026-10-15T08:00:00Z' },
  ];
  expect(startedSprints(sprints).map(({ name }) => name)).toEqual(['now', 'second', 'first']);
});

it('a sprint that has ended ran at a moment before that', () => {
  const closed = { closedAt: '2026-10-15T16:00:00Z' };
  expect([isRunningAt(closed, undefined), isRunningAt(closed, '2026-10-15T15:59Z'), isRunningAt(closed, '2026-10-15T16:00Z')]).toEqual([false, true, false]);
  expect(isRunningAt({ closedAt: null }, undefined)).toBe(true);
});

it('an address that names no sprint, or one that is not there, means the first that has begun', () => {
  const sprints = [
    { id: 'next', state: 'PLANNED', startedAt: null },
    { id: 'now', state: 'RUNNING', startedAt: '2026-11-16T08:00:00Z' },
  ];
  expect([undefined, 'gone', 'now', 'next'].map((id) => chosenSprint(sprints, id)?.id)).toEqual(['now', 'now', 'now', 'next']);
  expect(chosenSprint([], 'gone')).toBeUndefined();
});
