import type { MockLink } from '@apollo/client/testing';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { news } from '../../../news.ts';
import { buildActivity } from '../../../../test/build-activity.ts';
import { buildSentTicket, buildTicketRow } from '../../../../test/build-ticket.ts';
import { renderApp } from '../../../../test/render.tsx';
import { ChangeTicketsDocument } from '../../ticket/many/change-tickets.generated.ts';
import { marksOf } from '../releases/ReleaseMarks.tsx';
import { CreateReleaseDocument, DeleteReleaseDocument, RestoreReleaseDocument, UpdateReleaseDocument } from '../sprints.generated.ts';
import { scaleOf } from './timeline-scale.ts';
import { TimelineDocument, TimelineEpicsDocument, TimelineProgressDocument } from './timeline.generated.ts';
import { TimelinePage } from './TimelinePage.tsx';
import { useEpics } from './useEpics.ts';
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
  releases: [] as object[],
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
              { __typename: 'EpicFlow', ticketId: 'epic-2', tickets: 0, done: 0, points: 0, pointsDone: 0, unestimated: 0, forecast: null },
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
    // of the third nothing was told yet, which is not that nothing is in it
    expect(screen.getAllByText('nothing in it yet')).toHaveLength(1);
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
      ...{ tickets: [], columns: [], labels: [], sprints: [], releases: [], rules: [], runs: [] },
    };
    await open(
      [],
      [
        { request: { query: TimelineEpicsDocument, variables: () => true }, result: page([epic(1, '2026-12-01', '2026-12-10')]) },
        { request: { query: TimelineEpicsDocument, variables: () => true }, result: page([moved]) },
        { request: { query: news.subscription, variables: () => true }, result: { data: { projectEvents } }, delay: 300 },
      ],
    );
    await screen.findByTitle('Dec 1, 2026 to Dec 10, 2026');
    expect(await screen.findByTitle('Dec 1, 2026 to Dec 24, 2026', {}, { timeout: 4_000 })).toBeTruthy();
  });

  it('says how many epics there are where not all are shown, and offers further ones', async () => {
    const page = (nodes: object[], hasNextPage: boolean) => ({
      data: {
        tickets: { __typename: 'TicketConnection', nodes, totalCount: 1_200, pageInfo: { __typename: 'PageInfo', endCursor: 'end', hasNextPage } },
      },
    });
    await open([], [{ request: { query: TimelineEpicsDocument, variables: () => true }, result: page([epic(1, null, null)], false) }]);
    expect(await screen.findByText('1 of 1,200 epics are shown.')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Show 1000 more' })).toBeTruthy();
  });
});

describe('the epics of a timeline', () => {
  function Probe() {
    const { epics, total, more } = useEpics('project-1');
    return <button onClick={() => void more()}>{`${epics?.length ?? 'none'} of ${total}`}</button>;
  }

  it('are read a thousand at a time, and further ones when they are asked for', async () => {
    const asked: (string | null)[] = [];
    const { mocks } = server([]);
    const { user } = await renderApp(<Probe />, {
      mocks: [
        {
          request: { query: TimelineEpicsDocument, variables: () => true },
          result: ({ after }: { after: string | null }) => {
            asked.push(after);
            const from = Number(after ?? 0);
            return {
              data: {
                tickets: {
                  __typename: 'TicketConnection',
                  nodes: Array.from({ length: 100 }, (_, i) => epic(from + i + 1, null, null)),
                  totalCount: 1_200,
                  pageInfo: { __typename: 'PageInfo', endCursor: String(from + 100), hasNextPage: from < 1_100 },
                },
              },
            };
          },
          ...forever,
        },
        ...mocks,
      ],
    });
    const thousand = await screen.findByRole('button', { name: '1000 of 1200' });
    expect(asked).toHaveLength(10);
    await user.click(thousand);
    expect(await screen.findByRole('button', { name: '1200 of 1200' })).toBeTruthy();
    expect(asked).toHaveLength(22);
  });
});

describe('releases on the timeline', () => {
  const release = (id: string, name: string, plannedOn: string, releasedOn: string | null = null) => ({
    ...{ __typename: 'Release' as const, id, name, description: '', plannedOn, releasedOn, version: 1 },
  });
  /** A server that keeps them. */
  const keeping = (...begun: ReturnType<typeof release>[]) => {
    const kept = new Map(begun.map((one) => [one.id, one]));
    const said: unknown[] = [];
    const write = (id: string, facts: object) => {
      const now = { ...release(id, '', ''), ...kept.get(id), ...facts };
      kept.set(id, { ...now, version: (kept.get(id)?.version ?? 0) + 1 });
      return kept.get(id);
    };
    const mocks: MockLink.MockedResponse[] = [
      {
        request: { query: TimelineDocument, variables: () => true },
        result: () => ({ data: { project: { ...project, releases: [...kept.values()] } } }),
        ...forever,
      },
      {
        request: { query: CreateReleaseDocument, variables: () => true },
        result: ({ input: { id, projectId: _, ...facts } }: { input: { id: string; projectId: string } }) => {
          said.push(facts);
          return { data: { createRelease: write(id, facts) } };
        },
      },
      {
        request: { query: UpdateReleaseDocument, variables: () => true },
        result: (asked: { id: string; version: number; input: object }) => {
          said.push(asked);
          return { data: { updateRelease: write(asked.id, asked.input) } };
        },
        ...forever,
      },
      {
        request: { query: DeleteReleaseDocument, variables: () => true },
        result: (asked: { id: string }) => {
          said.push(asked);
          kept.delete(asked.id);
          return { data: { deleteRelease: true } };
        },
        ...forever,
      },
      {
        request: { query: RestoreReleaseDocument, variables: () => true },
        result: (asked: { id: string }) => {
          said.push(asked);
          return { data: { restoreRelease: write(asked.id, release(asked.id, 'Atlas 2', '2030-12-24')) } };
        },
      },
    ];
    return { mocks, told: said };
  };

  it('are marks with their names, which lead to them; a late one says so', async () => {
    const { mocks, told } = keeping(
      release('r1', 'Atlas 1', '2020-01-10', '2020-01-12'),
      release('r2', 'Atlas 2', '2020-02-01'),
      release('r3', 'Atlas 3', '2090-02-01'),
    );
    const { user } = await open([1], mocks);
    const marks = await screen.findAllByRole('button', { name: /^Atlas \d:/ });
    expect(marks.map((mark) => mark.getAttribute('data-standing'))).toEqual(['RELEASED', 'OVERDUE', 'PLANNED']);
    expect(marks[0]!.getAttribute('aria-label')).toBe('Atlas 1: released on Jan 12, 2020, 2 days after Jan 10, 2020');
    marks[1]!.focus();
    await user.keyboard('{Enter}');
    const dialog = await screen.findByRole('dialog', { name: 'Edit release' });
    await user.clear(within(dialog).getByLabelText('Name'));
    await user.type(within(dialog).getByLabelText('Name'), 'Atlas 2.1');
    await user.click(within(dialog).getByRole('button', { name: 'Save' }));
    await screen.findByText('“Atlas 2.1” was changed.');
    await user.click(screen.getByRole('button', { name: 'Undo' }));
    const facts = { plannedOn: '2020-02-01', releasedOn: null, description: '' };
    await waitFor(() =>
      expect(told).toEqual([
        { id: 'r2', version: 1, input: { ...facts, name: 'Atlas 2.1' } },
        { id: 'r2', version: 2, input: { ...facts, name: 'Atlas 2' } },
      ]),
    );
  });

  it('are made, listed, deleted and brought back', async () => {
    const { mocks, told } = keeping(release('r2', 'Atlas 2', '2030-12-24'));
    const { user } = await open([1], mocks);
    await user.click(await screen.findByRole('button', { name: 'Releases' }));
    await user.click(await screen.findByRole('button', { name: 'Delete Atlas 2' }));
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await screen.findByRole('button', { name: 'Delete Atlas 2' });
    expect(told).toEqual([{ id: 'r2', version: 1 }, { id: 'r2' }]);
    await user.click(screen.getByRole('button', { name: 'New release' }));
    await user.type(await screen.findByLabelText('Name'), 'Atlas 3');
    fireEvent.change(screen.getByLabelText('Planned for'), { target: { value: '2031-01-31' } });
    await user.click(screen.getByRole('button', { name: 'Create release' }));
    await screen.findByText('“Atlas 3” is marked on the timeline.');
    expect(told.at(-1)).toEqual({ name: 'Atlas 3', plannedOn: '2031-01-31', releasedOn: null, description: '' });
    expect(await screen.findByText('planned for Jan 31, 2031')).toBeTruthy();
  });

  it('stand beside each other where they are of one day, and give their names the room up to the next', () => {
    const scale = scaleOf(['2026-12-01', '2026-12-31'], '2026-12-01', 'MONTHS');
    const marks = marksOf([release('b', 'B', '2026-12-10'), release('a', 'A', '2026-12-10'), release('c', 'C', '2026-12-30')], scale);
    expect(marks.map((one) => [one.release.name, one.x - marks[0]!.x, one.room])).toEqual([
      ['A', 0, 0],
      ['B', 18, 80 - 18 - 18],
      ['C', 80, Infinity],
    ]);
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
