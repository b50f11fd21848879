import { screen, waitFor, within } from '@testing-library/react';
import { ALWAYS, openReport, reportProject, row, SPRINT_1, sprintReport } from '../../../../test/open-report.tsx';
import { buildSprintReport } from '../../../../test/build-sprint-report.ts';
import { VelocityDocument } from '../flow.generated.ts';

describe('a report', () => {
  it('draws a burndown whose numbers stand in a table, and lead to the tickets they count', async () => {
    const asked: unknown[] = [];
    const { user } = await openReport('burndown', [reportProject(), sprintReport(asked)]);
    expect(await screen.findByRole('heading', { name: 'Burndown of Sprint 1' })).toBeTruthy();
    expect(asked[0]).toEqual({ id: SPRINT_1.id, measure: 'POINTS', counted: 'LEAVES', asOf: null });
    await user.click(screen.getByRole('button', { name: 'Numbers' }));
    expect(row(/^Nov 6, 2026/).textContent).toBe('Nov 6, 20261101102.674.17');
    await user.click(within(row(/^Nov 6, 2026/)).getByRole('button', { name: '11: open the tickets, Remaining · Nov 6, 2026' }));
    const panel = await screen.findByRole('dialog', { name: 'Remaining · Nov 6, 2026' });
    // as of the end of that day
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ asOf: '2026-11-07T00:00:00.000Z' }));
    expect(await within(panel).findByRole('link', { name: 'ATL-2 Tune' })).toBeTruthy();
    expect(within(panel).queryByRole('link', { name: 'ATL-1 Tune' })).toBeNull();
  });

  it('is read change by change, each with the tickets that were in it from then on', async () => {
    const asked: unknown[] = [];
    const { points, ...report } = buildSprintReport();
    // A ticket moved on the board: nothing that is counted changed.
    const moved = [...points, { ...points.at(-1)!, at: '2026-11-07T08:00:00.000Z' }];
    const { user } = await openReport('burndown', [reportProject(), sprintReport(asked, { ...report, points: moved })]);
    await user.click(await screen.findByRole('radio', { name: 'Each change' }));
    const chart = await screen.findByRole('group', { name: /^Burndown of Sprint 1/ });
    chart.focus();
    await user.keyboard('{End}');
    expect(chart.parentElement?.querySelector('[aria-live]')?.textContent).toBe('Nov 7, 2026, 6:00 AM (UTC): Scope 11, Remaining 6');
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('dialog', { name: 'Remaining · Nov 7, 2026, 6:00 AM (UTC)' })).toBeTruthy();
    await waitFor(() => expect(asked.at(-1)).toMatchObject({ asOf: '2026-11-07T06:00:00.001Z' }));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Numbers' }));
    expect(
      screen
        .getAllByRole('row')
        .slice(1, 3)
        .map(({ textContent }) => textContent),
    ).toEqual(['Nov 7, 2026, 6:00 AM11560', 'Nov 6, 2026, 12:00 PM110110']);
  });

  it('says what changed the scope, and how it is counted', async () => {
    await openReport('burndown', [reportProject(), sprintReport([])]);
    expect((await screen.findByRole('row', { name: /ATL-3 Tune/ })).textContent).toContain('added+3 pts');
    expect(screen.getByText('How it is counted').closest('details')?.textContent).toContain('at the very instant at which it was started');
  });

  it('is an account that adds up', async () => {
    await openReport('sprint', [reportProject(), sprintReport([])]);
    expect((await screen.findByRole('row', { name: /Scope at the end/ })).textContent).toBe('= Scope at the end311');
    expect(['Committed', 'Added', 'Completed', 'Left to do'].map((name) => row(new RegExp(`^${name}`)).textContent)).toEqual([
      'Committed at the start28',
      'Added13',
      'Completed15',
      'Left to do26',
    ]);
  });

  it('leads to the backlog where no sprint has begun', async () => {
    await openReport('burndown', [reportProject([{ ...SPRINT_1, state: 'PLANNED', startedAt: null }])]);
    expect((await screen.findByRole('link', { name: 'Plan one in the backlog' })).getAttribute('href')).toBe('/projects/ATL/backlog');
  });
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
  const { user } = await openReport('velocity', [
    reportProject(),
    { request: { query: VelocityDocument, variables: () => true }, result: { data: of }, ...ALWAYS },
  ]);
  expect(await screen.findByText('21.3 pts')).toBeTruthy();
  expect(screen.getByText('18 to 25')).toBeTruthy();
  await user.click(screen.getByRole('button', { name: '18 to 25: open what it is made of, Range' }));
  const panel = await screen.findByRole('dialog', { name: 'Range' });
  expect(
    within(panel)
      .getAllByRole('listitem')
      .map(({ textContent }) => textContent),
  ).toEqual(['Sprint 118 pts', 'Sprint 321 pts', 'Sprint 425 pts']);
  expect(within(panel).getByRole('link', { name: 'Sprint 3' }).getAttribute('href')).toBe('/projects/ATL/reports/sprint?sprint=sprint-3');
  await user.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Numbers' }));
  expect(row(/^Sprint 2/).textContent).toBe('Sprint 2204103Left out: shortened: it ended after 3 of 10 working days');
  expect(screen.getByText('Left out: Sprint 2 (shortened: it ended after 3 of 10 working days).')).toBeTruthy();
});
