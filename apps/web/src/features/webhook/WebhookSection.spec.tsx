import { screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { ProvePasswordDocument } from '../access/proof/proof.generated.ts';
import PasswordDialog from '../access/proof/PasswordDialog.tsx';
import { usePasswordQuestion } from '../access/proof/password-question.ts';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { WebhookSection } from './WebhookSection.tsx';
import {
  CreateWebhookDocument,
  DeleteWebhookDocument,
  RenewWebhookSecretDocument,
  UpdateWebhookDocument,
  WebhooksDocument,
  type ListedWebhookFragment,
} from './webhooks.generated.ts';

const webhook = (overrides: Partial<ListedWebhookFragment> = {}): ListedWebhookFragment => ({
  __typename: 'Webhook',
  id: 'hook-1',
  address: 'https://example.org/hook',
  events: ['TICKET_CREATED', 'RUN_UPDATED'],
  active: true,
  offReason: null,
  failingSince: null,
  version: 1,
  ...overrides,
});
const loads = (...webhooks: ListedWebhookFragment[]) => ({
  request: { query: WebhooksDocument, variables: { projectId: 'project-1' } },
  result: { data: { webhooks } },
});
function Asked() {
  return <PasswordDialog onAnswer={usePasswordQuestion()} />;
}
const open = ({ readOnly = false, ...options }: RenderOptions & { readOnly?: boolean }) =>
  renderApp(
    <>
      <WebhookSection projectId="project-1" projectKey="NLP" readOnly={readOnly} />
      <Asked />
    </>,
    options,
  );

describe('the webhooks of a project', () => {
  it('are made after the password was given, and show their secret once', async () => {
    const input = { projectId: 'project-1', address: 'https://example.org/hook', events: ['TICKET_CREATED' as const] };
    const { user } = await open({
      mocks: [
        loads(),
        {
          request: { query: CreateWebhookDocument, variables: { input } },
          result: { errors: [new GraphQLError('proof', { extensions: { code: 'PASSWORD_REQUIRED' } })] },
        },
        { request: { query: ProvePasswordDocument, variables: { password: 'a long word' } }, result: { data: { provePassword: true } } },
        {
          request: { query: CreateWebhookDocument, variables: { input } },
          result: {
            data: {
              createWebhook: { __typename: 'CreatedWebhookType', secret: 'trainyard_webhook_x', webhook: webhook({ events: ['TICKET_CREATED'] }) },
            },
          },
        },
        loads(webhook({ events: ['TICKET_CREATED'] })),
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'Add webhook' }));
    const dialog = within(await screen.findByRole('dialog', { name: 'Add webhook' }));
    await user.click(dialog.getByRole('button', { name: 'Add webhook' }));
    expect(await dialog.findByText('Choose one event at least')).toBeTruthy();
    await user.type(dialog.getByRole('textbox', { name: 'Address' }), 'https://example.org/hook');
    await user.click(within(dialog.getByRole('group', { name: 'Tickets' })).getByRole('checkbox', { name: 'Ticket created' }));
    await user.click(dialog.getByRole('button', { name: 'Add webhook' }));
    await user.type(await screen.findByLabelText('Your password'), 'a long word{Enter}');
    expect(await screen.findByText('trainyard_webhook_x')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByText('trainyard_webhook_x')).toBeNull());
    expect(screen.getByRole('row', { name: /example\.org\/hook One event Active/ })).toBeTruthy();
  });

  it.each([
    ['Off', { active: false }],
    ['Off: it came with a backup', { active: false, offReason: 'RESTORED' as const }],
    ['Failing since', { failingSince: '2020-01-01T00:00:00.000Z' }],
  ])('say %s', async (text, overrides) => {
    await open({ mocks: [loads(webhook(overrides))] });
    expect(await screen.findByText(new RegExp(`^${text}`))).toBeTruthy();
  });

  it('are switched off and deleted, after a question', async () => {
    const { user } = await open({
      mocks: [
        loads(webhook()),
        {
          request: { query: UpdateWebhookDocument, variables: { id: 'hook-1', version: 1, input: { active: false } } },
          result: { data: { updateWebhook: webhook({ active: false, version: 2 }) } },
        },
        loads(webhook({ active: false, version: 2 })),
        { request: { query: DeleteWebhookDocument, variables: { id: 'hook-1', version: 2 } }, result: { data: { deleteWebhook: true } } },
        loads(),
      ],
    });
    const menu = () => user.click(screen.getByRole('button', { name: 'Actions for https://example.org/hook' }));
    await screen.findByText('Active');
    await menu();
    await user.click(await screen.findByRole('menuitem', { name: 'Switch off' }));
    expect(await screen.findByText('Off')).toBeTruthy();
    await menu();
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    await user.click(within(await screen.findByRole('dialog', { name: 'Delete this webhook?' })).getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('No webhooks yet')).toBeTruthy();
  });

  it('are given another secret, shown once', async () => {
    const { user } = await open({
      mocks: [
        loads(webhook({ active: false, offReason: 'SECRET_LOST' })),
        {
          request: { query: RenewWebhookSecretDocument, variables: { id: 'hook-1', version: 1 } },
          result: {
            data: {
              renewWebhookSecret: {
                __typename: 'CreatedWebhookType',
                secret: 'trainyard_webhook_y',
                webhook: webhook({ active: false, offReason: 'SECRET_LOST', version: 2 }),
              },
            },
          },
        },
        loads(webhook({ active: false, offReason: 'SECRET_LOST', version: 2 })),
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'Actions for https://example.org/hook' }));
    await user.click(await screen.findByRole('menuitem', { name: 'New secret' }));
    await user.click(within(await screen.findByRole('dialog', { name: 'New secret' })).getByRole('button', { name: 'New secret' }));
    expect(await screen.findByText('trainyard_webhook_y')).toBeTruthy();
  });

  it('are seen, without what changes them, where the project is archived', async () => {
    await open({ readOnly: true, mocks: [loads(webhook())] });
    expect(await screen.findByText('Active')).toBeTruthy();
    expect(screen.queryAllByRole('button')).toEqual([]);
  });

  it('say that the server refuses them', async () => {
    await open({
      mocks: [
        {
          request: { query: WebhooksDocument, variables: { projectId: 'project-1' } },
          result: { errors: [new GraphQLError('no', { extensions: { code: 'FORBIDDEN' } })] },
        },
      ],
    });
    expect(await screen.findByText('Your role does not allow this. Ask an administrator or the team lead.')).toBeTruthy();
  });
});
