import { jest } from '@jest/globals';
import { act, screen, waitFor, within } from '@testing-library/react';
import { blocksOf, type HomeBlock, type HomeRole } from '@trainyard/domain';
import { GraphQLError } from 'graphql';
import { renderApp } from '../../../test/render.tsx';
import { Asked } from './Asked.tsx';
import { WorkNewsDocument } from '../activity/activity.generated.ts';
import { WorkNewsContext } from '../activity/work-news.ts';
import { timeZone } from '../lists/export-address.ts';
import { HomeAttentionDocument, HomeChangesDocument, HomeTeamsDocument, HomeWeekDocument } from './blocks.generated.ts';
import { NavigationDocument } from '../project/navigation.generated.ts';
import { HomeDocument, UpdateHomeDocument, type HomeFieldsFragment } from './home.generated.ts';
import { HomePage } from './HomePage.tsx';

/** Home with these blocks unfolded, and all others folded. */
const home = (unfolded: readonly HomeBlock[], overrides: Partial<HomeFieldsFragment> = {}): HomeFieldsFragment => ({
  __typename: 'Home',
  role: 'DIRECTOR',
  guessedRole: 'DIRECTOR',
  blocks: blocksOf('DIRECTOR' satisfies HomeRole, { folded: [], unfolded: [], order: [] }).map(({ block }) => ({
    __typename: 'HomeBlockPlace' as const,
    block,
    folded: !unfolded.includes(block),
  })),
  firstDay: null,
  ...overrides,
});
const loads = (data: HomeFieldsFragment) => ({ request: { query: HomeDocument }, result: { data: { home: data } } });
/** Nothing happens meanwhile. */
const silence = { request: { query: WorkNewsDocument }, result: { data: { workNews: '2026-01-01T00:00:00.000Z' } }, delay: 60_000 };
const number = (name: string, count: number, list: 'TICKETS' | 'RUNS' | null, query: string | null) => ({
  __typename: 'WorkNumber' as const,
  name,
  count,
  list,
  query,
});
const week = {
  request: { query: HomeWeekDocument },
  result: {
    data: {
      week: [
        {
          __typename: 'WeekSentenceType' as const,
          code: 'WORK_MORE' as const,
          numbers: [
            number('FINISHED', 5, 'TICKETS', 'ended:-7d'),
            number('FINISHED_BEFORE', 1, 'TICKETS', 'ended:-14d..-7d'),
            number('CREATED', 3, 'TICKETS', 'created:-7d'),
          ],
        },
        {
          __typename: 'WeekSentenceType' as const,
          code: 'HEALTH_RED' as const,
          numbers: [number('RED', 1, null, null), number('AMBER', 2, null, null), number('GREEN', 0, null, null)],
        },
      ],
    },
  },
};
const reason = {
  __typename: 'HealthReason' as const,
  code: 'OLD_CARDS' as const,
  level: 'RED' as const,
  count: 3,
  of: 12,
  threshold: 7,
  list: 'TICKETS' as const,
  query: 'state:in_progress entered:<-7d',
};
const attention = (...reasons: (typeof reason)[]) => ({ request: { query: HomeAttentionDocument }, result: { data: { attention: reasons } } });

const navigation = {
  request: { query: NavigationDocument },
  maxUsageCount: Number.POSITIVE_INFINITY,
  result: {
    data: {
      projects: [
        {
          __typename: 'Project' as const,
          id: 'project-1',
          key: 'NLP',
          name: 'NLP',
          visibility: 'OPEN' as const,
          state: 'ACTIVE' as const,
          isPinned: false,
          liveRuns: 0,
          team: { __typename: 'Team' as const, id: 'team-1' },
          boards: [],
        },
      ],
    },
  },
};

describe('home', () => {
  it('says a week in sentences whose numbers lead to what they count', async () => {
    await renderApp(<HomePage />, { mocks: [silence, loads(home(['WEEK'])), week] });
    const link = await screen.findByRole('link', { name: '5 tickets were' });
    expect(link.closest('p')?.textContent).toBe('5 tickets were finished this week, more than the 1 of the week before; 3 new ones came in.');
    expect(link.getAttribute('href')).toBe('/tickets?query=ended%3A-7d');
    expect(screen.getByRole('link', { name: '1' }).getAttribute('href')).toBe('/tickets?query=ended%3A-14d..-7d');
    expect(screen.getByText(/in trouble/).textContent).toBe('1 project is in trouble, 2 projects could do with a look, 0 are on track.');
    expect(screen.getByRole('link', { name: '1 project is' }).getAttribute('href')).toBe('/projects');
  });

  it('asks for a block when it is unfolded, and not before', async () => {
    const { user } = await renderApp(<HomePage />, {
      mocks: [
        silence,
        loads(home([])),
        { request: { query: UpdateHomeDocument, variables: { input: { unfold: 'ATTENTION' } } }, result: { data: { updateHome: home(['ATTENTION']) } } },
        attention(reason),
      ],
    });
    const toggle = await screen.findByRole('button', { name: 'What needs attention' });
    expect(toggle.getAttribute('aria-expanded')).toBe('false');
    await user.click(toggle);
    const link = await screen.findByRole('link', { name: '3 of 12 cards in progress have not moved on for over 7 days' });
    expect(link.getAttribute('href')).toBe('/tickets?query=state%3Ain_progress+entered%3A%3C-7d');
    expect(screen.getByRole('button', { name: 'What needs attention' })).toBe(toggle);
    expect(toggle.getAttribute('aria-expanded')).toBe('true');
  });

  it('says in each block by itself that there is nothing, and that it failed', async () => {
    const { user } = await renderApp(<HomePage />, {
      mocks: [
        silence,
        loads(home(['ATTENTION', 'PEOPLE', 'WEEK'])),
        attention(),
        { request: { query: HomeTeamsDocument }, result: { data: { teams: [] } } },
        {
          request: { query: HomeWeekDocument },
          result: { errors: [new GraphQLError('no', { extensions: { code: 'QUERY_TOO_SLOW', params: { seconds: 5 } } })] },
        },
        week,
      ],
    });
    expect(await screen.findByText('Nothing. No failed run is left, and no card lies too long.')).toBeTruthy();
    expect(await screen.findByText('There is no team yet.')).toBeTruthy();
    const failed = await screen.findByRole('alert');
    await user.click(within(failed).getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: '5 tickets were' })).toBeTruthy();
  });

  it('asks again when there is news, in a window that is seen; what came while it was hidden is asked for when it is seen', async () => {
    const listeners = new Set<() => void>();
    const news = {
      listen(woken: () => void) {
        listeners.add(woken);
        return () => listeners.delete(woken);
      },
    };
    const tell = (): void => act(() => listeners.forEach((woken) => woken()));
    const more = (count: number) => attention({ ...reason, count });
    await renderApp(
      <WorkNewsContext value={news}>
        <Asked document={HomeAttentionDocument} variables={{}} lines={1}>
          {(data) => <p>{data.attention.map(({ count }) => `${count} late`).join() || 'none late'}</p>}
        </Asked>
      </WorkNewsContext>,
      { mocks: [attention(), more(3), more(4)] },
    );
    expect(await screen.findByText('none late')).toBeTruthy();
    tell();
    expect(await screen.findByText('3 late')).toBeTruthy();
    const seen = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    tell();
    tell();
    expect(screen.getByText('3 late')).toBeTruthy();
    seen.mockRestore();
    act(() => void document.dispatchEvent(new Event('visibilitychange')));
    expect(await screen.findByText('4 late')).toBeTruthy();
  });

  it.each([
    ['who may', 'OWNER', true],
    ['and shows who may not how far it is', 'VIEWER', false],
  ] as const)('leads through the first day, step by step, %s, until nobody wants to see it', async (_, orgRole, may) => {
    const step = (name: 'CONNECT_RUNNER' | 'MAKE_TICKET' | 'INVITE', done: boolean) => ({ __typename: 'FirstStepState' as const, step: name, done });
    const { user } = await renderApp(<HomePage />, {
      viewer: { orgRole },
      mocks: [
        silence,
        navigation,
        loads(home([], { firstDay: [step('CONNECT_RUNNER', true), step('MAKE_TICKET', false), step('INVITE', false)] })),
        { request: { query: UpdateHomeDocument, variables: { input: { dismissed: true } } }, result: { data: { updateHome: home([]) } } },
      ],
    });
    const steps = (await screen.findByRole('heading', { name: 'Your first day' })).closest('section') as HTMLElement;
    expect(within(steps).getByText('1 of 3')).toBeTruthy();
    expect(within(steps).getAllByRole('img', { name: 'To do' })).toHaveLength(2);
    if (may) expect(await within(steps).findByRole('button', { name: 'New ticket' })).toBeTruthy();
    await waitFor(() => expect(within(steps).getAllByRole('button')).toHaveLength(may ? 3 : 1));
    await user.click(within(steps).getByRole('button', { name: 'Hide the first day' }));
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'Your first day' })).toBeNull());
  });

  it('tells in words what came to be, what one person did to one ticket in one line', async () => {
    const change = (seq: number, action: 'CREATED' | 'MOVED', changes: object) => ({
      __typename: 'WorkChange' as const,
      ticketKey: 'VIS-1',
      ticketTitle: 'Look <b>here</b>',
      runNumber: null,
      activity: {
        __typename: 'Activity' as const,
        scope: 'project-1',
        seq,
        entity: 'TICKET' as const,
        entityId: 'ticket-1',
        action,
        changes,
        names: { doing: 'Doing', todo: 'To do' },
        at: '2026-01-01T00:00:00.000Z',
        actor: { __typename: 'Person' as const, id: 'user-2', name: 'Ada' },
      },
    });
    await renderApp(<HomePage />, {
      mocks: [
        silence,
        loads(home(['CHANGES'])),
        {
          request: { query: HomeChangesDocument, variables: { projectId: null, timeZone: timeZone() } },
          result: {
            data: {
              sinceYesterday: {
                __typename: 'DayReport' as const,
                numbers: [number('CREATED', 1, 'TICKETS', 'created:yesterday..')],
                changes: [change(2, 'MOVED', { columnId: { from: 'todo', to: 'doing' } }), change(1, 'CREATED', {})],
              },
            },
          },
        },
      ],
    });
    const ticket = await screen.findByRole('link', { name: 'VIS-1 Look <b>here</b>' });
    expect(ticket.closest('li')?.textContent).toContain('Ada created this, moved this from To do to Doing');
    expect(screen.getByRole('link', { name: '1' }).getAttribute('href')).toBe('/tickets?query=created%3Ayesterday..');
  });
});
