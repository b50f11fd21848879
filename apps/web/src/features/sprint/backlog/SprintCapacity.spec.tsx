import { screen } from '@testing-library/react';
import { renderApp } from '../../../../test/render.tsx';
import { SprintCapacityDocument } from '../sprints.generated.ts';
import { SprintCapacity } from './SprintCapacity.tsx';

const UNKEPT = /ended before its capacity was kept/;

it.each([
  ['CLOSED', false, true],
  ['CLOSED', true, false],
  ['RUNNING', false, false],
])('of a sprint that is %s and frozen: %s says that nothing was kept: %s', async (state, isFrozen, says) => {
  await renderApp(<SprintCapacity sprintId="sprint-1" name="Sprint 1" />, {
    mocks: [
      {
        request: { query: SprintCapacityDocument, variables: { id: 'sprint-1' } },
        result: {
          data: {
            sprint: {
              ...{ __typename: 'Sprint', id: 'sprint-1', state },
              capacity: {
                ...{ __typename: 'SprintCapacity', isFrozen, ratio: null, people: [], minutes: 4_800, points: 3 },
                ...{ unestimated: 0, capacity: null, isOver: false },
              },
            },
          },
        },
      },
    ],
  });
  expect(await screen.findByText('3 points · 80 h of time')).toBeTruthy();
  expect(screen.queryByText(UNKEPT) !== null).toBe(says);
});
