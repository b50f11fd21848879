import { screen } from '@testing-library/react';
import { renderApp } from '../../../../test/render.tsx';
import { DailyPage } from './DailyPage.tsx';
import { SprintDailyDocument, type SprintDailyQuery } from './daily.generated.ts';

type Sprint = NonNullable<SprintDailyQuery['sprint']>;

const open = (sprint: Partial<Sprint>) =>
  renderApp(<DailyPage />, {
    at: '/projects/ATL/sprints/sprint-1/daily',
    mocks: [
      {
        request: { query: SprintDailyDocument, variables: () => true },
        result: {
          data: {
            sprint: {
              ...{
                __typename: 'Sprint',
                id: 'sprint-1',
                projectId: 'project-1',
                boardId: 'board-1',
                name: 'Sprint 1',
                goal: '',
                state: 'PLANNED',
                version: 1,
                abandoned: false,
              },
              ...{ startsOn: '2026-11-30', endsOn: '2026-12-11', startedAt: null, closedAt: null },
              ...sprint,
            } as Sprint,
            sprintDay: { __typename: 'SprintDay', today: '2026-11-25', since: '2026-11-24', away: [], tickets: [] },
          },
        },
      },
    ],
  });

it('a sprint that has not begun says when it is planned, and nothing of yesterday', async () => {
  await open({});
  await screen.findByText('This sprint has not begun');
  screen.getByText('It is planned from Nov 30, 2026 to Dec 11, 2026. The daily view begins when it is started.');
  expect(screen.queryByText(/What happened since/)).toBeNull();
});

it('a sprint that has ended leads to its retrospective', async () => {
  await open({ state: 'CLOSED', closedAt: '2026-12-11T15:00:00.000Z' });
  await screen.findByText('This sprint has ended');
  screen.getByText(/It ended on Dec 11, 2026/);
  expect(screen.getByRole('link', { name: 'Retrospective' })).toBeTruthy();
});
