import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor } from '@testing-library/react';
import { news } from '../../../news.ts';
import { buildActivity } from '../../../../test/build-activity.ts';
import { buildSentTicket, buildTicketRow } from '../../../../test/build-ticket.ts';
import { renderApp } from '../../../../test/render.tsx';
import { ChangeTicketsDocument } from '../../ticket/many/change-tickets.generated.ts';
import { TimelineDocument, TimelineEpicsDocument, TimelineProgressDocument } from './timeline.generated.ts';
import { TimelinePage } from './TimelinePage.tsx';
import { concernedBy } from './useTimelineNews.ts';

const epic = (number: number, startDate: string | null, dueDate: string | null) => ({
  ...buildTicketRow({ id: `epic-${number}`, key: `ATL-${number}`, type: 'EPIC', title: `Epic ${number}`, startDate, dueDate }),
  blockers: number === 2 ? [{ __typename: 'Ticket', id: 'epic-1', key: 'ATL-1' }] : [],
});
const project = {
  __typename: 'Project',
  id: 'project-1',
  key: 'ATL',
  name: 'Atlas',
  seq: 1,
  timeZone: 'UTC',
  visibility: 'OPEN',
  state: 'ACTIVE',
  team: { __typename: 'Team', id: 'team-1' },
  sprints: [] as object[],
};
const forever = { maxUsageCount: Number.POSITIVE_INFINITY };

/** A server that keeps the days of epics. */
function server(numbers: readonly number[]) {
  const kept = new Map([epic(1, '2026-12-01', '2026-12-10'), epic(2, '2026-12-05', '2026-12-20'), epic(3, null, null)].map((one) => [one.id, one]));
  const epics = () => numbers.flatMap((number) => kept.get(`epic-${number}`) ?? []);
  const said: unknown[] = [];
  const mocks: MockLink.MockedResponse[] = [
    { request: { query: TimelineDocument, variables: () => true }, result: () => ({ data: { project } }), ...forever },
    {
      request: { query: TimelineEpicsDocument, variables: () => true },
      result: () => ({
        data: {
          tickets: {
            __typename: 'TicketConnection',
            nodes: epics(),
            totalCount: numbers.length,
            pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false },
          },
        },
      }),
      ...forever,
    },
    {
      request: { query: TimelineProgressDocument, variables: () => true },
      result: () => ({
        data: {
          projectEpics: {
            __typename: 'ProjectEpics',
            behind: 0,
            epics: [
              {
                __typename: 'EpicFlow',
                ticketId: 'epic-1',
                tickets: 8,
                done: 2,
                points: 34,
                pointsDone: 5,
                unestimated: 0,
                forecast: ['2026-12-14', '2026-12-18', '2026-12-22'],
              },
            ],
          },
        },
      }),
      ...forever,
    },
    {
      request: { query: ChangeTicketsDocument, variables: () => true },
      result: ({ changes }: { changes: { id: string; version: number; values: { startDate: string | null; dueDate: string | null } }[] }) => {
        said.push(changes);
        const changeTickets = changes.map(({ id, version, values }) => {
          const was = kept.get(id)!;
          const { startDate = was.startDate, dueDate = was.dueDate } = values;
          kept.set(id, { ...was, startDate, dueDate, version: version + 1 });
          return {
            __typename: 'ChangedTicket',
            became: {},
            id,
            outcome: 'CHANGED',
            code: null,
            params: null,
            changes: { startDate: { from: was.startDate, to: startDate }, dueDate: { from: was.dueDate, to: dueDate } },
            ticket: { ...buildSentTicket(), ...kept.get(id), columnId: null },
            columnBefore: null,
            afterBefore: null,
          };
        });
        return { data: { changeTickets } };
      },
      ...forever,
    },
  ];
  return { mocks, said };
}
const open = async (numbers: readonly number[] = [1, 2, 3], before: readonly MockLink.MockedResponse[] = []) => {
  const { mocks: own, said } = server(numbers);
  const mocks = [...before, ...own];
  return { ...(await renderApp(<TimelinePage />, { mocks, at: '/projects/ATL/timeline' })), said };
};

describe('the timeline', () => {
  it('shows how far epics are, their days, and the day by which they will be done', async () => {
    await open();
    const bar = await screen.findByRole('slider', { name: 'ATL-1 Epic 1' });
    await waitFor(() => expect(bar.getAttribute('aria-valuetext')).toBe('Dec 1, 2026 to Dec 10, 2026, 85 %: Dec 18, 2026'));
    expect(screen.getByRole('img', { name: '2 of 8 done' })).toBeTruthy();
    expect(screen.getByText('2 / 8 · 34 pts')).toBeTruthy();
  });

  it('carries the days of an epic by keys: Enter keeps them, Escape leaves them, Control+Z takes them back', async () => {
    const { user, said } = await open();
    (await screen.findByRole('slider', { name: 'ATL-2 Epic 2' })).focus();
    await user.keyboard('{ArrowRight}{ArrowRight}{Escape}{Enter}');
    expect(said).toEqual([]);
    await user.keyboard('{PageDown}{Shift>}{ArrowLeft}{/Shift}{Enter}');
    await screen.findByText('ATL-2: Dec 12, 2026 to Dec 26, 2026.');
    expect(said).toEqual([[{ id: 'epic-2', version: 1, values: { startDate: '2026-12-12', dueDate: '2026-12-26' } }]]);
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(said[1]).toEqual([{ id: 'epic-2', version: 2, values: { startDate: '2026-12-05', dueDate: '2026-12-20' } }]));
  });

  it('offers days to an epic that has none', async () => {
    const { user, said } = await open();
    await user.click(await screen.findByRole('button', { name: 'Set dates of ATL-3' }));
    await waitFor(() => expect(said).toHaveLength(1));
    expect(await screen.findByRole('slider', { name: 'ATL-3 Epic 3' })).toBeTruthy();
  });

  it('says what an epic is where there is none', async () => {
    await open([]);
    expect(await screen.findByText('No epics yet')).toBeTruthy();
  });

  it('follows what others do with its epics', async () => {
    const moved = { ...epic(1, '2026-12-01', '2026-12-10'), dueDate: '2026-12-24' };
    const page = (nodes: object[]) => ({
      data: {
        tickets: { __typename: 'TicketConnection', nodes, totalCount: nodes.length, pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false } },
      },
    });
    const activity = buildActivity(2, 'epic-1', 'UPDATED', { dueDate: { from: '2026-12-10', to: '2026-12-24' } });
    const projectEvents = {
      ...{ __typename: 'ProjectEvents', seq: 2, reset: false, activities: [activity] },
      ...{ tickets: [], columns: [], labels: [], sprints: [], rules: [], runs: [] },
    };
    await open(
      [],
      [
        { request: { query: TimelineEpicsDocument, variables: () => true }, result: page([epic(1, '2026-12-01', '2026-12-10')]) },
        { request: { query: TimelineEpicsDocument, variables: () => true }, result: page([moved]) },
        { request: { query: news.subscription, variables: () => true }, result: { data: { projectEvents } }, delay: 300 },
      ],
    );
    await screen.findByText('Dec 1, 2026 to Dec 10, 2026');
    expect(await screen.findByText('Dec 1, 2026 to Dec 24, 2026', {}, { timeout: 4_000 })).toBeTruthy();
  });

  it('says how many epics there are where not all are shown, and shows further ones', async () => {
    const asked: (string | null)[] = [];
    const hundred = (from: number) => Array.from({ length: 100 }, (_, i) => epic(from + i, null, null));
    const { user } = await open(
      [],
      [
        {
          request: { query: TimelineEpicsDocument, variables: () => true },
          result: ({ after }: { after: string | null }) => {
            asked.push(after);
            const from = Number(after ?? 0);
            const hasNextPage = from < 1_100;
            return {
              data: {
                tickets: {
                  __typename: 'TicketConnection',
                  nodes: hundred(from + 1),
                  totalCount: 1_200,
                  pageInfo: { __typename: 'PageInfo', endCursor: String(from + 100), hasNextPage },
                },
              },
            };
          },
          ...forever,
        },
      ],
    );
    expect(await screen.findByText('1,000 of 1,200 epics are shown.', {}, { timeout: 4_000 })).toBeTruthy();
    expect(asked).toHaveLength(10);
    await user.click(screen.getByRole('button', { name: 'Show 200 more' }));
    await waitFor(() => expect(screen.queryByText(/epics are shown/)).toBeNull(), { timeout: 4_000 });
    expect(screen.getByText('1200 epics')).toBeTruthy();
  });
});

describe('news of a timeline', () => {
  const known = new Set(['epic-1']);
  const told = (overrides: object) => concernedBy([{ ...buildActivity(2, 'other', 'UPDATED', {}), ...overrides }], known);
  it.each([
    ['days of an epic that is shown', { entityId: 'epic-1', changes: { dueDate: {} } }, { epics: true, progress: false, frame: false }],
    ['a part that is done', { entityId: 'other', action: 'MOVED', changes: { columnId: {}, state: {} } }, { epics: false, progress: true, frame: false }],
    ['a title of something else', { entityId: 'other', changes: { title: {} } }, { epics: false, progress: false, frame: false }],
    ['a story that becomes an epic', { entityId: 'other', changes: { type: { from: 'STORY', to: 'EPIC' } } }, { epics: true, progress: true, frame: false }],
    ['a sprint', { entity: 'SPRINT', entityId: 'sprint', changes: {} }, { epics: false, progress: false, frame: true }],
  ])('%s', (_, overrides, expected) => {
    expect(told(overrides)).toEqual(expected);
  });
});
