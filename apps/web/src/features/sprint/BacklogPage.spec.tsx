import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { TicketsDocument } from '../ticket/tickets.generated.ts';
import { backlogQuery } from './backlog-query.ts';
import { BacklogPage } from './BacklogPage.tsx';
import { BacklogDocument, PlanTicketsDocument, RankTicketsDocument } from './sprints.generated.ts';

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
  visibility: 'OPEN',
  state: 'ACTIVE',
  team: { __typename: 'Team', id: 'team-1' },
  labels: [],
  boards: [{ __typename: 'Board', id: 'board-1', name: 'Atlas', kind: 'SCRUM' }],
  sprints: [SPRINT],
};

/** A server that keeps what is in the sprint and in which order the rest waits. */
function server() {
  const state = { inSprint: ['ticket-1'], waiting: ['ticket-2', 'ticket-3'] };
  const all = new Map([ticket(1, 5), ticket(2, 8), ticket(3, null)].map((one) => [one.id, one]));
  const list = (ids: readonly string[]) => ({
    data: {
      tickets: {
        __typename: 'TicketConnection',
        nodes: ids.map((id) => all.get(id)),
        totalCount: ids.length,
        totalCountIsCapped: false,
        pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false },
      },
    },
  });
  const said: unknown[] = [];
  const forever = { maxUsageCount: Number.POSITIVE_INFINITY };
  const mocks: MockLink.MockedResponse[] = [
    { request: { query: BacklogDocument, variables: () => true }, result: () => ({ data: { project } }), ...forever },
    {
      request: { query: TicketsDocument, variables: ({ query }: { query: string }) => query === backlogQuery('sprint-1') },
      result: () => list(state.inSprint),
      ...forever,
    },
    {
      request: { query: TicketsDocument, variables: ({ query }: { query: string }) => query === backlogQuery(null) },
      result: () => list(state.waiting),
      ...forever,
    },
    {
      request: { query: PlanTicketsDocument, variables: () => true },
      result: ({ ids, sprintId }: { ids: string[]; sprintId: string | null }) => {
        said.push({ ids, sprintId });
        state.inSprint = [...state.inSprint.filter((id) => !ids.includes(id)), ...(sprintId === null ? [] : ids)];
        state.waiting = [...state.waiting.filter((id) => !ids.includes(id)), ...(sprintId === null ? ids : [])];
        return {
          data: { planTickets: ids.map((id) => ({ __typename: 'Ticket', id, sprintId, boardId: null, columnId: null, state: 'OPEN', resolution: null })) },
        };
      },
      ...forever,
    },
    {
      request: { query: RankTicketsDocument, variables: () => true },
      result: (variables: { ids: string[] }) => {
        said.push(variables);
        return { data: { rankTickets: variables.ids.map((id) => ({ __typename: 'Ticket', id })) } };
      },
      ...forever,
    },
  ];
  return { mocks, said };
}

const open = async () => {
  const { mocks, said } = server();
  const rendered = await renderApp(<BacklogPage />, { mocks, at: '/projects/ATL/backlog' });
  await screen.findByRole('link', { name: 'ATL-3' });
  return { ...rendered, said };
};
const tick = (key: string): HTMLElement => within(screen.getByRole('link', { name: key }).closest('tr') as HTMLElement).getByRole('checkbox');

describe('the backlog', () => {
  it('shows what is planned above what waits, and says what is ticked in points', async () => {
    const { user } = await open();
    expect(screen.getAllByRole('link', { name: /^ATL-/ }).map(({ textContent }) => textContent)).toEqual(['ATL-1', 'ATL-2', 'ATL-3']);
    await user.click(tick('ATL-1'));
    await user.click(tick('ATL-2'));
    expect(screen.getByText('13 points')).toBeTruthy();
  });

  it('moves what is ticked into a sprint, and takes it back by one press', async () => {
    const { user, said } = await open();
    await user.click(tick('ATL-2'));
    await user.click(tick('ATL-3'));
    await user.click(screen.getByRole('button', { name: 'Move to…' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Sprint 1' }));
    await screen.findByText('2 tickets moved to Sprint 1.');
    expect(said).toEqual([{ ids: ['ticket-2', 'ticket-3'], sprintId: 'sprint-1' }]);
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(said[1]).toEqual({ ids: ['ticket-2', 'ticket-3'], sprintId: null }));
  });

  it('puts what is ticked behind all that waits', async () => {
    const { user, said } = await open();
    await user.click(tick('ATL-2'));
    await user.click(screen.getByRole('button', { name: 'To the bottom' }));
    await waitFor(() => expect(said).toEqual([{ ids: ['ticket-2'], afterId: 'ticket-3' }]));
  });
});
