import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor } from '@testing-library/react';
import { buildSprintReport } from '../../../test/build-sprint-report.ts';
import { renderApp } from '../../../test/render.tsx';
import { WorkNewsDocument } from '../activity/activity.generated.ts';
import { BacktestDocument, FlowOverviewDocument, ForecastDocument, ReportProjectDocument, SprintReportDocument, VelocityDocument } from './flow.generated.ts';
import { ReportsPage } from './ReportsPage.tsx';

const [FIRST, SECOND] = ['0b0b0b0b-0000-4000-8000-000000000001', '0b0b0b0b-0000-4000-8000-000000000002'] as const;
const always = { maxUsageCount: Number.POSITIVE_INFINITY };
const sprint = (id: string, name: string) => ({
  ...{ __typename: 'Sprint', id, name, state: 'RUNNING', startsOn: '2026-11-05', endsOn: '2026-11-09', startedAt: '2026-11-05T09:00:00Z', closedAt: null },
});
const percentiles = (p50: number, p85: number, p95: number) => ({ __typename: 'Percentiles', p50, p85, p95 });
const answers = (query: MockLink.MockedResponse['request']['query'], data: Record<string, unknown>, asked?: unknown[]): MockLink.MockedResponse => ({
  request: { query, variables: () => true },
  result: (variables: object) => {
    asked?.push(variables);
    return { data };
  },
  ...always,
});
const day = (name: string, reached: number[], done: string[]) => ({ __typename: 'FlowDay', day: name, reached, done });

const mocks = (sprints: object[], asked: unknown[] = []): MockLink.MockedResponse[] => [
  { request: { query: WorkNewsDocument }, result: { data: { workNews: '2026-11-07T12:00:00.000Z' } }, delay: Number.POSITIVE_INFINITY },
  answers(ReportProjectDocument, {
    project: { __typename: 'Project', id: 'project-1', key: 'ATL', name: 'Atlas', timeZone: 'UTC', people: [], boards: [], sprints },
  }),
  answers(SprintReportDocument, { sprintReport: buildSprintReport() }, asked),
  answers(VelocityDocument, { projectVelocity: { __typename: 'Velocity', used: 1, spread: null, perDay: null, sprints: [] } }),
  answers(FlowOverviewDocument, {
    projectFlow: {
      ...{ __typename: 'ProjectFlow', timeZone: 'UTC', behind: 0, asOf: '2026-11-07T12:00:00Z' },
      days: [day('2026-11-06', [9, 5, 2, 0], ['ticket-1']), day('2026-11-07', [9, 7, 3, 0], ['ticket-2'])],
      cycleTimes: { __typename: 'CycleTimes', n: 12, cycle: percentiles(2, 6, 9) },
      ageing: { __typename: 'Ageing', tickets: [90, 95, 50, null].map((olderThan, i) => ({ __typename: 'AgeingTicket', ticketId: `ticket-${i}`, olderThan })) },
      efficiency: {
        __typename: 'FlowEfficiency',
        n: 12,
        ratio: 0.4,
        bottleneck: { __typename: 'Bottleneck', reason: 'RUN_QUEUED', detail: 'H200', share: 0.6 },
      },
    },
  }),
  answers(ForecastDocument, {
    projectForecast: {
      ...{
        __typename: 'Forecast',
        refusal: 'TOO_FEW_DAYS',
        tickets: null,
        days: null,
        from: null,
        to: null,
        workingDays: 3,
        zeros: 0,
        completed: 2,
        trials: 10_000,
      },
      ...{ isFreeDayIdle: false, isThinnedByAbsence: false, isThinnedByRuns: false, people: 0, runTickets: 0, runHours: null },
    },
  }),
  answers(BacktestDocument, { forecastBacktest: { __typename: 'Backtest', rows: [], cameTrue: percentiles(0, 0, 0), refused: 0 } }),
];
const open = (sprints: object[], asked?: unknown[], search = '') =>
  renderApp(<ReportsPage />, { mocks: mocks(sprints, asked), at: `/projects/ATL/reports${search}` });
const card = (name: RegExp): Promise<HTMLElement> => screen.findByRole('link', { name });

describe('the reports of a project', () => {
  it('have a card each with its key number, which leads to it', async () => {
    await open([sprint(FIRST, 'Sprint 1')]);
    expect((await card(/^Burndown\s*6 pts/)).getAttribute('href')).toBe('/projects/ATL/reports/burndown');
    expect((await card(/^Burnup/)).textContent).toContain('5 ptsdone of 11 pts in Sprint 1');
    expect((await card(/^Sprint report/)).textContent).toContain('+3 −0');
    expect((await card(/^Cumulative flow/)).textContent).toContain('4tickets in progress');
    expect((await card(/^Throughput/)).textContent).toContain('2done in 84 days');
    expect((await card(/^Cycle and lead time/)).textContent).toContain('6 days');
    expect((await card(/^Ageing work/)).textContent).toContain('2of 4 in progress');
    expect((await card(/^Flow efficiency/)).textContent).toContain('40%work by all time; most waiting: Run queued for H200 (60%)');
  });

  it('say why a number is not there', async () => {
    await open([sprint(FIRST, 'Sprint 1')]);
    await waitFor(async () => expect((await card(/^Velocity/)).textContent).toContain('of fewer than three nothing is said'));
    await waitFor(async () => expect((await card(/^Forecast/)).textContent).toContain('there are 3 working days to look back at, and it takes 10'));
    await waitFor(async () => expect((await card(/^Past forecasts/)).textContent).toContain('No past forecast could have been made'));
  });

  it('are of the sprint that is chosen where several run, and take the moment along', async () => {
    const asked: unknown[] = [];
    const { user, address } = await open([sprint(FIRST, 'Sprint 1'), sprint(SECOND, 'Sprint 2')], asked, '?asOf=2026-11-06T13:00Z');
    await card(/^Burndown\s*6 pts/);
    expect(asked[0]).toMatchObject({ id: FIRST, asOf: '2026-11-06T13:00Z' });
    await user.click(screen.getByRole('combobox', { name: 'Sprint' }));
    await user.click(await screen.findByRole('option', { name: 'Sprint 2 (running)' }));
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ id: SECOND }));
    expect(address()).toContain(SECOND);
    expect(decodeURIComponent((await card(/^Burndown/)).getAttribute('href') ?? '')).toContain(`sprint=${SECOND}`);
  });

  it('are few where no sprint has begun', async () => {
    await open([]);
    expect(await card(/^Cumulative flow/)).toBeTruthy();
    expect(screen.getByText('Once a sprint runs, its burndown, burnup and account stand here.')).toBeTruthy();
    expect(screen.queryByRole('link', { name: /^Burndown/ })).toBeNull();
  });
});
