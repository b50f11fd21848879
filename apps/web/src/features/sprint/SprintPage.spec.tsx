import { ApolloLink } from '@apollo/client';
import { MockLink, MockSubscriptionLink } from '@apollo/client/testing';
import { act, screen } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { FrameProject } from '../project/frame-project.ts';
import { SprintPage } from './SprintPage.tsx';
import { SprintPageDocument } from './sprints.generated.ts';

const TOTALS = { tickets: 1, points: 5, unestimated: 0, done: 0, donePoints: 0, cancelled: 0, committed: 1, committedPoints: 5 };
const answer = (state: string, version: number) => ({
  request: { query: SprintPageDocument, variables: () => true },
  result: {
    data: {
      sprint: {
        ...{ __typename: 'Sprint', id: 'sprint-1', projectId: 'project-1', boardId: 'board-1', name: 'Sprint 1', goal: '', state, version, abandoned: false },
        ...{ startsOn: '2026-11-30', endsOn: '2026-12-11', startedAt: null, closedAt: null, outcomes: [], totals: { __typename: 'SprintTotals', ...TOTALS } },
      },
    },
  },
});

it('is what somebody else made of the sprint since', async () => {
  const news = new MockSubscriptionLink();
  const answers = new MockLink([answer('PLANNED', 1), answer('RUNNING', 2)], { defaultOptions: { delay: 0 } });
  await renderApp(<SprintPage />, {
    at: '/projects/ATL/sprints/sprint-1',
    link: ApolloLink.split(({ operationName }) => operationName === 'WorkNews', news, answers),
  });
  await screen.findByText('Planned');
  const told = (at: string): void => act(() => news.simulateResult({ result: { data: { workNews: at } } }));
  told('2026-11-30T12:00:00.000Z');
  told('2026-11-30T12:00:01.000Z');
  await screen.findByText(/^Running/);
});

it('is not there in the frame of another project', async () => {
  await renderApp(
    <FrameProject value="project-2">
      <SprintPage />
    </FrameProject>,
    { at: '/projects/OTHER/sprints/sprint-1', mocks: [answer('RUNNING', 1)] },
  );
  expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeTruthy();
  expect(screen.queryByText('Sprint 1')).toBeNull();
});
