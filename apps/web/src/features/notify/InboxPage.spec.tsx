import { screen, waitFor, waitForElementToBeRemoved } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { renderApp } from '../../../test/render.tsx';
import {
  InboxDocument,
  InboxSettingsDocument,
  MarkAllReadDocument,
  MarkReadDocument,
  MarkUnreadDocument,
  SetInboxReasonDocument,
  UnreadCountDocument,
  type ListedInboxItemFragment,
} from './inbox.generated.ts';
import { InboxPage } from './InboxPage.tsx';
import { UnreadBadge } from './UnreadBadge.tsx';

const item = (overrides: Partial<ListedInboxItemFragment> = {}): ListedInboxItemFragment => ({
  __typename: 'InboxItem',
  id: 'item-1',
  reason: 'ASSIGNED',
  why: 'ASSIGNEE',
  at: '2026-01-01T00:00:00.000Z',
  readAt: null,
  projectKey: 'VIS',
  ruleName: null,
  text: null,
  ticketKey: 'VIS-1',
  ticketTitle: 'Look <b>here</b>',
  runId: null,
  runNumber: null,
  actor: { __typename: 'Person', id: 'user-2', name: 'Ada' },
  ...overrides,
});
const loads = (...nodes: ListedInboxItemFragment[]) => ({
  request: { query: InboxDocument, variables: { first: 50 } },
  result: {
    data: { inbox: { __typename: 'InboxConnection' as const, nodes, pageInfo: { __typename: 'PageInfo' as const, hasNextPage: false, endCursor: null } } },
  },
});
const again = (...nodes: ListedInboxItemFragment[]) => ({
  ...loads(...nodes),
  request: { query: InboxDocument, variables: { first: 50, after: null } },
});
const counts = (unreadCount: number) => ({ request: { query: UnreadCountDocument }, result: { data: { unreadCount } } });
const ui = (
  <>
    <UnreadBadge />
    <InboxPage />
  </>
);

describe('the inbox', () => {
  it('shows what concerns the reader, as text, and leads there', async () => {
    await renderApp(ui, {
      mocks: [
        loads(item(), item({ id: 'item-2', reason: 'RUN_FAILED', runId: 'run-1', runNumber: 7, actor: null, readAt: '2026-01-02T00:00:00.000Z' })),
        counts(1),
      ],
    });
    const [ticket, run] = await screen.findAllByRole('link', { name: 'VIS-1 Look <b>here</b>' });
    expect([ticket?.getAttribute('href'), run?.getAttribute('href')]).toEqual(['/tickets/VIS-1', '/runs/run-1']);
    expect(screen.getByText(/Ada assigned it to you/)).toBeTruthy();
    expect(screen.getByText(/Run 7 failed/)).toBeTruthy();
    expect(await screen.findByRole('img', { name: '1 unread' })).toBeTruthy();
    expect(screen.getAllByRole('button', { name: 'Mark VIS-1 as read' })).toHaveLength(1);
  });

  it('marks one as read, and the number goes down', async () => {
    const { user } = await renderApp(ui, {
      mocks: [
        loads(item()),
        counts(1),
        {
          request: { query: MarkReadDocument, variables: { ids: ['item-1'] } },
          result: { data: { markRead: [{ __typename: 'InboxItem' as const, id: 'item-1', readAt: '2026-01-02T00:00:00.000Z' }] } },
        },
        counts(0),
      ],
    });
    expect(await screen.findByRole('img', { name: '1 unread' })).toBeTruthy();
    await user.click(await screen.findByRole('button', { name: 'Mark VIS-1 as read' }));
    await waitForElementToBeRemoved(() => screen.queryByRole('img', { name: '1 unread' }));
    expect(screen.queryByRole('button', { name: 'Mark VIS-1 as read' })).toBeNull();
  });

  it('marks all as read', async () => {
    const read = { readAt: '2026-01-02T00:00:00.000Z' };
    const { user } = await renderApp(ui, {
      mocks: [
        loads(item(), item({ id: 'item-2', ticketKey: 'VIS-2' })),
        counts(2),
        { request: { query: MarkAllReadDocument }, result: { data: { markAllRead: 0 } } },
        counts(0),
        again(item(read), item({ id: 'item-2', ticketKey: 'VIS-2', ...read })),
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'Mark all as read' }));
    await waitForElementToBeRemoved(() => screen.queryByRole('button', { name: 'Mark VIS-2 as read' }));
    expect(screen.queryByRole('button', { name: /as read/ })).toBeNull();
    expect(screen.queryByRole('img', { name: /unread/ })).toBeNull();
  });

  it('says why one is told, and takes back that it was read', async () => {
    const { user } = await renderApp(ui, {
      mocks: [
        loads(item({ readAt: '2026-01-02T00:00:00.000Z', reason: 'COMMENTED', why: 'AUTHOR' })),
        counts(0),
        {
          request: { query: MarkUnreadDocument, variables: { ids: ['item-1'] } },
          result: { data: { markUnread: [{ __typename: 'InboxItem' as const, id: 'item-1', readAt: null }] } },
        },
        counts(1),
      ],
    });
    expect(await screen.findByText(/Ada commented · you made it/)).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Mark VIS-1 as unread' }));
    expect(await screen.findByRole('button', { name: 'Mark VIS-1 as read' })).toBeTruthy();
    expect(await screen.findByRole('img', { name: '1 unread' })).toBeTruthy();
  });

  it('shows what was not read alone, as its address says', async () => {
    const { user, address } = await renderApp(ui, {
      mocks: [
        loads(item({ readAt: '2026-01-02T00:00:00.000Z' })),
        counts(0),
        { ...loads(), request: { query: InboxDocument, variables: { first: 50, read: false } } },
      ],
    });
    await screen.findByRole('link', { name: /VIS-1/ });
    await user.click(screen.getByRole('radio', { name: 'Unread' }));
    expect(await screen.findByText('All read')).toBeTruthy();
    expect(address()).toBe('/inbox?show=unread');
  });

  it('has a switch for each kind of news', async () => {
    const settings = (commented: boolean) =>
      (['ASSIGNED', 'COMMENTED'] as const).map((reason) => ({ __typename: 'InboxSetting' as const, reason, on: reason !== 'COMMENTED' || commented }));
    const { user } = await renderApp(ui, {
      mocks: [
        loads(item()),
        counts(1),
        { request: { query: InboxSettingsDocument }, result: { data: { inboxSettings: settings(true) } } },
        {
          request: { query: SetInboxReasonDocument, variables: { reason: 'COMMENTED', on: false } },
          result: { data: { setInboxReason: settings(false) } },
        },
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'What am I told?' }));
    const comments = await screen.findByRole('checkbox', { name: /comments on a ticket/ });
    expect((comments as HTMLInputElement).checked).toBe(true);
    await user.click(comments);
    await waitFor(() => expect((screen.getByRole('checkbox', { name: /comments on a ticket/ }) as HTMLInputElement).checked).toBe(false));
    expect((screen.getByRole('checkbox', { name: 'a ticket is given to me' }) as HTMLInputElement).checked).toBe(true);
  });

  it('says so where there is nothing, and of a hundred only that they are many', async () => {
    await renderApp(ui, { mocks: [loads(), counts(100)] });
    expect(await screen.findByText('Nothing here')).toBeTruthy();
    expect((await screen.findByRole('img', { name: '99+ unread' })).textContent).toBe('99+');
  });

  it('says that it is forbidden', async () => {
    await renderApp(ui, {
      mocks: [{ ...loads(), result: { errors: [new GraphQLError('no', { extensions: { code: 'FORBIDDEN', params: {} } })] } }, counts(0)],
    });
    expect(await screen.findByRole('alert')).toBeTruthy();
  });
});
