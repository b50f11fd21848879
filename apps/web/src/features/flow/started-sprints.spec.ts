import { startedSprints } from './started-sprints.ts';

it('what runs comes first, then what ended, the last one first; what is planned has no report', () => {
  const sprints = [
    { name: 'next', state: 'PLANNED', startedAt: null },
    { name: 'first', state: 'CLOSED', startedAt: '2026-10-01T08:00:00Z' },
    { name: 'now', state: 'RUNNING', startedAt: '2026-11-16T08:00:00Z' },
    { name: 'second', state: 'CLOSED', startedAt: '2026-10-15T08:00:00Z' },
  ];
  expect(startedSprints(sprints).map(({ name }) => name)).toEqual(['now', 'second', 'first']);
});
