import { screen, waitForElementToBeRemoved } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { renderApp } from '../../../test/render.tsx';
import { InboxDocument, MarkAllReadDocument, MarkReadDocument, UnreadCountDocument, type ListedInboxItemFragment } from './inbox.generated.ts';
import { InboxPage } from './InboxPage.tsx';
import { UnreadBadge } from './UnreadBadge.tsx';

const item = (overrides: Partial<ListedInboxItemFragment> = {}): ListedInboxItemFragment => ({
  __typename: 'InboxItem',
  id: 'item-1',
  reason: 'ASSIGNED',
  at: '2026-01-01T00:00:00.000Z',
  readAt: null,
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
    expect(screen.queryByRole('button', { name: /Mark/ })).toBeNull();
    expect(screen.queryByRole('img', { name: /unread/ })).toBeNull();
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
