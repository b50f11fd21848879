import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { renderApp } from '../../../../test/render.tsx';
import { buildSentTicket } from '../../../../test/build-ticket.ts';
import { ChangeTicketsDocument } from '../../ticket/many/change-tickets.generated.ts';
import { sectionQuery } from './backlog-sections.ts';
import { BacklogPage } from './BacklogPage.tsx';
import { BacklogDocument, BacklogGroupsDocument, BacklogWindowDocument, CreateBacklogTicketDocument, SprintCapacityDocument } from '../sprints.generated.ts';

const TOTALS = {
  __typename: 'SprintTotals',
  tickets: 1,
  points: 5,
  unestimated: 0,
  done: 0,
  donePoints: 0,
  cancelled: 0,
  committed: 0,
  committedPoints: 0,
};
const SPRINT = {
  __typename: 'Sprint',
  id: 'sprint-1',
  boardId: 'board-1',
  name: 'Sprint 1',
  goal: 'Fit the curve',
  state: 'PLANNED',
  startsOn: '2026-11-30',
  endsOn: '2026-12-13',
  startedAt: null,
  closedAt: null,
  abandoned: false,
  version: 1,
  totals: TOTALS,
};
const person = (name: string, minutes: number, capacity: number, points: number, isOver: boolean) => ({
  __typename: 'PersonCapacity',
  person: { __typename: 'Person', id: name, name },
  minutes,
  capacity,
  points,
  unestimated: 0,
  isOver,
});
const CAPACITY = {
  __typename: 'SprintCapacity',
  isFrozen: false,
  ratio: { __typename: 'CapacityRatio', sprints: 4, points: 80, minutes: 38_400 },
  people: [person('Ann', 4_800, 10, 13.5, true), person('Bo', 4_800, 10, 2, false)],
  minutes: 9_600,
  points: 15.5,
  unestimated: 0,
  capacity: 20,
  isOver: false,
};
const ticket = (number: number, points: number | null) => ({
  __typename: 'Ticket',
  id: `ticket-${number}`,
  key: `ATL-${number}`,
  type: 'TASK',
  title: `Work ${number}`,
  state: 'OPEN',
  resolution: null,
  stage: null,
  priority: null,
  startDate: null,
  dueDate: null,
  deviceHours: null,
  sprintId: null,
  points,
  assignee: null,
  labelIds: [],
  updatedAt: '2026-11-30T08:00:00.000Z',
  version: 1,
});
const project = {
  __typename: 'Project',
  id: 'project-1',
  key: 'ATL',
  name: 'Atlas',
  seq: 1,
  timeZone: 'UTC',
  visibility: 'OPEN',
  state: 'ACTIVE',
  team: { __typename: 'Team', id: 'team-1' },
  labels: [],
  boards: [{ __typename: 'Board', id: 'board-1', name: 'Atlas', kind: 'SCRUM' }],
  sprints: [SPRINT],
};

interface Change {
  id: string;
  values?: { points: number };
  sprint?: { sprintId: string | null };
  backlog?: object;
}
const ANSWER = { __typename: 'ChangedTicket', outcome: 'CHANGED', code: null, params: null, changes: {}, became: {}, columnBefore: null, afterBefore: null };

/** A server that keeps what is in the sprint and in which order the rest waits. */
function server() {
  const state = { inSprint: ['ticket-1'], waiting: ['ticket-2', 'ticket-3'] };
  const all = new Map([ticket(1, 5), ticket(2, 8), ticket(3, null)].map((one) => [one.id, one]));
  const window = (ids: readonly string[]) => ({
    data: {
      project: {
        __typename: 'Project',
        id: 'project-1',
        backlogWindow: { __typename: 'BacklogWindow', offset: 0, total: ids.length, nodes: ids.map((id) => all.get(id)) },
      },
    },
  });
  const said: unknown[] = [];
  /** Tickets that somebody planned otherwise. */
  const refusing = new Set<string>();
  const fails = { capacity: false };
  const forever = { maxUsageCount: Number.POSITIVE_INFINITY };
  const mocks: MockLink.MockedResponse[] = [
    { request: { query: BacklogDocument, variables: () => true }, result: () => ({ data: { project } }), ...forever },
    {
      request: { query: BacklogGroupsDocument, variables: () => true },
      result: () => ({
        data: {
          project: {
            __typename: 'Project',
            id: 'project-1',
            backlogGroups: [
              { __typename: 'BacklogSums', key: null, name: null, ticketKey: null, tickets: state.waiting.length, points: 8, unestimated: 1, deviceHours: 0 },
            ],
          },
        },
      }),
      ...forever,
    },
    {
      request: { query: SprintCapacityDocument, variables: () => true },
      result: () =>
        fails.capacity
          ? { errors: [new GraphQLError('down')] }
          : { data: { sprint: { __typename: 'Sprint', id: 'sprint-1', state: 'PLANNED', capacity: CAPACITY } } },
      ...forever,
    },
    {
      request: { query: BacklogWindowDocument, variables: () => true },
      result: ({ query }: { query: string }) => window(query === sectionQuery('SPRINT', 'sprint-1') ? state.inSprint : state.waiting),
      ...forever,
    },
    {
      request: { query: ChangeTicketsDocument, variables: () => true },
      result: ({ changes }: { changes: Change[] }) => {
        said.push(changes);
        const changeTickets = changes.map(({ id, values, sprint, backlog }) => {
          if (refusing.has(id)) {
            const params = { reason: 'PLANNED', ticket: all.get(id)!.key };
            return { ...ANSWER, id, outcome: 'REFUSED', code: 'CONFLICT', params, ticket: { ...buildSentTicket(), ...all.get(id), columnId: null } };
          }
          if (sprint) {
            state.inSprint = [...state.inSprint.filter((one) => one !== id), ...(sprint.sprintId === null ? [] : [id])];
            state.waiting = [...state.waiting.filter((one) => one !== id), ...(sprint.sprintId === null ? [id] : [])].toSorted();
          }
          return {
            ...ANSWER,
            id,
            changes: values ? { points: { from: null, to: values.points } } : {},
            became: {
              ...(sprint && { sprintId: { from: sprint.sprintId === null ? 'sprint-1' : null, to: sprint.sprintId } }),
              ...(backlog && { backlogRank: { from: `old ${id}`, to: `new ${id}` } }),
            },
            ticket: { ...buildSentTicket(), ...all.get(id), ...values, version: 2, columnId: null },
          };
        });
        return { data: { changeTickets } };
      },
      ...forever,
    },
    {
      request: { query: CreateBacklogTicketDocument, variables: () => true },
      result: (variables: { input: { id: string } }) => {
        said.push(variables);
        return { data: { createTicket: { __typename: 'Ticket', id: variables.input.id, key: 'ATL-9' } } };
      },
      ...forever,
    },
  ];
  return { mocks, said, refusing, fails };
}

const open = async () => {
  const { mocks, said, refusing, fails } = server();
  const rendered = await renderApp(<BacklogPage />, { mocks, at: '/projects/ATL/backlog' });
  await screen.findByRole('link', { name: 'ATL-3' });
  return { ...rendered, said, refusing, fails };
};
const tick = (key: string): HTMLElement => within(screen.getByRole('link', { name: key }).closest('tr') as HTMLElement).getByRole('checkbox');

const keys = (): (string | null)[] => screen.getAllByRole('link', { name: /^ATL-/ }).map(({ textContent }) => textContent);

describe('the backlog', () => {
  it('shows what is planned above what waits, and says what is ticked in points', async () => {
    const { user } = await open();
    expect(keys()).toEqual(['ATL-1', 'ATL-2', 'ATL-3']);
    await user.click(tick('ATL-1'));
    await user.click(tick('ATL-2'));
    expect(await screen.findByText('13 points')).toBeTruthy();
    await user.click(tick('ATL-3'));
    expect(screen.getByText('13 points · 1 without an estimate')).toBeTruthy();
  });

  it('moves what is ticked into a sprint, and takes it back by one press', async () => {
    const { user, said } = await open();
    await user.click(tick('ATL-2'));
    await user.click(tick('ATL-3'));
    await user.click(await screen.findByRole('button', { name: 'Move to…' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sprint 1' }));
    await screen.findByText('2 tickets moved to Sprint 1.');
    expect(said).toEqual([
      [
        { id: 'ticket-2', sprint: { sprintId: 'sprint-1' }, backlog: { afterId: 'ticket-1' } },
        { id: 'ticket-3', sprint: { sprintId: 'sprint-1' }, backlog: { afterId: 'ticket-2' } },
      ],
    ]);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    const back = (id: string) => ({
      id,
      sprint: { sprintId: null, seenSprintId: 'sprint-1' },
      backlog: { rank: `old ${id}`, seenRank: `new ${id}` },
    });
    await waitFor(() => expect(said.slice(1)).toEqual([[back('ticket-3'), back('ticket-2')]]));
    await waitFor(() => expect(keys()).toEqual(['ATL-1', 'ATL-2', 'ATL-3']));
  });

  it('leaves what somebody planned otherwise since, and names it', async () => {
    const { user, refusing } = await open();
    await user.click(tick('ATL-2'));
    await user.click(await screen.findByRole('button', { name: 'Move to…' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sprint 1' }));
    await screen.findByText('1 ticket moved to Sprint 1.');
    refusing.add('ticket-2');
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('1 was not changed:')).toBeTruthy();
    expect(screen.getByText(/Somebody has planned it for another sprint since/)).toBeTruthy();
  });

  it('leaves what was moved where it is when something cannot be read again afterwards', async () => {
    const { user, fails, said } = await open();
    fails.capacity = true;
    await user.click(tick('ATL-2'));
    await user.click(await screen.findByRole('button', { name: 'Move to…' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sprint 1' }));
    await screen.findByText('1 ticket moved to Sprint 1.');
    expect([keys(), said.length]).toEqual([['ATL-1', 'ATL-2', 'ATL-3'], 1]);
  });

  it('puts what is ticked behind all that waits', async () => {
    const { user, said } = await open();
    await user.click(tick('ATL-2'));
    await user.click(await screen.findByRole('button', { name: 'To the bottom' }));
    await waitFor(() => expect(said).toEqual([[{ id: 'ticket-2', backlog: { afterId: 'ticket-3' } }]]));
    // the bar is gone, and the keys go on at the ticket
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('link', { name: 'ATL-2' })));
  });

  it('carries a row by the keyboard into another section, and puts it back by Control+Z', async () => {
    const { user, said } = await open();
    screen.getByRole('link', { name: 'ATL-3' }).focus();
    await user.keyboard('m');
    expect(screen.getByText(/^1 ticket taken/)).toBeTruthy();
    await user.keyboard('{ArrowUp}{ArrowUp}{ArrowUp}{Enter}');
    await screen.findByText('1 ticket moved to Sprint 1.');
    expect(said).toEqual([[{ id: 'ticket-3', sprint: { sprintId: 'sprint-1' }, backlog: { afterId: 'ticket-1' } }]]);
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(said.at(-1)).toMatchObject([{ id: 'ticket-3', sprint: { sprintId: null }, backlog: { rank: 'old ticket-3' } }]));
    // its notice would offer again what was done
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull());
  });

  it('writes estimates where they stand, row after row', async () => {
    const { user, said } = await open();
    screen.getByRole('link', { name: 'ATL-2' }).focus();
    await user.keyboard('e');
    expect(document.activeElement).toBe(await screen.findByRole('textbox', { name: 'Estimate of ATL-2' }));
    await user.keyboard('3{Enter}');
    expect(document.activeElement).toBe(await screen.findByRole('textbox', { name: 'Estimate of ATL-3' }));
    await waitFor(() => expect(said).toEqual([[{ id: 'ticket-2', version: 1, values: { points: 3 } }]]));
    await user.keyboard('{Escape}');
    expect(document.activeElement).toBe(screen.getByRole('link', { name: 'ATL-3' }));
  });

  it('keeps what is no estimate in its field, with the reason', async () => {
    const { user, said } = await open();
    screen.getByRole('link', { name: 'ATL-2' }).focus();
    await user.keyboard('e');
    const field = await screen.findByRole('textbox', { name: 'Estimate of ATL-2' });
    await user.keyboard('1e9{Enter}');
    expect([document.activeElement, (field as HTMLInputElement).value]).toEqual([field, '1e9']);
    expect(screen.getByText('From 0 to 1000, in halves')).toBeTruthy();
    await user.click(screen.getByRole('heading', { name: 'Backlog' }));
    expect((field as HTMLInputElement).value).toBe('1e9');
    await user.clear(field);
    await user.keyboard('2{Enter}');
    await waitFor(() => expect(said).toEqual([[{ id: 'ticket-2', version: 1, values: { points: 2 } }]]));
  });

  it('makes a ticket of each line that is pasted, each once, and takes all of them back', async () => {
    const { user, said } = await open();
    await user.click(screen.getByRole('textbox', { name: 'New ticket at the end of the backlog' }));
    await user.paste('- Clean the crawl\n2. Train again\n\n[ ] Compare');
    await screen.findByRole('dialog', { name: '3 tickets from what was pasted' });
    await user.click(screen.getByRole('button', { name: 'Add 3 tickets' }));
    await screen.findByText('3 tickets added at the end of the backlog.');
    const made = said as { input: { id: string; title: string } }[];
    expect(made.map(({ input }) => input.title)).toEqual(['Clean the crawl', 'Train again', 'Compare']);
    expect(new Set(made.map(({ input }) => input.id)).size).toBe(3);
  });

  it('names who has too much, with what tells it', async () => {
    const { user } = await open();
    expect(await screen.findByText('too much for Ann')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: '15.5 of 20 points · 160 h of time' }));
    const row = within(screen.getByRole('table', { name: 'Who has time for Sprint 1' })).getByRole('row', { name: /^Ann/ });
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent),
    ).toEqual(['80 h', '10', '13.5', '3.5 points too many']);
    expect(screen.getByText('By the last 4 sprints that ended: 80 points completed in 640 h of the team.')).toBeTruthy();
  });
});
