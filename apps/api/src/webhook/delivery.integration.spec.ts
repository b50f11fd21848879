import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { ROOT } from '../../../../infra/local/build.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { buildTeam, someone } from '../../test/factories/people.ts';
import { keepHouse } from '../../test/housekeeping.ts';
import type { Received } from '../../test/receiver.ts';
import { until } from '../../test/runs.ts';
import { DELIVERIES, TestWebhooks, type Delivery, type Webhook } from '../../test/webhooks.ts';
import { row } from '../platform/sql/database.ts';
import type { DeliveryJob } from './delivery.job.ts';

const hooks = TestWebhooks.ofFile();

it('sends under one id whatever comes twice, tries again, and is told by seq what overtook what', async () => {
  const { id } = await hooks.create(['TICKET_CREATED']);
  const job = hooks.worker(false);
  await hooks.ticket('First');
  const [first] = (await hooks.made(1, id)) as [Delivery];
  hooks.server.answer({ status: 503, body: 'busy' });
  await expect(job.deliver({ deliveryId: first.id, round: 0 }, { isLast: false })).rejects.toThrow('503');
  expect((await hooks.deliveries(id))[0]).toMatchObject({ state: 'WAITING', tries: 1, error: 'ANSWER', answerStatus: 503, answer: 'busy' });
  hooks.server.answer({ status: 200 });
  await hooks.ticket('Second');
  const second = (await hooks.made(2, id))[0] as Delivery;
  for (const deliveryId of [second.id, first.id]) await job.deliver({ deliveryId, round: 0 }, { isLast: false });
  expect(hooks.server.received.map(({ body }) => body.id)).toEqual([first.id, second.id, first.id]);
  const [before, overtaking, late] = hooks.server.received.map(({ body }) => body.seq) as [number, number, number];
  expect([late === before, overtaking > late]).toEqual([true, true]);
  // Delivered twice by the queue: it is over.
  await job.deliver({ deliveryId: first.id, round: 0 }, { isLast: false });
  expect(hooks.server.received).toHaveLength(3);
  expect((await hooks.list())[0]?.failingSince).toBeNull();
});

it('gives up after the last try, is switched off after fifty of those, says why, and can be switched on and sent again', async () => {
  const { id, version } = await hooks.create(['TICKET_CREATED']);
  const job = hooks.worker(false);
  await hooks.trainyard.database.direct.query('UPDATE webhook SET failures = 49, failing_since = now() WHERE id = $1', [id]);
  await hooks.ticket();
  await hooks.ticket();
  const [other, one] = (await hooks.made(2, id)) as [Delivery, Delivery];
  hooks.server.answer({ status: 500 });
  await job.deliver({ deliveryId: one.id, round: 0 }, { isLast: true });
  expect(await hooks.list()).toMatchObject([{ id, active: false, offReason: 'FAILING', version: version + 1 }]);
  expect((await hooks.deliveries(id)).map(({ state, error }) => [state, error])).toEqual([
    ['FAILED', 'SWITCHED_OFF'],
    ['FAILED', 'ANSWER'],
  ]);
  expect(await row(hooks.trainyard.database.direct, `SELECT details FROM audit_entry WHERE subject_id = $1 ORDER BY id DESC LIMIT 1`, [id])).toEqual({
    details: { change: 'SWITCHED_OFF', reason: 'FAILING', project: hooks.project.id },
  });
  const again = 'mutation ($id: ID!) { redeliverWebhook(deliveryId: $id) { state tries } }';
  expect((await hooks.lead.send(again, { id: other.id })).codes).toEqual(['WEBHOOK_OFF']);
  await hooks.update(id, version + 1, { active: true });
  hooks.server.answer({ status: 200 });
  expect(await hooks.lead.ask(again, { id: one.id })).toEqual({ redeliverWebhook: { state: 'WAITING', tries: 0 } });
  hooks.server.received.splice(0);
  await job.deliver({ deliveryId: one.id, round: 0 }, { isLast: true });
  expect(hooks.server.received).toEqual([]);
  await job.deliver({ deliveryId: one.id, round: 1 }, { isLast: false });
  expect(hooks.server.received.map(({ headers }) => headers['x-trainyard-delivery'])).toEqual([one.id]);
});

it('is switched off after three days in which nothing arrived, and says so to its people and the audit trail', async () => {
  const { id, version } = await hooks.create(['TICKET_CREATED']);
  const job = hooks.worker(false);
  await hooks.ticket();
  const [delivery] = (await hooks.made(1, id)) as [Delivery];
  hooks.server.answer({ status: 500 });
  const failingFor = (text: string) =>
    hooks.trainyard.database.direct.query('UPDATE webhook SET failing_since = clock_timestamp() - $2::interval WHERE id = $1', [id, text]);
  await failingFor('71 hours');
  await expect(job.deliver({ deliveryId: delivery.id, round: 0 }, { isLast: false })).rejects.toThrow('500');
  expect(await hooks.list()).toMatchObject([{ id, active: true, offReason: null, version }]);
  await failingFor('72 hours');
  await job.deliver({ deliveryId: delivery.id, round: 0 }, { isLast: false });
  expect(await hooks.list()).toMatchObject([{ id, active: false, offReason: 'FAILING', version: version + 1 }]);
  expect(await hooks.deliveries(id)).toMatchObject([{ id: delivery.id, state: 'FAILED', error: 'SWITCHED_OFF', tries: 2 }]);
  expect(await row(hooks.trainyard.database.direct, `SELECT details FROM audit_entry WHERE subject_id = $1 ORDER BY id DESC LIMIT 1`, [id])).toEqual({
    details: { change: 'SWITCHED_OFF', reason: 'FAILING', project: hooks.project.id },
  });
});

describe('what waits', () => {
  let admin: GraphqlClient;
  let hook: Webhook;
  let job: DeliveryJob;
  let first: Delivery;
  beforeEach(async () => {
    ({ client: admin } = await someone(hooks.trainyard, 'ADMIN'));
    hook = await hooks.create(['TICKET_CREATED']);
    job = hooks.worker(false);
    await hooks.ticket();
    [first] = (await hooks.made(1, hook.id)) as [Delivery];
  });
  const seen = () => row(hooks.trainyard.database.direct, 'SELECT active, off_reason AS reason FROM webhook WHERE id = $1', [hook.id]);
  const setLead = (sql: string) => hooks.trainyard.database.direct.query(`UPDATE ${sql} = (SELECT answerable_id FROM webhook WHERE id = $1)`, [hook.id]);

  it.each([
    [
      'the project moved to another team',
      async () =>
        admin.ask('mutation ($id: ID!, $teamId: ID!) { updateProject(id: $id, version: 1, input: { teamId: $teamId }) { id } }', {
          id: hooks.project.id,
          teamId: (await buildTeam(hooks.trainyard)).id,
        }),
    ],
    ['they lead the team no more', () => setLead(`membership SET team_role = 'MEMBER' WHERE user_id`)],
    ['their account is disabled', () => setLead('app_user SET disabled = true WHERE id')],
    ['they may only read', () => setLead(`app_user SET org_role = 'VIEWER' WHERE id`)],
  ])('goes to nobody, and the webhook is off, when who answers for it lost the right: %s', async (_, lose) => {
    await lose();
    await job.deliver({ deliveryId: first.id, round: 0 }, { isLast: false });
    expect([hooks.server.received, await seen()]).toEqual([[], { active: false, reason: 'RIGHT_LOST' }]);
    // Whoever switches it on answers for it from then on.
    const by = (name: string, args: string) =>
      admin.ask(`mutation ($id: ID!) { ${name}(${args}) { id } }`, { id: name === 'updateWebhook' ? hook.id : first.id });
    await by('updateWebhook', `id: $id, version: ${hook.version + 1}, input: { active: true }`);
    await by('redeliverWebhook', 'deliveryId: $id');
    await job.deliver({ deliveryId: first.id, round: 1 }, { isLast: false });
    expect([hooks.server.received.length, await seen()]).toEqual([1, { active: true, reason: null }]);
  });

  it('is not sent once the project is archived, and the webhook stays as it is', async () => {
    await admin.ask('mutation ($id: ID!) { archiveProject(id: $id, version: 1) { id } }', { id: hooks.project.id });
    await job.deliver({ deliveryId: first.id, round: 0 }, { isLast: false });
    expect([hooks.server.received, await seen(), await hooks.deliveries(hook.id)]).toMatchObject([
      [],
      { active: true, reason: null },
      [{ state: 'FAILED', error: 'SWITCHED_OFF' }],
    ]);
  });
});

it('is switched off when its secret cannot be opened, and stays so', async () => {
  const { id } = await hooks.create(['TICKET_CREATED']);
  const job = hooks.worker(false);
  await hooks.ticket();
  const [delivery] = (await hooks.made(1, id)) as [Delivery];
  const sealed = await row<{ secret: Buffer }>(hooks.trainyard.database.direct, 'SELECT secret FROM webhook WHERE id = $1', [id]);
  await hooks.trainyard.database.direct.query(`UPDATE webhook SET secret = set_byte(secret, 3, get_byte(secret, 3) # 1) WHERE id = $1`, [id]);
  await job.deliver({ deliveryId: delivery.id, round: 0 }, { isLast: false });
  const [off] = await hooks.list();
  expect(off).toMatchObject({ active: false, offReason: 'SECRET_LOST' });
  const on = { id, version: off?.version, input: { active: true } };
  const mutation = 'mutation ($id: ID!, $version: Int!, $input: UpdateWebhookInput!) { updateWebhook(id: $id, version: $version, input: $input) { id } }';
  expect((await hooks.lead.send(mutation, on)).codes).toEqual(['SECRET_LOST']);
  await hooks.trainyard.database.direct.query('UPDATE webhook SET secret = $2 WHERE id = $1', [id, sealed?.secret]);
  expect((await hooks.lead.send(mutation, on)).codes).toEqual([]);
});

it('shows what a delivery sends, byte for byte', async () => {
  const { id } = await hooks.create(['TICKET_CREATED']);
  const job = hooks.worker(false);
  await hooks.ticket('Shown');
  const [delivery] = (await hooks.made(1, id)) as [Delivery];
  await job.deliver({ deliveryId: delivery.id, round: 0 }, { isLast: false });
  const [sent] = hooks.server.received as [Received];
  const { webhookRequest } = await hooks.lead.ask<{ webhookRequest: { headers: string[]; body: string } }>(
    'query ($id: ID!) { webhookRequest(deliveryId: $id) { headers body } }',
    { id: delivery.id },
  );
  expect(webhookRequest.body).toBe(sent.raw.toString());
  expect(webhookRequest.headers).toEqual(
    ['content-type', 'user-agent', 'x-trainyard-event', 'x-trainyard-delivery'].map((name) => `${name}: ${sent.headers[name]}`),
  );
});

it('shows its deliveries page by page, newest first, for thirty days', async () => {
  const { id } = await hooks.create(['TICKET_CREATED']);
  hooks.worker(false);
  for (let i = 0; i < 3; i++) await hooks.ticket(`Ticket ${i}`);
  const all = (await hooks.made(3, id)).map((delivery) => delivery.id);
  const page = async (after: string | null) =>
    (
      await hooks.lead.ask<{ webhookDeliveries: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }>(DELIVERIES, {
        id,
        first: 2,
        after,
      })
    ).webhookDeliveries;
  const first = await page(null);
  const second = await page(first.pageInfo.endCursor);
  expect([...first.nodes, ...second.nodes].map((delivery) => delivery.id)).toEqual(all);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  await hooks.trainyard.database.direct.query(`UPDATE webhook_delivery SET created_at = now() - interval '29 days' WHERE id = $1`, [all[0]]);
  await hooks.trainyard.database.direct.query(`UPDATE webhook_delivery SET created_at = now() - interval '31 days' WHERE id = $1`, [all[1]]);
  await keepHouse(hooks.trainyard);
  expect((await hooks.deliveries(id)).map((delivery) => delivery.id)).toEqual([all[2], all[0]]);
});

it('loses nothing when its worker is killed in the middle of a delivery', async () => {
  const { id } = await hooks.create(['TICKET_CREATED']);
  const begin = (): ChildProcess =>
    spawn(process.execPath, [join(ROOT, 'apps/api/dist/worker.js')], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DATABASE_URL: hooks.trainyard.config.databaseUrl,
        TRAINYARD_DATA_DIR: hooks.trainyard.config.dataDir,
        TRAINYARD_WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8',
        TRAINYARD_LOG_LEVEL: 'silent',
      },
      stdio: 'ignore',
    });
  hooks.server.answer(null);
  const first = begin();
  await hooks.ticket('Survives');
  await hooks.server.until(1);
  first.kill('SIGKILL');
  await once(first, 'exit');
  hooks.server.answer({ status: 200 });
  const second = begin();
  try {
    await hooks.server.until(2);
    const [before, after] = hooks.server.received as [Received, Received];
    expect(after.body).toEqual(before.body);
    expect(
      await until(
        () => hooks.deliveries(id),
        ([one]) => one?.state === 'DELIVERED',
      ),
    ).toMatchObject([{ tries: 1 }]);
  } finally {
    second.kill('SIGTERM');
    await once(second, 'exit');
  }
}, 120_000);
