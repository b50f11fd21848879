import { peopleOf, type DayTicketData } from './people-of.ts';

const ticket = (key: string, more: Partial<DayTicketData> = {}): DayTicketData => ({
  __typename: 'DayTicket',
  ...{ ticketId: key, key, title: key, state: 'OPEN', points: null, assigneeId: 'ann', assigneeName: 'Ann', column: null },
  ...{ moves: [], blockers: [], runs: [] },
  ...more,
});
const blocker = { __typename: 'DayBlocker' as const, key: null, title: null };

it('tells of each person what moves, and of nobody last', () => {
  const people = peopleOf([
    ticket('quiet'),
    ticket('done', { state: 'DONE', moves: [{ __typename: 'DayMove', at: '2026-11-30T08:00:00Z', by: null, column: null, state: 'DONE' }] }),
    ticket('long done', { state: 'DONE', blockers: [blocker] }),
    ticket('blocked', { blockers: [blocker] }),
    ticket('worked on', { state: 'IN_PROGRESS' }),
    ticket('lost', { assigneeId: null, assigneeName: null, state: 'IN_PROGRESS' }),
    ticket('bob', { assigneeId: 'bob', assigneeName: 'Bob' }),
  ]);
  const keys = (of: readonly DayTicketData[]): string[] => of.map(({ key }) => key);
  expect(people.map(({ name, tickets, quiet }) => [name, keys(tickets), keys(quiet)])).toEqual([
    ['Ann', ['worked on', 'blocked', 'done'], ['quiet', 'long done']],
    ['Bob', [], ['bob']],
    [null, ['lost'], []],
  ]);
});
