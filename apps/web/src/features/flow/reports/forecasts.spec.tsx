import { screen, waitFor } from '@testing-library/react';
import { ALWAYS, flowDay, openReport, projectFlow, reportProject, row } from '../../../../test/open-report.tsx';
import { BacktestDocument, FlowDaysDocument, ForecastDocument } from '../flow.generated.ts';

it('past forecasts stand beside what came, which leads to its tickets', async () => {
  const asked: unknown[] = [];
  const rows = [{ __typename: 'BacktestRow', day: '2026-10-04', until: '2026-10-18', p50: 17, p85: 12, p95: 10, actual: 14 }];
  const { user } = await openReport('backtest', [
    reportProject(),
    {
      request: { query: BacktestDocument, variables: () => true },
      result: { data: { forecastBacktest: { __typename: 'Backtest', rows, cameTrue: { __typename: 'Percentiles', p50: 0, p85: 1, p95: 1 }, refused: 3 } } },
      ...ALWAYS,
    },
    {
      request: { query: FlowDaysDocument, variables: () => true },
      result: (variables: object) => {
        asked.push(variables);
        return { data: projectFlow({ days: [flowDay('2026-10-18', [], ['ticket-4'])] }) };
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
    await openReport(
      'forecast',
      [
        reportProject(),
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
          ...ALWAYS,
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
      ...ALWAYS,
    };
    await openReport('forecast', [reportProject(), refused]);
    await waitFor(() => expect(screen.getAllByText('Cannot say: 3 tickets were done in the last 60 working days, and it takes 5.')).toHaveLength(2));
  });
});
