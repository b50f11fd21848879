import { jest } from '@jest/globals';
import { act, screen, waitFor } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildTicketRow } from '../../../test/build-ticket.ts';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { ListNamesDocument, ListProjectDocument } from '../project/list-names.generated.ts';
import { AllTicketsPage, TicketsOfProject } from './TicketsPage.tsx';
import { TicketsDocument, type TicketRowFragment } from './tickets.generated.ts';

const row = (title: string, overrides: Partial<TicketRowFragment> = {}): TicketRowFragment =>
  buildTicketRow({ id: title, key: `NLP-${title.length}`, title, ...overrides });
const project = {
  request: { query: ListProjectDocument, variables: { key: 'NLP' } },
  result: {
    data: {
      project: {
        __typename: 'Project' as const,
        id: 'project-1',
        key: 'NLP',
        name: 'Language models',
        visibility: 'OPEN' as const,
        state: 'ACTIVE' as const,
        team: { __typename: 'Team' as const, id: 'team-1' },
        labels: [{ __typename: 'Label' as const, id: 'label-1', name: 'data quality', color: 'RED' as const }],
        people: [{ __typename: 'Person' as const, id: 'user-2', name: 'Bo Larsen' }],
        boards: [],
      },
    },
  },
};
const asks = (query: string) => ({
  request: { query: TicketsDocument, variables: (sent: Record<string, unknown>) => sent.query === query && sent.projectId === 'project-1' },
});
const finds = (query: string, rows: TicketRowFragment[], { capped = false, more = false } = {}) => ({
  ...asks(query),
  result: {
    data: {
      tickets: {
        __typename: 'TicketConnection' as const,
        nodes: rows,
        totalCount: capped ? 1000 : rows.length,
        totalCountIsCapped: capped,
        pageInfo: { __typename: 'PageInfo' as const, endCursor: 'end', hasNextPage: more },
      },
    },
  },
});
const open = (mocks: RenderOptions['mocks'], at = '/projects/NLP/tickets') =>
  renderApp(<TicketsOfProject projectKey="NLP" />, { mocks: [project, ...(mocks ?? [])], at });
const field = () => screen.findByRole('combobox', { name: 'Filter' });
const titles = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((each) => each.querySelector('td')?.textContent);

describe('the tickets of a project', () => {
  it('are shown as cells with the words of the screen, counted to a thousand', async () => {
    await open([finds('', [row('Clean the crawl', { state: 'DONE', resolution: 'DUPLICATE', labelIds: ['label-1', 'gone'] })], { capped: true })]);
    expect(await screen.findByText('1,000+ found')).toBeTruthy();
    expect(screen.getByText('Duplicate')).toBeTruthy();
    expect(screen.getByText('data quality')).toBeTruthy();
  });

  it('are asked by what is typed and chosen by keyboard, and the address says it', async () => {
    const { user, address } = await open([finds('', [row('One')]), finds('state:in_progress', [row('Two')])]);
    await screen.findByText('One');
    await user.type(await field(), 'sta');
    await user.keyboard('{ArrowDown}{Enter}');
    expect(screen.getByRole('option', { name: /in_progress/ })).toBeTruthy();
    await user.keyboard('in{ArrowDown}{Enter}');
    await screen.findByText('Two');
    expect(address()).toBe('/projects/NLP/tickets?query=state%3Ain_progress');
    expect(screen.getByText('State: In progress')).toBeTruthy();
  });

  it('are asked for a whole condition when its writer pauses behind it, although the next is offered', async () => {
    const { user, address } = await open([finds('', [row('One')]), finds('state:done', [row('Two')])]);
    await screen.findByText('One');
    await user.type(await field(), 'state:done ');
    await screen.findByText('Two');
    expect(address()).toBe('/projects/NLP/tickets?query=state%3Adone');
    expect((await field()).getAttribute('aria-expanded')).toBe('true');
    expect(await field()).toHaveProperty('value', 'state:done ');
  });

  it('say what is wrong with a query at its place, keep what is shown, and mend it', async () => {
    const { user } = await open([finds('', [row('One')]), finds('state:done', [row('Two')])]);
    await screen.findByText('One');
    await user.type(await field(), 'state:dne{Enter}');
    expect(await screen.findByText(/has no value “dne”/)).toBeTruthy();
    expect((await field()).getAttribute('aria-invalid')).toBe('true');
    expect(document.querySelector('mark')?.textContent).toBe('dne');
    expect(screen.getByText('One')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Use done' }));
    await screen.findByText('Two');
    expect(screen.queryByText(/has no value/)).toBeNull();
  });

  it('ask the server nothing that it must refuse', async () => {
    await open([], '/projects/NLP/tickets?query=colour%3Ared');
    expect(await screen.findByText(/no field “colour”/)).toBeTruthy();
    expect(screen.queryByRole('table')).toBeNull();
  });

  it('are sorted by a heading: up, down, and as they come', async () => {
    const { user, address } = await open(
      [finds('bug', [row('One')]), finds('bug sort:points', [row('Two')]), finds('bug sort:-points', [row('Six')]), finds('bug', [row('One')])],
      '/?query=bug',
    );
    await user.click(await screen.findByRole('button', { name: 'Points' }));
    await screen.findByText('Two');
    await user.click(screen.getByRole('button', { name: 'Points' }));
    await screen.findByText('Six');
    expect(screen.getByRole('columnheader', { name: 'Points' }).getAttribute('aria-sort')).toBe('descending');
    await user.click(screen.getByRole('button', { name: 'Points' }));
    await waitFor(() => expect(address()).toBe('/?query=bug'));
  });

  it('say that nothing matches, and lead back to all', async () => {
    const { user } = await open([finds('nothing', []), finds('', [row('One')])], '/?query=nothing');
    await screen.findByText('Nothing matches');
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await screen.findByText('One');
    expect(screen.queryByText('Nothing matches')).toBeNull();
  });

  it('are read on page by page', async () => {
    const { user } = await open([finds('', [row('One')], { more: true }), finds('', [row('Second')])]);
    await user.click(await screen.findByRole('button', { name: 'Show more' }));
    await screen.findByText('Second');
    expect(titles()).toEqual(['One', 'Second']);
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('keep what is shown where the server fails, and say so', async () => {
    const { user } = await open([
      finds('', [row('One')]),
      { ...asks('bug'), result: { errors: [new GraphQLError('slow', { extensions: { code: 'QUERY_TOO_SLOW', params: { seconds: 5 } } })] } },
    ]);
    await screen.findByText('One');
    await user.type(await field(), 'bug{Enter}');
    expect(await screen.findByText(/took longer than 5 seconds/)).toBeTruthy();
  });

  describe('that are looked at for a while', () => {
    const SECONDS = 1_000;
    const later = async (ms: number): Promise<void> => act(() => jest.advanceTimersByTimeAsync(ms));
    beforeEach(() => void jest.useFakeTimers({ advanceTimers: true }));
    afterEach(() => void jest.useRealTimers());

    it('show what others change within a row, and wait to be asked for what would move the rows', async () => {
      const { user } = await open([
        finds('', [row('One')]),
        finds('', [row('One', { state: 'DONE', version: 2 })]),
        finds('', [row('Two'), row('One', { state: 'DONE', version: 2 })]),
        finds('', [row('Two'), row('One', { state: 'DONE', version: 2 })]),
      ]);
      await screen.findByText('One');
      await later(30 * SECONDS);
      await screen.findByText('Done');
      expect(screen.queryByRole('button', { name: /^Show/ })).toBeNull();
      await later(30 * SECONDS);
      expect(titles()).toEqual(['One']);
      await user.click(await screen.findByRole('button', { name: 'Show 1 new' }));
      await waitFor(() => expect(titles()).toEqual(['Two', 'One']));
      expect(screen.queryByRole('button', { name: /^Show/ })).toBeNull();
    });

    it('are asked for again when their reader comes back, where that failed before', async () => {
      await open([{ ...asks(''), result: { errors: [new GraphQLError('broken', { extensions: { code: 'INTERNAL' } })] } }, finds('', [row('One')])]);
      expect(await screen.findByRole('alert')).toBeTruthy();
      await later(10 * SECONDS);
      await act(() => window.dispatchEvent(new Event('focus')));
      await screen.findByText('One');
      expect(screen.queryByRole('alert')).toBeNull();
    });

    it('are read again when their reader comes back, and not by each click into the window', async () => {
      await open([finds('', [row('One')]), finds('', [row('Two'), row('One')])]);
      await screen.findByText('One');
      await act(() => window.dispatchEvent(new Event('focus')));
      await later(10 * SECONDS);
      expect(titles()).toEqual(['One']);
      await act(() => window.dispatchEvent(new Event('focus')));
      await waitFor(() => expect(titles()).toEqual(['Two', 'One']));
    });
  });

  it('of all projects know the labels of each, and are kept and exported without a project', async () => {
    const names = {
      request: { query: ListNamesDocument },
      result: {
        data: {
          projects: [
            {
              __typename: 'Project' as const,
              id: 'project-1',
              key: 'NLP',
              name: 'Language models',
              labels: [{ __typename: 'Label' as const, id: 'label-1', name: 'data quality', color: 'RED' as const }],
            },
          ],
          users: { __typename: 'UserConnection' as const, nodes: [] },
        },
      },
    };
    const all = finds('assignee:me', [row('One', { labelIds: ['label-1'] })]);
    const ofAll = {
      ...all,
      request: { query: TicketsDocument, variables: ({ projectId, query }: Record<string, unknown>) => projectId === null && query === 'assignee:me' },
    };
    await renderApp(<AllTicketsPage />, { mocks: [names, ofAll], at: '/tickets?query=assignee%3Ame' });
    await screen.findByText('data quality');
    expect(screen.getByText('Assignee: me')).toBeTruthy();
    expect(screen.getByRole('link', { name: 'CSV' }).getAttribute('href')).not.toContain('projectId');
  });

  it('are not told from a project that is not there', async () => {
    await renderApp(<TicketsOfProject projectKey="NLP" />, { mocks: [{ ...project, result: { data: { project: null } } }] });
    expect((await screen.findAllByText('Nothing here')).length).toBeGreaterThan(0);
  });

  it('are a file of what is shown', async () => {
    await open([finds('bug', [row('One')])], '/?query=bug');
    const address = (await screen.findByRole('link', { name: 'CSV' })).getAttribute('href') ?? '';
    const { pathname, searchParams } = new URL(address, 'http://x');
    expect([pathname, searchParams.get('query'), searchParams.get('projectId')]).toEqual(['/export/tickets.csv', 'bug', 'project-1']);
  });
});
