import { screen, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { renderApp } from '../../../test/render.tsx';
import { Deliveries } from './DeliveriesPage.tsx';
import { RedeliverWebhookDocument, WebhookDeliveriesDocument, WebhookRequestDocument, type ListedDeliveryFragment } from './deliveries.generated.ts';

const delivery = (overrides: Partial<ListedDeliveryFragment> = {}): ListedDeliveryFragment => ({
  __typename: 'WebhookDelivery',
  id: 'delivery-1',
  event: 'TICKET_CREATED',
  state: 'FAILED',
  tries: 10,
  createdAt: '2026-01-01T00:00:00.000Z',
  triedAt: '2026-01-02T00:00:00.000Z',
  durationMs: 120,
  error: 'ANSWER',
  answerStatus: 503,
  answer: 'busy <b>here</b>',
  ...overrides,
});
const page = (
  nodes: ListedDeliveryFragment[],
  { active = true, after, endCursor = null as string | null }: { active?: boolean; after?: string; endCursor?: string | null } = {},
) => ({
  request: { query: WebhookDeliveriesDocument, variables: { id: 'hook-1', first: 30, ...(after && { after }) } },
  result: {
    data: {
      webhook: {
        __typename: 'Webhook' as const,
        id: 'hook-1',
        address: 'https://example.org/hook',
        events: ['TICKET_CREATED' as const],
        active,
        offReason: null,
        failingSince: null,
        version: 1,
      },
      webhookDeliveries: {
        __typename: 'WebhookDeliveryConnection' as const,
        nodes,
        pageInfo: { __typename: 'PageInfo' as const, hasNextPage: endCursor !== null, endCursor },
      },
    },
  },
});
const request = {
  request: { query: WebhookRequestDocument, variables: { deliveryId: 'delivery-1' } },
  result: {
    data: { webhookRequest: { __typename: 'WebhookRequestType' as const, headers: ['x-trainyard-event: TICKET_CREATED'], body: '{"id":"delivery-1"}' } },
  },
};
const ui = <Deliveries projectKey="NLP" webhookId="hook-1" />;

describe('the deliveries of a webhook', () => {
  it('show what was sent and answered, as text, and are sent again', async () => {
    const { user } = await renderApp(ui, {
      mocks: [
        page([delivery()]),
        request,
        {
          request: { query: RedeliverWebhookDocument, variables: { deliveryId: 'delivery-1' } },
          result: { data: { redeliverWebhook: delivery({ state: 'WAITING', tries: 0, error: null, answerStatus: null, answer: null }) } },
        },
      ],
    });
    await user.click(await screen.findByRole('button', { name: /Ticket created ?HTTP 503 ?Given up/ }));
    expect(screen.getByText('busy <b>here</b>')).toBeTruthy();
    expect((await screen.findByText(/x-trainyard-event/)).textContent).toBe('x-trainyard-event: TICKET_CREATED\n\n{\n  "id": "delivery-1"\n}');
    await user.click(screen.getByRole('button', { name: 'Send again' }));
    expect(await screen.findByRole('button', { name: /Ticket created ?Waiting/ })).toBeTruthy();
  });

  it('are not sent again by a webhook that is off', async () => {
    const { user } = await renderApp(ui, { mocks: [page([delivery()], { active: false }), request] });
    await user.click(await screen.findByRole('button', { name: /Ticket created/ }));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Send again' }).disabled).toBe(true);
  });

  it('come page by page', async () => {
    const { user } = await renderApp(ui, {
      mocks: [page([delivery()], { endCursor: 'c' }), page([delivery({ id: 'delivery-2', event: 'RUN_CREATED' })], { after: 'c' })],
    });
    await user.click(await screen.findByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('button', { name: /Run queued/ })).toBeTruthy();
    expect(within(screen.getByRole('list', { name: 'Deliveries' })).getAllByRole('listitem')).toHaveLength(2);
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('say that there are none, and nothing of what one may not see', async () => {
    const { unmount } = await renderApp(ui, { mocks: [page([])] });
    expect(await screen.findByText('Nothing sent yet')).toBeTruthy();
    unmount();
    const { request: asked } = page([]);
    await renderApp(ui, { mocks: [{ request: asked, result: { errors: [new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } })] } }] });
    expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeTruthy();
  });
});
