import type { MockLink } from '@apollo/client/testing';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildSprintReport } from '../../../test/build-sprint-report.ts';
import { renderApp } from '../../../test/render.tsx';
import { WorkNewsDocument } from '../activity/activity.generated.ts';
import {
  BacktestDocument,
  FlowAgeingDocument,
  FlowCyclesDocument,
  FlowDaysDocument,
  FlowEfficiencyDocument,
  FlowTicketsDocument,
  ForecastDocument,
  ReportProjectDocument,
  ReportTicketsDocument,
  SprintReportDocument,
  VelocityDocument,
} from './flow.generated.ts';
import { ProjectReport } from './ReportPage.tsx';

const SPRINT = '0b0b0b0b-0000-4000-8000-000000000001';
const always = { maxUsageCount: Number.POSITIVE_INFINITY };
const sprint = {
  __typename: 'Sprint',
  id: SPRINT,
  name: 'Sprint 1',
  state: 'RUNNING',
  startsOn: '2026-11-05',
  endsOn: '2026-11-09',
  startedAt: '2026-11-05T09:00:00Z',
  closedAt: null,
};
const project = (sprints: object[] = [sprint]): MockLink.MockedResponse => ({
  request: { query: ReportProjectDocument, variables: { key: 'ATL' } },
  result: {
    data: {
      project: {
        __typename: 'Project',
        id: 'project-1',
        key: 'ATL',
        name: 'Atlas',
        timeZone: 'Europe/Berlin',
        people: [{ __typename: 'User', id: 'user-2', name: 'Mei Lin' }],
        boards: [{ __typename: 'Board', id: 'board-1', name: 'Atlas', kind: 'SCRUM', columns: [{ __typename: 'Column', id: 'doing', name: 'Doing' }] }],
        sprints,
      },
    },
  },
  ...always,
});
/** The log says nothing more. */
const silence = { request: { query: WorkNewsDocument }, result: { data: { workNews: '2026-11-07T12:00:00.000Z' } }, delay: Number.POSITIVE_INFINITY };
const tickets: MockLink.MockedResponse = {
  request: { query: ReportTicketsDocument, variables: () => true },
  result: ({ ids }: { ids: string[] }) => ({
    data: {
      reportTickets: ids
        .filter((id) => id !== 'erased')
        .map((id) => ({
          __typename: 'ReportTicket',
          id,
          key: id.replace('ticket', 'ATL'),
          title: 'Tune',
          type: 'TASK',
          state: 'OPEN',
          resolution: null,
          isDeleted: false,
        })),
    },
  }),
  ...always,
};
const report = (asked: unknown[], of = buildSprintReport()): MockLink.MockedResponse => ({
  request: { query: SprintReportDocument, variables: () => true },
  result: (variables: object) => {
    asked.push(variables);
    return { data: { sprintReport: of } };
  },
  ...always,
});
const open = (name: string, mocks: readonly MockLink.MockedResponse[], search = '') =>
  renderApp(<ProjectReport projectKey="ATL" report={name} />, { mocks: [silence, tickets, ...mocks], at: `/projects/ATL/reports/${name}${search}` });
const row = (name: RegExp): HTMLElement => screen.getByRole('row', { name });

describe('a report', () => {
  it('draws a burndown whose numbers stand in a table, and lead to the tickets they count', async () => {
    const asked: unknown[] = [];
    const { user } = await open('burndown', [project(), report(asked)]);
    expect(await screen.findByRole('heading', { name: 'Burndown of Sprint 1' })).toBeTruthy();
    expect(asked[0]).toEqual({ id: SPRINT, measure: 'POINTS', counted: 'LEAVES', asOf: null });
    await user.click(screen.getByRole('button', { name: 'Numbers' }));
    expect(row(/^Nov 6, 2026/).textContent).toBe('Nov 6, 20261101102.674.17');
    await user.click(within(row(/^Nov 6, 2026/)).getByRole('button', { name: '11: open the tickets, Remaining · Nov 6, 2026' }));
    const panel = await screen.findByRole('dialog', { name: 'Remaining · Nov 6, 2026' });
    // as of the end of that day
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ asOf: '2026-11-07T00:00:00.000Z' }));
    expect(await within(panel).findByRole('link', { name: 'ATL-2 Tune' })).toBeTruthy();
    expect(within(panel).queryByRole('link', { name: 'ATL-1 Tune' })).toBeNull();
  });

  it('says what changed the scope, and how it is counted', async () => {
    await open('burndown', [project(), report([])]);
    expect((await screen.findByRole('row', { name: /ATL-3 Tune/ })).textContent).toContain('added+3 pts');
    expect(screen.getByText('How it is counted').closest('details')?.textContent).toContain('at the very instant at which it was started');
  });

  it('is an account that adds up', async () => {
    await open('sprint', [project(), report([])]);
    expect((await screen.findByRole('row', { name: /Scope at the end/ })).textContent).toBe('= Scope at the end311');
    expect(['Committed', 'Added', 'Completed', 'Left to do'].map((name) => row(new RegExp(`^${name}`)).textContent)).toEqual([
      'Committed at the start28',
      'Added13',
      'Completed15',
      'Left to do26',
    ]);
  });

  it('is of a past moment by its address, which is written as clocks of the project show it', async () => {
    const asked: unknown[] = [];
    const { user, address } = await open('burndown', [project(), report(asked)], '?asOf=2026-11-06T13:00Z');
    await screen.findByRole('heading', { name: 'Burndown of Sprint 1' });
    expect(asked[0]).toMatchObject({ asOf: '2026-11-06T13:00Z' });
    const field = screen.getByLabelText('As of (Europe/Berlin)') as HTMLInputElement;
    expect(field.value).toBe('2026-11-06T14:00');
    fireEvent.change(field, { target: { value: '2026-11-05T12:00' } });
    fireEvent.blur(field);
    await waitFor(() => expect(decodeURIComponent(address())).toContain('asOf=2026-11-05T11:00Z'));
    await user.click(screen.getByRole('button', { name: 'Back to now' }));
    await waitFor(() => expect(address()).not.toContain('asOf'));
  });

  it('takes no moment that is still to come', async () => {
    const { address } = await open('burndown', [project(), report([])]);
    const field = await screen.findByLabelText('As of (Europe/Berlin)');
    fireEvent.change(field, { target: { value: '2999-01-01T00:00' } });
    fireEvent.blur(field);
    expect(await screen.findByText('This is still to come.')).toBeTruthy();
    expect(address()).not.toContain('asOf');
  });

  it('says what is still to be taken in, and asks again until it is there', async () => {
    let told = 0;
    const late: MockLink.MockedResponse = {
      request: { query: SprintReportDocument, variables: () => true },
      result: () => ({ data: { sprintReport: buildSprintReport({ behind: told++ === 0 ? 3 : 0 }) } }),
      ...always,
    };
    await open('burndown', [project(), late]);
    expect(await screen.findByText('3 entries of the log are still to be taken in: the numbers follow.')).toBeTruthy();
    await waitFor(() => expect(screen.queryByText(/still to be taken in/)).toBeNull(), { timeout: 5_000 });
  });

  it('leads to the backlog where no sprint has begun', async () => {
    await open('burndown', [project([{ ...sprint, state: 'PLANNED', startedAt: null }])]);
    expect((await screen.findByRole('link', { name: 'Plan one in the backlog' })).getAttribute('href')).toBe('/projects/ATL/backlog');
  });

  it('says what failed, in its place', async () => {
    const failed = {
      request: { query: SprintReportDocument, variables: () => true },
      result: { errors: [new GraphQLError('x', { extensions: { code: 'QUERY_TOO_SLOW' } })] },
    };
    await open('burndown', [project(), failed]);
    expect(await screen.findByRole('alert')).toBeTruthy();
  });

  it.each([
    ['nonsense', project()],
    ['burndown', { request: { query: ReportProjectDocument, variables: { key: 'ATL' } }, result: { data: { project: null } } }],
  ])('is not there by a name or a project that is not known: %s', async (name, mock) => {
    await open(name, [mock]);
    expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeTruthy();
  });
});

const flow = (of: object) => ({ projectFlow: { __typename: 'ProjectFlow', timeZone: 'UTC', behind: 0, asOf: '2026-11-07T12:00:00Z', ...of } });
const day = (name: string, reached: number[], done: string[]) => ({
  __typename: 'FlowDay',
  day: name,
  isWorking: true,
  startsAt: `${name}T00:00:00Z`,
  endsAt: `${name}T23:59:59Z`,
  reached,
  done,
});

it('the cumulative flow names those between two lines', async () => {
  const asked: unknown[] = [];
  const { user } = await open('cumulative-flow', [
    project(),
    { request: { query: FlowDaysDocument, variables: () => true }, result: { data: flow({ days: [day('2026-11-06', [9, 5, 2, 0], [])] }) }, ...always },
    {
      request: { query: FlowTicketsDocument, variables: () => true },
      result: (variables: object) => {
        asked.push(variables);
        return { data: { flowTickets: { __typename: 'CountedTickets', total: 3, ticketIds: ['ticket-7', 'erased'] } } };
      },
    },
  ]);
  await user.click(await screen.findByRole('button', { name: 'Numbers' }));
  await user.click(within(row(/^Nov 6, 2026/)).getByRole('button', { name: /^3: open the tickets, In progress/ }));
  expect(await screen.findByRole('link', { name: 'ATL-7 Tune' })).toBeTruthy();
  expect(asked).toEqual([{ projectId: 'project-1', day: '2026-11-06', stage: 'IN_PROGRESS', asOf: null, known: 'THEN' }]);
  expect(screen.getByText(/1 ticket is erased/)).toBeTruthy();
});

it('what time went to is said in words, whatever it was, and the bottleneck has its evidence', async () => {
  const reason = (name: string, detail: string | null, hours: number) => ({
    __typename: 'FlowTime',
    reason: name,
    detail,
    hours,
    tickets: 1,
    ticketIds: ['ticket-1'],
  });
  await open('efficiency', [
    project(),
    {
      request: { query: FlowEfficiencyDocument, variables: () => true },
      result: {
        data: flow({
          efficiency: {
            ...{ __typename: 'FlowEfficiency', n: 1, workHours: 10, waitingHours: 30, ratio: 0.25 },
            reasons: [
              reason('RUN_QUEUED', 'H200', 14),
              reason('RUN_TRAINING', null, 9),
              reason('BLOCKED', 'ATL-9', 8),
              reason('BLOCKED', null, 4),
              reason('AWAY', null, 2),
              reason('NOBODY', null, 1),
              reason('QUEUE', null, 1),
              reason('WORK', null, 1),
            ],
            bottleneck: {
              __typename: 'Bottleneck',
              columnId: 'doing',
              reason: 'RUN_QUEUED',
              detail: 'H200',
              hours: 14,
              share: 0.4667,
              ticketIds: ['ticket-1'],
            },
          },
        }),
      },
      ...always,
    },
  ]);
  const table = await screen.findByRole('table', { name: 'Where the time went' });
  expect(
    within(table)
      .getAllByRole('rowheader')
      .map(({ textContent }) => textContent),
  ).toEqual([
    'Run queued for H200',
    'Run in training',
    'Blocked by ATL-9',
    'Blocked by a link',
    'Assignee away',
    'Nobody assigned',
    'Put back, waiting',
    'Being worked on',
  ]);
  expect(screen.getByText('Most was waited for “Run queued for H200” in “Doing”: 14 hours, 47% of all waiting, by 1 ticket.')).toBeTruthy();
  expect(await screen.findByRole('link', { name: 'ATL-1 Tune' })).toBeTruthy();
});

const cycle = (n: number, days: number, overrides: object = {}) => ({
  ...{ __typename: 'TicketCycle', ticketId: `ticket-${n}`, startedAt: '2026-11-05T08:00:00Z', endedAt: '2026-11-06T08:00:00Z', days, leadDays: days + 4 },
  ...{ activeHours: 6.25, isSkipped: false, reentries: 0, ...overrides },
});

it('times are told of tickets by percentiles, each of which leads to those that took longer', async () => {
  const percentiles = (p50: number, p85: number, p95: number) => ({ __typename: 'Percentiles', p50, p85, p95 });
  const of = {
    days: [{ ...day('2026-11-06', [], []), __typename: 'FlowDay' }],
    cycleTimes: {
      ...{ __typename: 'CycleTimes', n: 12, skipped: 1, cycle: percentiles(2, 5, 9), lead: percentiles(6, 9, 13) },
      tickets: [cycle(1, 1, { isSkipped: true }), cycle(2, 4), cycle(3, 9)],
    },
  };
  const { user } = await open('cycle-time', [
    project(),
    { request: { query: FlowCyclesDocument, variables: () => true }, result: { data: flow(of) }, ...always },
  ]);
  await user.click(await screen.findByRole('button', { name: '5 days: open the tickets, Took longer than 5 days' }));
  const panel = await screen.findByRole('dialog');
  expect(await within(panel).findAllByRole('link', { name: /^ATL-\d/ })).toHaveLength(1);
  expect(within(panel).getByText('9 days')).toBeTruthy();
  await user.keyboard('{Escape}');
  const plot = screen.getByRole('group', { name: /^Cycle time/ });
  plot.focus();
  await user.keyboard('{End}');
  expect(await screen.findAllByText(/ATL-3 Tune: 9 days/)).not.toHaveLength(0);
  expect(screen.getByText('The last 3 tickets are shown; percentiles are of all.')).toBeTruthy();
});

it('of fewer than ten tickets no percentile is told', async () => {
  const of = { days: [day('2026-11-06', [], [])], cycleTimes: { __typename: 'CycleTimes', n: 1, skipped: 0, cycle: null, lead: null, tickets: [cycle(2, 4)] } };
  await open('cycle-time', [project(), { request: { query: FlowCyclesDocument, variables: () => true }, result: { data: flow(of) }, ...always }]);
  expect(await screen.findByText('1 ticket was done: of fewer than ten no percentile is told.')).toBeTruthy();
});

it('what is in progress stands in its column, against how old others left it', async () => {
  const ticket = (n: number, columnId: string | null, age: number, olderThan: number | null) => ({
    ...{ __typename: 'AgeingTicket', ticketId: `ticket-${n}`, columnId, startedAt: '2026-11-01T08:00:00Z', age, totalAge: age, olderThan },
  });
  const of = {
    ageing: {
      __typename: 'Ageing',
      tickets: [ticket(1, 'doing', 12, 95), ticket(2, 'doing', 2, null), ticket(3, 'erased', 1, null)],
      columns: [{ __typename: 'ColumnAges', columnId: 'doing', n: 11, ages: { __typename: 'Percentiles', p50: 3, p85: 6, p95: 8 } }],
    },
  };
  const { user } = await open('ageing', [project(), { request: { query: FlowAgeingDocument, variables: () => true }, result: { data: flow(of) }, ...always }]);
  await user.click(await screen.findByRole('button', { name: '1: open the tickets, Older than P85 of their column' }));
  expect(await screen.findByRole('link', { name: 'ATL-1 Tune' })).toBeTruthy();
  await user.keyboard('{Escape}');
  await user.click(screen.getByRole('button', { name: 'Numbers' }));
  expect((await screen.findByRole('row', { name: /ATL-1 Tune/ })).textContent).toContain('P95368');
  expect(screen.getByRole('row', { name: /ATL-3 Tune/ }).textContent).toContain('a column that is gone');
});

it('velocity leaves out what says nothing, and says why', async () => {
  const ended = (n: number, committed: number, completed: number, mark: string | null) => ({
    ...{
      __typename: 'VelocitySprint',
      id: `sprint-${n}`,
      name: `Sprint ${n}`,
      committed,
      completed,
      plannedDays: 10,
      workedDays: mark ? 3 : 10,
      mark,
      isUsed: mark === null,
    },
  });
  const of = {
    projectVelocity: {
      ...{ __typename: 'Velocity', used: 3, perDay: null, spread: { __typename: 'Spread', mean: 21.333, min: 18, max: 25 } },
      sprints: [ended(1, 20, 18, null), ended(2, 20, 4, 'SHORTENED'), ended(3, 22, 21, null), ended(4, 24, 25, null)],
    },
  };
  const { user } = await open('velocity', [project(), { request: { query: VelocityDocument, variables: () => true }, result: { data: of }, ...always }]);
  expect(await screen.findByText('21.3 pts')).toBeTruthy();
  expect(screen.getByText('18 to 25')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: 'Numbers' }));
  expect(row(/^Sprint 2/).textContent).toBe('Sprint 2204103shortened');
});

it('past forecasts stand beside what came, which leads to its tickets', async () => {
  const asked: unknown[] = [];
  const rows = [{ __typename: 'BacktestRow', day: '2026-10-04', until: '2026-10-18', p50: 17, p85: 12, p95: 10, actual: 14 }];
  const { user } = await open('backtest', [
    project(),
    {
      request: { query: BacktestDocument, variables: () => true },
      result: { data: { forecastBacktest: { __typename: 'Backtest', rows, cameTrue: { __typename: 'Percentiles', p50: 0, p85: 1, p95: 1 }, refused: 3 } } },
      ...always,
    },
    {
      request: { query: FlowDaysDocument, variables: () => true },
      result: (variables: object) => {
        asked.push(variables);
        return { data: flow({ days: [day('2026-10-18', [], ['ticket-4'])] }) };
      },
    },
  ]);
  expect((await screen.findByText('P85 came true (85% is right)')).nextElementSibling?.textContent).toBe('1 of 1 (100%)');
  await user.click(screen.getByRole('button', { name: 'Numbers' }));
  expect(row(/^Oct 4, 2026/).textContent).toBe('Oct 4, 2026Oct 18, 202617121014noyesyes');
  await user.click(screen.getByRole('button', { name: /^14: open the tickets/ }));
  expect(await screen.findByRole('link', { name: 'ATL-4 Tune' })).toBeTruthy();
  // fourteen days of Berlin, up to the last instant of the last one
  expect(asked).toEqual([{ projectId: 'project-1', days: 14, asOf: '2026-10-18T21:59:59.999Z', known: 'NOW' }]);
});

describe('a forecast', () => {
  const answer = (of: object) => ({
    projectForecast: {
      ...{ __typename: 'Forecast', refusal: null, tickets: null, days: null, from: '2026-09-07', to: '2026-11-29', workingDays: 60, zeros: 29, completed: 103 },
      ...{ trials: 10_000, isFreeDayIdle: true, isThinnedByAbsence: false, isThinnedByRuns: false, people: 0, runTickets: 0, runHours: null },
      ...of,
    },
  });
  interface Asked {
    count: number | null;
    away: string[];
  }

  it('says what it rests on, and what it would be with all people there', async () => {
    await open(
      'forecast',
      [
        project(),
        {
          request: { query: ForecastDocument, variables: () => true },
          result: ({ count, away }: Asked) => ({
            data: answer(
              count === null
                ? { tickets: { __typename: 'Percentiles', p50: 17, p85: 12, p95: 10 } }
                : away.length > 0
                  ? { days: ['2027-01-08', '2027-01-14', null], people: 1, isThinnedByAbsence: true }
                  : { days: ['2027-01-04', '2027-01-06', '2027-01-09'] },
            ),
          }),
          ...always,
        },
      ],
      '?away=0b0b0b0b-0000-4000-8000-000000000009',
    );
    expect((await screen.findByText('Jan 14, 2027')).closest('dd')?.textContent).toBe('Jan 14, 2027 instead of Jan 6, 2027');
    expect(screen.getByText('later than in two years')).toBeTruthy();
    expect(screen.getAllByText('103 tickets done, 60 working days, 29 days on which nothing was done.')).toHaveLength(2);
    expect(screen.getAllByText('Free days bring nothing: there were none to draw from.')).toHaveLength(2);
  });

  it('says why it cannot say', async () => {
    const refused = {
      request: { query: ForecastDocument, variables: () => true },
      result: { data: answer({ refusal: 'TOO_FEW_DONE', completed: 3 }) },
      ...always,
    };
    await open('forecast', [project(), refused]);
    await waitFor(() => expect(screen.getAllByText('Cannot say: 3 tickets were done in the last 60 working days, and it takes 5.')).toHaveLength(2));
  });
});
