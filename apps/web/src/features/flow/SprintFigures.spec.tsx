import { screen, waitFor } from '@testing-library/react';
import { buildSprintReport } from '../../../test/build-sprint-report.ts';
import { renderApp } from '../../../test/render.tsx';
import { WorkNewsDocument } from '../activity/activity.generated.ts';
import { ReportProjectDocument, SprintReportDocument } from './flow.generated.ts';
import { SprintFigures } from './SprintFigures.tsx';

const SPRINT = '0b0b0b0b-0000-4000-8000-000000000001';
const open = (state: string) => {
  const sprint = { __typename: 'Sprint', id: SPRINT, name: 'Sprint 1', state, startsOn: '2026-11-05', endsOn: '2026-11-09', startedAt: null, closedAt: null };
  const project = { __typename: 'Project', id: 'project-1', key: 'ATL', name: 'Atlas', timeZone: 'UTC', people: [], boards: [], sprints: [sprint] };
  return renderApp(<SprintFigures projectKey="ATL" sprintId={SPRINT} />, {
    mocks: [
      { request: { query: WorkNewsDocument }, result: { data: { workNews: '2026-11-07T12:00:00.000Z' } }, delay: Number.POSITIVE_INFINITY },
      { request: { query: ReportProjectDocument, variables: () => true }, result: { data: { project } } },
      { request: { query: SprintReportDocument, variables: () => true }, result: { data: { sprintReport: buildSprintReport() } } },
    ],
  });
};

describe('on the page of a sprint', () => {
  it('its burndown stands, with the way to its other reports', async () => {
    await open('RUNNING');
    expect(await screen.findByRole('heading', { name: 'Burndown' })).toBeTruthy();
    expect(decodeURIComponent(screen.getByRole('link', { name: 'Sprint report' }).getAttribute('href') ?? '')).toBe(
      `/projects/ATL/reports/sprint?sprint=${SPRINT}`,
    );
  });

  it('stands nothing while it is planned', async () => {
    const { container } = await open('PLANNED');
    await waitFor(() => expect(container.querySelector('section')).toBeNull());
  });
});
