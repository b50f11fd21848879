import type { MockLink } from '@apollo/client/testing';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import type { KnownSprint } from './known-sprint.ts';
import { SprintActions } from './SprintActions.tsx';
import { SprintDialog } from './SprintDialog.tsx';
import { CreateSprintDocument, OtherCardsDocument, PlanDaysDocument } from './sprints.generated.ts';

const BOARDS = [{ id: 'board-1', name: 'Atlas' }];
const PLANNED: KnownSprint = {
  ...{ __typename: 'Sprint', id: 'sprint-1', boardId: 'board-1', name: 'Sprint 1', goal: '', state: 'PLANNED', version: 1, abandoned: false },
  ...{ startsOn: '2026-11-30', endsOn: '2026-12-11', startedAt: null, closedAt: null },
  totals: {
    ...{ __typename: 'SprintTotals', tickets: 2, points: 8, unestimated: 0, done: 0, donePoints: 0, cancelled: 0 },
    ...{ committed: 0, committedPoints: 0 },
  },
};
const DAYS: MockLink.MockedResponse = {
  request: { query: PlanDaysDocument, variables: { projectId: 'project-1', year: 2026, nextYear: 2027 } },
  maxUsageCount: Number.POSITIVE_INFINITY,
  result: {
    data: {
      project: {
        __typename: 'Project',
        id: 'project-1',
        calendar: {
          ...{ __typename: 'Calendar', id: 'calendar-1', weekdays: [1, 2, 3, 4, 5], knownUntil: '2027-12-31' },
          days: [{ __typename: 'CalendarDay', day: '2026-12-14', works: false, name: 'Founding day' }],
          later: [{ __typename: 'CalendarDay', day: '2027-01-01', works: false, name: 'New Year' }],
        },
      },
    },
  },
};
const day = (name: string): HTMLInputElement => screen.getByLabelText(name);
const toDay = (name: string, value: string): boolean => fireEvent.change(day(name), { target: { value } });

it('a new sprint is offered days that are worked in its project', async () => {
  const asked: unknown[] = [];
  const { user } = await renderApp(
    // behind the last one lie a weekend and a holiday
    <SprintDialog sprint={null} projectId="project-1" boards={BOARDS} before={[PLANNED]} today="2026-12-02" onClose={() => undefined} />,
    {
      mocks: [
        DAYS,
        {
          request: { query: CreateSprintDocument, variables: () => true },
          result: ({ input }: { input: object }) => {
            asked.push(input);
            return { data: { createSprint: PLANNED } };
          },
        },
      ],
    },
  );
  await screen.findByLabelText('First day');
  expect([day('First day').value, day('Last day').value]).toEqual(['2026-12-15', '2026-12-28']);
  screen.getByText('10 working days');
  await user.click(screen.getByRole('button', { name: 'Plan sprint' }));
  await waitFor(() => expect(asked).toMatchObject([{ name: 'Sprint 2', startsOn: '2026-12-15', endsOn: '2026-12-28' }]));
});

it('what is odd about days of a plan is said below them, and does not keep anybody from planning', async () => {
  await renderApp(<SprintDialog sprint={null} projectId="project-1" boards={BOARDS} before={[]} today="2026-12-02" onClose={() => undefined} />, {
    mocks: [DAYS],
  });
  await screen.findByLabelText('First day');
  expect(screen.queryByText(/passed|working day of/)).toBeNull();
  toDay('First day', '2026-12-14');
  await screen.findByText('Founding day: not a working day of the project.');
  toDay('First day', '2026-12-05');
  toDay('Last day', '2027-01-01');
  await screen.findByText('Not a working day of the project.');
  await screen.findByText('New Year: not a working day of the project.');
  toDay('First day', '2026-11-02');
  toDay('Last day', '2026-11-13');
  await screen.findByText('This day has passed.');
  await screen.findByText('This day has passed: started so, the sprint would be overdue at once.');
});

describe('a planned sprint', () => {
  const cards: MockLink.MockedResponse = {
    request: { query: OtherCardsDocument, variables: () => true },
    result: {
      data: {
        tickets: { __typename: 'TicketConnection', totalCount: 0, totalCountIsCapped: false },
        board: { __typename: 'Board', id: 'board-1', name: 'Atlas' },
      },
    },
  };
  const start = async (today: string) => {
    const rendered = await renderApp(<SprintActions sprint={PLANNED} projectId="project-1" today={today} boards={BOARDS} open={[]} />, { mocks: [cards] });
    await rendered.user.click(screen.getByRole('button', { name: 'Start sprint' }));
    return rendered;
  };

  it('is started at once until its last day', async () => {
    await start('2026-12-11');
    expect(await screen.findByRole('dialog', { name: 'Start Sprint 1' })).toBeTruthy();
  });

  it('is started after its last day only by who says so', async () => {
    const { user } = await start('2026-12-14');
    const question = await screen.findByRole('dialog', { name: 'Start after its last day?' });
    expect(question.textContent).toContain('The last day of Sprint 1, Dec 11, 2026, was 3 days ago. It would be overdue from its start.');
    await user.click(screen.getByRole('button', { name: 'Not now' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    await user.click(screen.getByRole('button', { name: 'Start sprint' }));
    await user.click(await screen.findByRole('button', { name: 'Start all the same' }));
    expect(await screen.findByRole('dialog', { name: 'Start Sprint 1' })).toBeTruthy();
  });
});
