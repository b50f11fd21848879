import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { GraphqlClient } from '../../test/client.ts';
import { memberOf } from '../../test/factories/board.ts';
import { isSigned, type Received } from '../../test/receiver.ts';
import { TestWebhooks, WEBHOOK, type Delivery, type Webhook } from '../../test/webhooks.ts';

const hooks = TestWebhooks.ofFile();

it('is one of twenty of its project at most', async () => {
  const asked = { input: { projectId: hooks.project.id, address: hooks.server.url, events: ['TICKET_CREATED'] } };
  const mutation = 'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } } }';
  for (let i = 0; i < 20; i++) expect((await hooks.lead.send(mutation, asked)).codes).toEqual([]);
  const { errors } = await hooks.lead.send(mutation, asked);
  expect(errors.map(({ extensions }) => extensions.params)).toEqual([{ field: 'projectId', reason: 'TOO_MANY', max: 20 }]);
  const [first] = await hooks.list();
  await hooks.lead.ask('mutation ($id: ID!) { deleteWebhook(id: $id, version: 1) }', { id: first?.id });
  expect((await hooks.lead.send(mutation, asked)).codes).toEqual([]);
});

it('signs with another secret as soon as it was renewed, and can be switched on by that where the one before was lost', async () => {
  const { id, secret } = await hooks.create(['TICKET_CREATED']);
  const job = hooks.worker(false);
  await hooks.trainyard.database.direct.query(
    `UPDATE webhook SET active = false, off_reason = 'RESTORED', secret = set_byte(secret, 3, get_byte(secret, 3) # 1) WHERE id = $1`,
    [id],
  );
  const { renewWebhookSecret: renewed } = await hooks.lead.ask<{ renewWebhookSecret: { secret: string; webhook: Webhook } }>(
    `mutation ($id: ID!) { renewWebhookSecret(id: $id, version: 1) { secret webhook { ${WEBHOOK} } } }`,
    { id },
  );
  expect(renewed.webhook).toMatchObject({ id, active: false, offReason: 'RESTORED', version: 2 });
  await hooks.update(id, 2, { active: true });
  await hooks.ticket();
  const [delivery] = (await hooks.made(1, id)) as [Delivery];
  await job.deliver({ deliveryId: delivery.id, round: 0 }, { isLast: false });
  const [sent] = hooks.server.received as [Received];
  expect([await isSigned(sent, secret), await isSigned(sent, renewed.secret)]).toEqual([false, true]);
});

it('goes elsewhere, and signs anew, for those alone who proved lately that it is them', async () => {
  const { id } = await hooks.create(['TICKET_CREATED']);
  const { user, client } = await memberOf(hooks.trainyard, hooks.project, 'LEAD');
  await hooks.trainyard.database.direct.query(`UPDATE session SET proved_at = now() - interval '1 hour' WHERE user_id = $1`, [user.id]);
  const change = (input: string) => client.send(`mutation ($id: ID!) { updateWebhook(id: $id, version: 1, input: { ${input} }) { version } }`, { id });
  expect((await change('address: "https://example.org/"')).codes).toEqual(['PASSWORD_REQUIRED']);
  expect((await client.send('mutation ($id: ID!) { renewWebhookSecret(id: $id, version: 1) { secret } }', { id })).codes).toEqual(['PASSWORD_REQUIRED']);
  expect((await change(`address: "${hooks.server.url}", events: [TICKET_MOVED]`)).data).toEqual({ updateWebhook: { version: 2 } });
});

it('answers the same request once more with the same, its secret too, to its maker alone and not for long', async () => {
  const id = randomUUID();
  const first = await hooks.create(['TICKET_CREATED'], { id });
  expect(await hooks.create(['TICKET_CREATED'], { id })).toEqual(first);
  const send = (client: GraphqlClient) =>
    client.send<{ createWebhook: { webhook: { id: string }; secret: string } }>(
      'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } secret } }',
      { input: { id, projectId: hooks.project.id, address: hooks.server.url, events: ['TICKET_CREATED'] } },
    );
  const another = (await send((await memberOf(hooks.trainyard, hooks.project, 'LEAD')).client)).data?.createWebhook;
  expect([another?.webhook.id === id, another?.secret === first.secret]).toEqual([false, false]);
  await hooks.trainyard.database.direct.query(`UPDATE creation SET at = at - interval '11 minutes'`);
  expect((await send(hooks.lead)).codes).toEqual(['ID_TAKEN']);
  expect(await hooks.list()).toHaveLength(2);
});

it.each([
  ['http://127.0.0.1/', null],
  ['http://10.0.0.1/', 'PRIVATE_ADDRESS'],
  ['http://[::ffff:10.0.0.1]/', 'PRIVATE_ADDRESS'],
  ['http://169.254.169.254/latest/meta-data', 'PRIVATE_ADDRESS'],
  ['ftp://example.org/', 'NOT_A_WEB_ADDRESS'],
  ['https://name:word@example.org/', 'NOT_A_WEB_ADDRESS'],
])('the address %s is refused: %s', async (address, reason) => {
  const { errors } = await hooks.lead.send('mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } } }', {
    input: { projectId: hooks.project.id, address, events: ['TICKET_CREATED'] },
  });
  expect(errors.map(({ extensions }) => extensions.params)).toEqual(reason === null ? [] : [{ field: 'address', reason }]);
});

it('cannot be made where there is no key to seal its secret with', async () => {
  rmSync(hooks.trainyard.config.secretsKeyFile);
  const { codes } = await hooks.lead.send('mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } } }', {
    input: { projectId: hooks.project.id, address: hooks.server.url, events: ['TICKET_CREATED'] },
  });
  expect(codes).toEqual(['UNAVAILABLE']);
});
