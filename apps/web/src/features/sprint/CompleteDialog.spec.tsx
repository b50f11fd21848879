import { act, screen, waitFor } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { useState } from 'react';
import { renderApp } from '../../../test/render.tsx';
import { CompleteDialog } from './CompleteDialog.tsx';
import type { KnownSprint } from './known-sprint.ts';
import { CompleteSprintDocument } from './sprints.generated.ts';

const sprint: KnownSprint = {
  ...{ __typename: 'Sprint', id: 'sprint-1', boardId: 'board-1', name: 'Sprint 1', goal: '', state: 'RUNNING', version: 2, abandoned: false },
  ...{ startsOn: '2026-11-23', endsOn: '2026-12-04', startedAt: '2026-11-23T08:00:00.000Z', closedAt: null },
  totals: {
    ...{ __typename: 'SprintTotals', tickets: 3, points: 8, unestimated: 0, done: 1, donePoints: 3, cancelled: 0 },
    ...{ committed: 3, committedPoints: 8 },
  },
};

/** The news that somebody else completed it take the dialog away. */
function Page() {
  const [isRunning, setRunning] = useState(true);
  return (
    <>
      {isRunning && <CompleteDialog sprint={sprint} next={[]} onClose={() => undefined} />}
      <button type="button" data-testid="news" onClick={() => setRunning(false)} />
    </>
  );
}

it.each(['before', 'behind'])('says that somebody else was faster, where the refusal comes %s the news', async (order) => {
  let refuse: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (refuse = resolve));
  const { user } = await renderApp(<Page />, {
    mocks: [
      {
        request: { query: CompleteSprintDocument, variables: () => true },
        delay: order === 'before' ? 0 : 50,
        result: () => {
          refuse();
          return { errors: [new GraphQLError('', { extensions: { code: 'SPRINT_CLOSED', params: {} } })] };
        },
      },
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Complete sprint' }));
  if (order === 'before') await asked.then(() => screen.findAllByText('This sprint has ended.'));
  act(() => screen.getByTestId('news').click());
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(await screen.findByText('This sprint has ended.')).toBeTruthy();
});

it('sends the version it shows, and says that the sprint is another one by now', async () => {
  const sent: unknown[] = [];
  const { user } = await renderApp(<CompleteDialog sprint={sprint} next={[]} onClose={() => undefined} />, {
    mocks: [
      {
        request: { query: CompleteSprintDocument, variables: (variables: unknown) => sent.push(variables) > 0 },
        result: { errors: [new GraphQLError('', { extensions: { code: 'STALE_VERSION', params: { version: 4 } } })] },
      },
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Complete sprint' }));
  expect(await screen.findByText(/Somebody changed this since/)).toBeTruthy();
  expect(sent).toContainEqual({ id: 'sprint-1', version: 2, unfinishedTo: null, abandoned: false });
  expect(screen.getByRole('dialog')).toBeTruthy();
});

it('offers the sprint that comes next, and none that was to end before this one', async () => {
  const next = [
    { id: 'past', name: 'Past', startsOn: '1999-12-20', endsOn: '1999-12-31' },
    { id: 'third', name: 'Third', startsOn: '2026-12-21', endsOn: '2027-01-01' },
    { id: 'second', name: 'Second', startsOn: '2026-12-07', endsOn: '2026-12-18' },
  ];
  const chosen = (): string => screen.getByRole<HTMLInputElement>('combobox').value;
  const { unmount } = await renderApp(<CompleteDialog sprint={sprint} next={next} onClose={() => undefined} />);
  await screen.findByRole('dialog');
  expect(chosen()).toBe('Second');
  unmount();
  await renderApp(<CompleteDialog sprint={sprint} next={next.slice(0, 1)} onClose={() => undefined} />);
  await screen.findByRole('dialog');
  expect(chosen()).toBe('Backlog');
});
