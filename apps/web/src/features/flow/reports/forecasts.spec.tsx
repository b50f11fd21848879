import { screen, waitFor, within } from '@testing-library/react';
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
      ...ALWAYS,
    },
  ]);
  expect((await screen.findByText('P85 came true (85% is right)')).nextElementSibling?.textContent).toBe('1 of 1 (100%)');
  await user.click(screen.getByRole('button', { name: /^1 of 1 \(100%\): open what it is made of, P85/ }));
  const panel = await screen.findByRole('dialog', { name: 'P85 came true (85% is right)' });
  expect(within(panel).getByRole('listitem').textContent).toBe('Oct 4, 2026, of the days to Oct 18, 2026said 12, came 14');
  await user.click(screen.getByRole('button', { name: 'Oct 4, 2026, of the days to Oct 18, 2026' }));
  expect(await screen.findByRole('link', { name: 'ATL-4 Tune' })).toBeTruthy();
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Numbers' }));
  expect(row(/^Oct 4, 2026/).textContent).toBe('Oct 4, 2026Oct 18, 202617121014noyesyes');
  await user.click(screen.getByRole('button', { name: /^14: open the tickets/ }));
  expect(await screen.findByRole('link', { name: 'ATL-4 Tune' })).toBeTruthy();
  // fourteen days of Berlin, up to the last instant of the last one
  expect(asked.slice(-1)).toEqual([{ projectId: 'project-1', days: 14, asOf: '2026-10-18T21:59:59.999Z', known: 'NOW' }]);
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

  it('is made of what was known at a past moment, of the days behind it', async () => {
    const asked: object[] = [];
    await openReport(
      'forecast',
      [
        reportProject(),
        {
          request: { query: ForecastDocument, variables: () => true },
          result: (variables: object) => {
            asked.push(variables);
            return { data: answer({ days: ['2026-10-12', '2026-10-13', '2026-10-14'], tickets: { __typename: 'Percentiles', p50: 17, p85: 12, p95: 10 } }) };
          },
          ...ALWAYS,
        },
      ],
      // still the 4th in UTC, the 5th in Berlin
      '?asOf=2026-10-04T22:30Z',
    );
    await waitFor(() => expect(screen.getAllByText('Of what was done by then. Days off and what runs took are as they are known now.')).toHaveLength(2));
    expect(asked).toContainEqual(expect.objectContaining({ asOf: '2026-10-04T22:30Z', until: '2026-10-19', count: null }));
    expect(asked).toContainEqual(expect.objectContaining({ asOf: '2026-10-04T22:30Z', until: null, count: 10 }));
    expect(screen.getByLabelText('How many by').getAttribute('min')).toBe('2026-10-06');
    expect(screen.getByRole('button', { name: 'Back to now' })).toBeTruthy();
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
