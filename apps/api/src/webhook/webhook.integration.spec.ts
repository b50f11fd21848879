import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { BlockList } from 'node:net';
import { join } from 'node:path';
import { ROOT } from '../../../../infra/local/build.ts';
import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, memberOf, type BuiltProject } from '../../test/factories/board.ts';
import { buildTeam, buildUser, someone } from '../../test/factories/people.ts';
import { keepHouse } from '../../test/housekeeping.ts';
import { isSigned, receiver, type Received } from '../../test/receiver.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { JobWorker } from '../platform/jobs/job-worker.ts';
import { Jobs } from '../platform/jobs/jobs.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import { Wakeups } from '../platform/log/wakeups.ts';
import { Secrets } from '../platform/secrets/secrets.ts';
import { row, rows } from '../platform/sql/database.ts';
import { DeliveryJob } from './delivery.job.ts';
import { WebhookFeed } from './webhook-feed.ts';

let trainyard: TestTrainyard;
let server: Awaited<ReturnType<typeof receiver>>;
let project: BuiltProject;
let lead: GraphqlClient;
const allowed = new BlockList();
allowed.addSubnet('127.0.0.0', 8, 'ipv4');
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  trainyard = await TestTrainyard.start({ webhookAllowPrivate: allowed });
  server = await receiver();
});
beforeEach(async () => {
  project = await buildProject(trainyard, { visibility: 'PRIVATE', teamId: (await buildTeam(trainyard)).id });
  ({ client: lead } = await memberOf(trainyard, project, 'LEAD'));
  server.received.splice(0);
  server.answer({ status: 204 });
});
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
  await trainyard.database.direct.query('DELETE FROM webhook');
});
afterAll(async () => {
  server.close();
  await trainyard.stop();
});

const WEBHOOK = 'id address events active offReason failingSince version';
const DELIVERIES = `query ($id: ID!, $first: Int!, $after: String) { webhookDeliveries(webhookId: $id, first: $first, after: $after) {
  nodes { id event state tries error answerStatus answer } pageInfo { hasNextPage endCursor } } }`;
interface Webhook {
  id: string;
  active: boolean;
  offReason: string | null;
  failingSince: string | null;
  version: number;
}
interface Delivery {
  id: string;
  event: string;
  state: string;
  tries: number;
  error: string | null;
  answerStatus: number | null;
  answer: string | null;
}

async function create(events: string[], input: object = {}): Promise<Webhook & { secret: string }> {
  const { createWebhook } = await lead.ask<{ createWebhook: { webhook: Webhook; secret: string } }>(
    `mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { secret webhook { ${WEBHOOK} } } }`,
    { input: { projectId: project.id, address: server.url, events, ...input } },
  );
  return { ...createWebhook.webhook, secret: createWebhook.secret };
}
const update = async (id: string, version: number, input: object): Promise<Webhook> =>
  (
    await lead.ask<{ updateWebhook: Webhook }>(
      `mutation ($id: ID!, $version: Int!, $input: UpdateWebhookInput!) { updateWebhook(id: $id, version: $version, input: $input) { ${WEBHOOK} } }`,
      { id, version, input },
    )
  ).updateWebhook;
const list = async (): Promise<Webhook[]> =>
  (await lead.ask<{ webhooks: Webhook[] }>(`query ($id: ID!) { webhooks(projectId: $id) { ${WEBHOOK} } }`, { id: project.id })).webhooks;
const deliveries = async (id: string): Promise<Delivery[]> =>
  (await lead.ask<{ webhookDeliveries: { nodes: Delivery[] } }>(DELIVERIES, { id, first: 50 })).webhookDeliveries.nodes;
const ticket = async (title = 'Told', columnId = project.columns[0]): Promise<string> =>
  (
    await lead.ask<{ createTicket: { id: string } }>('mutation ($input: CreateTicketInput!) { createTicket(input: $input) { id } }', {
      input: { columnId, type: 'TASK', title },
    })
  ).createTicket.id;

/** The worker process within this one; `run: false` leaves its jobs to the test. */
function worker(run = true): { feed: WebhookFeed; job: DeliveryJob } {
  const { app, database, config } = trainyard;
  const jobs = new Jobs(app.get(Wakeups));
  const job = new DeliveryJob(jobs, database, app.get(LogReaders), app.get(Secrets), app.get(AuditTrail), config);
  const feed = new WebhookFeed(app.get(LogReaders), jobs);
  feed.onApplicationBootstrap();
  stops.push(() => feed.beforeApplicationShutdown());
  if (run) {
    const jobWorker = new JobWorker(database, app.get(Wakeups), jobs, config);
    jobWorker.onApplicationBootstrap();
    stops.push(() => jobWorker.beforeApplicationShutdown());
  }
  return { feed, job };
}
const until = async <T>(look: () => Promise<T>, good: (seen: T) => boolean): Promise<T> => {
  for (;;) {
    const seen = await look();
    if (good(seen)) return seen;
  }
};
const made = (count: number, webhookId: string): Promise<Delivery[]> =>
  until(
    () => deliveries(webhookId),
    (found) => found.length === count,
  );

it('tells a server elsewhere what happened, signed, once, and nothing it was not to be told of', async () => {
  await ticket('Before');
  const { id, secret } = await create(['TICKET_CREATED', 'COMMENT_CREATED']);
  worker();
  const ticketId = await ticket('A title');
  await lead.ask('mutation ($id: ID!) { addComment(ticketId: $id, body: "Said.") { id } }', { id: ticketId });
  await lead.ask('mutation ($id: ID!) { deleteTicket(id: $id, version: 1) { id } }', { id: ticketId });
  await server.until(2);
  const events = server.received.map(({ body }) => body.event).toSorted();
  expect(events).toEqual(['COMMENT_CREATED', 'TICKET_CREATED']);
  for (const one of server.received) {
    expect(await isSigned(one, secret)).toBe(true);
    expect(await isSigned(one, `${secret}x`)).toBe(false);
    expect(await isSigned({ ...one, raw: Buffer.concat([one.raw, Buffer.from(' ')]) }, secret)).toBe(false);
    expect(await isSigned({ ...one, headers: { ...one.headers, 'x-trainyard-timestamp': '1' } }, secret)).toBe(false);
    expect(one.headers).toMatchObject({ 'content-type': 'application/json', 'x-trainyard-event': one.body.event, 'x-trainyard-delivery': one.body.id });
    expect(Math.abs(Number(one.headers['x-trainyard-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
  }
  const { body } = server.received.find((one) => one.body.event === 'TICKET_CREATED') as Received;
  const logged = await row<object>(
    trainyard.database.direct,
    `SELECT seq::int AS seq, entity, entity_id AS "entityId", ticket_id AS "ticketId", changes, actor_id AS "actorId" FROM activity WHERE scope = $1 AND entity_id = $2 AND action = 'CREATED'`,
    [project.id, ticketId],
  );
  expect(body).toEqual({ ...logged, id: body.id, event: 'TICKET_CREATED', at: expect.any(String), projectId: project.id, scope: project.id });
  expect(
    (
      await until(
        () => deliveries(id),
        (all) => all.every(({ state }) => state === 'DELIVERED'),
      )
    ).map(({ tries, answerStatus }) => [tries, answerStatus]),
  ).toEqual([
    [1, 204],
    [1, 204],
  ]);
});

it('tells of members of the team, also where the entry does not name it, and not of those of other teams', async () => {
  const { client: admin } = await someone(trainyard, 'ADMIN');
  const { id } = await create(['MEMBERSHIP_CREATED', 'MEMBERSHIP_UPDATED', 'MEMBERSHIP_DELETED']);
  worker(false);
  const role = await row<{ id: string }>(trainyard.database.direct, 'SELECT id FROM role ORDER BY key LIMIT 1');
  for (const teamId of [(await buildTeam(trainyard)).id, project.teamId]) {
    const { addMembership } = await admin.ask<{ addMembership: { id: string } }>(
      'mutation ($input: AddMembershipInput!) { addMembership(input: $input) { id } }',
      { input: { teamId, userId: (await buildUser(trainyard)).id, roleId: role?.id, teamRole: 'MEMBER', allocation: 10 } },
    );
    await admin.ask('mutation ($id: ID!) { updateMembership(id: $id, version: 1, allocation: 20) { id } }', { id: addMembership.id });
    await admin.ask('mutation ($id: ID!) { removeMembership(id: $id, version: 2) }', { id: addMembership.id });
  }
  expect((await made(3, id)).map(({ event }) => event).toReversed()).toEqual(['MEMBERSHIP_CREATED', 'MEMBERSHIP_UPDATED', 'MEMBERSHIP_DELETED']);
});

it('tells no webhook of another project, and none of what happened while it was off', async () => {
  const { id, version } = await create(['TICKET_CREATED']);
  const other = await buildProject(trainyard, { visibility: 'PRIVATE', teamId: project.teamId });
  const { id: theirs } = await create(['TICKET_CREATED'], { projectId: other.id });
  await ticket('Elsewhere', other.columns[0]);
  await update(id, version, { active: false });
  await ticket('While it was off');
  await update(id, version + 1, { active: true });
  worker(false);
  await made(1, theirs);
  await ticket('On');
  await made(1, id);
  expect(await rows(trainyard.database.direct, 'SELECT d.seq FROM webhook_delivery d JOIN activity_scope s ON s.id = d.scope AND s.seq = d.seq')).toHaveLength(
    2,
  );
});

it('sends under one id whatever comes twice, tries again, and is told by seq what overtook what', async () => {
  const { id } = await create(['TICKET_CREATED']);
  const { job } = worker(false);
  await ticket('First');
  const [first] = (await made(1, id)) as [Delivery];
  server.answer({ status: 503, body: 'busy' });
  await expect(job.deliver({ deliveryId: first.id, round: 0 }, { isLast: false })).rejects.toThrow('503');
  expect((await deliveries(id))[0]).toMatchObject({ state: 'WAITING', tries: 1, error: 'ANSWER', answerStatus: 503, answer: 'busy' });
  server.answer({ status: 200 });
  await ticket('Second');
  const second = (await made(2, id))[0] as Delivery;
  for (const deliveryId of [second.id, first.id]) await job.deliver({ deliveryId, round: 0 }, { isLast: false });
  expect(server.received.map(({ body }) => body.id)).toEqual([first.id, second.id, first.id]);
  const [before, overtaking, late] = server.received.map(({ body }) => body.seq) as [number, number, number];
  expect([late === before, overtaking > late]).toEqual([true, true]);
  // Delivered twice by the queue: it is over.
  await job.deliver({ deliveryId: first.id, round: 0 }, { isLast: false });
  expect(server.received).toHaveLength(3);
  expect((await list())[0]?.failingSince).toBeNull();
});

it('gives up after the last try, is switched off after fifty of those, says why, and can be switched on and sent again', async () => {
  const { id, version } = await create(['TICKET_CREATED']);
  const { job } = worker(false);
  await trainyard.database.direct.query('UPDATE webhook SET failures = 49, failing_since = now() WHERE id = $1', [id]);
  await ticket();
  await ticket();
  const [other, one] = (await made(2, id)) as [Delivery, Delivery];
  server.answer({ status: 500 });
  await job.deliver({ deliveryId: one.id, round: 0 }, { isLast: true });
  expect(await list()).toMatchObject([{ id, active: false, offReason: 'FAILING', version: version + 1 }]);
  expect((await deliveries(id)).map(({ state, error }) => [state, error])).toEqual([
    ['FAILED', 'SWITCHED_OFF'],
    ['FAILED', 'ANSWER'],
  ]);
  expect(await row(trainyard.database.direct, `SELECT details FROM audit_entry WHERE subject_id = $1 ORDER BY id DESC LIMIT 1`, [id])).toEqual({
    details: { change: 'SWITCHED_OFF', reason: 'FAILING', project: project.id },
  });
  const again = 'mutation ($id: ID!) { redeliverWebhook(deliveryId: $id) { state tries } }';
  expect((await lead.send(again, { id: other.id })).codes).toEqual(['WEBHOOK_OFF']);
  await update(id, version + 1, { active: true });
  server.answer({ status: 200 });
  expect(await lead.ask(again, { id: one.id })).toEqual({ redeliverWebhook: { state: 'WAITING', tries: 0 } });
  server.received.splice(0);
  await job.deliver({ deliveryId: one.id, round: 0 }, { isLast: true });
  expect(server.received).toEqual([]);
  await job.deliver({ deliveryId: one.id, round: 1 }, { isLast: false });
  expect(server.received.map(({ headers }) => headers['x-trainyard-delivery'])).toEqual([one.id]);
});

it('is switched off after three days in which nothing arrived, and says so to its people and the audit trail', async () => {
  const { id, version } = await create(['TICKET_CREATED']);
  const { job } = worker(false);
  await ticket();
  const [delivery] = (await made(1, id)) as [Delivery];
  server.answer({ status: 500 });
  const failingFor = (text: string) =>
    trainyard.database.direct.query('UPDATE webhook SET failing_since = clock_timestamp() - $2::interval WHERE id = $1', [id, text]);
  await failingFor('71 hours');
  await expect(job.deliver({ deliveryId: delivery.id, round: 0 }, { isLast: false })).rejects.toThrow('500');
  expect(await list()).toMatchObject([{ id, active: true, offReason: null, version }]);
  await failingFor('72 hours');
  await job.deliver({ deliveryId: delivery.id, round: 0 }, { isLast: false });
  expect(await list()).toMatchObject([{ id, active: false, offReason: 'FAILING', version: version + 1 }]);
  expect(await deliveries(id)).toMatchObject([{ id: delivery.id, state: 'FAILED', error: 'SWITCHED_OFF', tries: 2 }]);
  expect(await row(trainyard.database.direct, `SELECT details FROM audit_entry WHERE subject_id = $1 ORDER BY id DESC LIMIT 1`, [id])).toEqual({
    details: { change: 'SWITCHED_OFF', reason: 'FAILING', project: project.id },
  });
});

describe('what waits', () => {
  let admin: GraphqlClient;
  let hook: Webhook;
  let job: DeliveryJob;
  let first: Delivery;
  beforeEach(async () => {
    ({ client: admin } = await someone(trainyard, 'ADMIN'));
    hook = await create(['TICKET_CREATED']);
    ({ job } = worker(false));
    await ticket();
    [first] = (await made(1, hook.id)) as [Delivery];
  });
  const seen = () => row(trainyard.database.direct, 'SELECT active, off_reason AS reason FROM webhook WHERE id = $1', [hook.id]);
  const setLead = (sql: string) => trainyard.database.direct.query(`UPDATE ${sql} = (SELECT answerable_id FROM webhook WHERE id = $1)`, [hook.id]);

  it.each([
    [
      'the project moved to another team',
      async () =>
        admin.ask('mutation ($id: ID!, $teamId: ID!) { updateProject(id: $id, version: 1, input: { teamId: $teamId }) { id } }', {
          id: project.id,
          teamId: (await buildTeam(trainyard)).id,
        }),
    ],
    ['they lead the team no more', () => setLead(`membership SET team_role = 'MEMBER' WHERE user_id`)],
    ['their account is disabled', () => setLead('app_user SET disabled = true WHERE id')],
    ['they may only read', () => setLead(`app_user SET org_role = 'VIEWER' WHERE id`)],
  ])('goes to nobody, and the webhook is off, when who answers for it lost the right: %s', async (_, lose) => {
    await lose();
    await job.deliver({ deliveryId: first.id, round: 0 }, { isLast: false });
    expect([server.received, await seen()]).toEqual([[], { active: false, reason: 'RIGHT_LOST' }]);
    // Whoever switches it on answers for it from then on.
    const by = (name: string, args: string) =>
      admin.ask(`mutation ($id: ID!) { ${name}(${args}) { id } }`, { id: name === 'updateWebhook' ? hook.id : first.id });
    await by('updateWebhook', `id: $id, version: ${hook.version + 1}, input: { active: true }`);
    await by('redeliverWebhook', 'deliveryId: $id');
    await job.deliver({ deliveryId: first.id, round: 1 }, { isLast: false });
    expect([server.received.length, await seen()]).toEqual([1, { active: true, reason: null }]);
  });

  it('is not sent once the project is archived, and the webhook stays as it is', async () => {
    await admin.ask('mutation ($id: ID!) { archiveProject(id: $id, version: 1) { id } }', { id: project.id });
    await job.deliver({ deliveryId: first.id, round: 0 }, { isLast: false });
    expect([server.received, await seen(), await deliveries(hook.id)]).toMatchObject([
      [],
      { active: true, reason: null },
      [{ state: 'FAILED', error: 'SWITCHED_OFF' }],
    ]);
  });
});

it('is one of twenty of its project at most', async () => {
  const asked = { input: { projectId: project.id, address: server.url, events: ['TICKET_CREATED'] } };
  const mutation = 'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } } }';
  for (let i = 0; i < 20; i++) expect((await lead.send(mutation, asked)).codes).toEqual([]);
  const { errors } = await lead.send(mutation, asked);
  expect(errors.map(({ extensions }) => extensions.params)).toEqual([{ field: 'projectId', reason: 'TOO_MANY', max: 20 }]);
  const [first] = await list();
  await lead.ask('mutation ($id: ID!) { deleteWebhook(id: $id, version: 1) }', { id: first?.id });
  expect((await lead.send(mutation, asked)).codes).toEqual([]);
});

it('is switched off when its secret cannot be opened, and stays so', async () => {
  const { id } = await create(['TICKET_CREATED']);
  const { job } = worker(false);
  await ticket();
  const [delivery] = (await made(1, id)) as [Delivery];
  const sealed = await row<{ secret: Buffer }>(trainyard.database.direct, 'SELECT secret FROM webhook WHERE id = $1', [id]);
  await trainyard.database.direct.query(`UPDATE webhook SET secret = set_byte(secret, 3, get_byte(secret, 3) # 1) WHERE id = $1`, [id]);
  await job.deliver({ deliveryId: delivery.id, round: 0 }, { isLast: false });
  const [off] = await list();
  expect(off).toMatchObject({ active: false, offReason: 'SECRET_LOST' });
  const on = { id, version: off?.version, input: { active: true } };
  const mutation = 'mutation ($id: ID!, $version: Int!, $input: UpdateWebhookInput!) { updateWebhook(id: $id, version: $version, input: $input) { id } }';
  expect((await lead.send(mutation, on)).codes).toEqual(['SECRET_LOST']);
  await trainyard.database.direct.query('UPDATE webhook SET secret = $2 WHERE id = $1', [id, sealed?.secret]);
  expect((await lead.send(mutation, on)).codes).toEqual([]);
});

it('shows what a delivery sends, byte for byte', async () => {
  const { id } = await create(['TICKET_CREATED']);
  const { job } = worker(false);
  await ticket('Shown');
  const [delivery] = (await made(1, id)) as [Delivery];
  await job.deliver({ deliveryId: delivery.id, round: 0 }, { isLast: false });
  const [sent] = server.received as [Received];
  const { webhookRequest } = await lead.ask<{ webhookRequest: { headers: string[]; body: string } }>(
    'query ($id: ID!) { webhookRequest(deliveryId: $id) { headers body } }',
    { id: delivery.id },
  );
  expect(webhookRequest.body).toBe(sent.raw.toString());
  expect(webhookRequest.headers).toEqual(
    ['content-type', 'user-agent', 'x-trainyard-event', 'x-trainyard-delivery'].map((name) => `${name}: ${sent.headers[name]}`),
  );
});

it('signs with another secret as soon as it was renewed, and can be switched on by that where the one before was lost', async () => {
  const { id, secret } = await create(['TICKET_CREATED']);
  const { job } = worker(false);
  await trainyard.database.direct.query(
    `UPDATE webhook SET active = false, off_reason = 'RESTORED', secret = set_byte(secret, 3, get_byte(secret, 3) # 1) WHERE id = $1`,
    [id],
  );
  const { renewWebhookSecret: renewed } = await lead.ask<{ renewWebhookSecret: { secret: string; webhook: Webhook } }>(
    `mutation ($id: ID!) { renewWebhookSecret(id: $id, version: 1) { secret webhook { ${WEBHOOK} } } }`,
    { id },
  );
  expect(renewed.webhook).toMatchObject({ id, active: false, offReason: 'RESTORED', version: 2 });
  await update(id, 2, { active: true });
  await ticket();
  const [delivery] = (await made(1, id)) as [Delivery];
  await job.deliver({ deliveryId: delivery.id, round: 0 }, { isLast: false });
  const [sent] = server.received as [Received];
  expect([await isSigned(sent, secret), await isSigned(sent, renewed.secret)]).toEqual([false, true]);
});

it('goes elsewhere, and signs anew, for those alone who proved lately that it is them', async () => {
  const { id } = await create(['TICKET_CREATED']);
  const { user, client } = await memberOf(trainyard, project, 'LEAD');
  await trainyard.database.direct.query(`UPDATE session SET proved_at = now() - interval '1 hour' WHERE user_id = $1`, [user.id]);
  const change = (input: string) => client.send(`mutation ($id: ID!) { updateWebhook(id: $id, version: 1, input: { ${input} }) { version } }`, { id });
  expect((await change('address: "https://example.org/"')).codes).toEqual(['PASSWORD_REQUIRED']);
  expect((await client.send('mutation ($id: ID!) { renewWebhookSecret(id: $id, version: 1) { secret } }', { id })).codes).toEqual(['PASSWORD_REQUIRED']);
  expect((await change(`address: "${server.url}", events: [TICKET_MOVED]`)).data).toEqual({ updateWebhook: { version: 2 } });
});

it('answers the same request once more with the same, its secret too, to its maker alone and not for long', async () => {
  const id = randomUUID();
  const first = await create(['TICKET_CREATED'], { id });
  expect(await create(['TICKET_CREATED'], { id })).toEqual(first);
  const send = (client: GraphqlClient) =>
    client.send<{ createWebhook: { webhook: { id: string }; secret: string } }>(
      'mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } secret } }',
      { input: { id, projectId: project.id, address: server.url, events: ['TICKET_CREATED'] } },
    );
  const another = (await send((await memberOf(trainyard, project, 'LEAD')).client)).data?.createWebhook;
  expect([another?.webhook.id === id, another?.secret === first.secret]).toEqual([false, false]);
  await trainyard.database.direct.query(`UPDATE creation SET at = at - interval '11 minutes'`);
  expect((await send(lead)).codes).toEqual(['ID_TAKEN']);
  expect(await list()).toHaveLength(2);
});

it.each([
  ['http://127.0.0.1/', null],
  ['http://10.0.0.1/', 'PRIVATE_ADDRESS'],
  ['http://[::ffff:10.0.0.1]/', 'PRIVATE_ADDRESS'],
  ['http://169.254.169.254/latest/meta-data', 'PRIVATE_ADDRESS'],
  ['ftp://example.org/', 'NOT_A_WEB_ADDRESS'],
  ['https://name:word@example.org/', 'NOT_A_WEB_ADDRESS'],
])('the address %s is refused: %s', async (address, reason) => {
  const { errors } = await lead.send('mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } } }', {
    input: { projectId: project.id, address, events: ['TICKET_CREATED'] },
  });
  expect(errors.map(({ extensions }) => extensions.params)).toEqual(reason === null ? [] : [{ field: 'address', reason }]);
});

it('shows its deliveries page by page, newest first, for thirty days', async () => {
  const { id } = await create(['TICKET_CREATED']);
  worker(false);
  for (let i = 0; i < 3; i++) await ticket(`Ticket ${i}`);
  const all = (await made(3, id)).map((delivery) => delivery.id);
  const page = async (after: string | null) =>
    (
      await lead.ask<{ webhookDeliveries: { nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } }>(DELIVERIES, {
        id,
        first: 2,
        after,
      })
    ).webhookDeliveries;
  const first = await page(null);
  const second = await page(first.pageInfo.endCursor);
  expect([...first.nodes, ...second.nodes].map((delivery) => delivery.id)).toEqual(all);
  expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
  await trainyard.database.direct.query(`UPDATE webhook_delivery SET created_at = now() - interval '29 days' WHERE id = $1`, [all[0]]);
  await trainyard.database.direct.query(`UPDATE webhook_delivery SET created_at = now() - interval '31 days' WHERE id = $1`, [all[1]]);
  await keepHouse(trainyard);
  expect((await deliveries(id)).map((delivery) => delivery.id)).toEqual([all[2], all[0]]);
});

it('loses nothing when its worker is killed in the middle of a delivery', async () => {
  const { id } = await create(['TICKET_CREATED']);
  const begin = (): ChildProcess =>
    spawn(process.execPath, [join(ROOT, 'apps/api/dist/worker.js')], {
      env: {
        ...process.env,
        NODE_ENV: 'production',
        DATABASE_URL: trainyard.config.databaseUrl,
        TRAINYARD_DATA_DIR: trainyard.config.dataDir,
        TRAINYARD_WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8',
        TRAINYARD_LOG_LEVEL: 'silent',
      },
      stdio: 'ignore',
    });
  server.answer(null);
  const first = begin();
  await ticket('Survives');
  await server.until(1);
  first.kill('SIGKILL');
  await once(first, 'exit');
  server.answer({ status: 200 });
  const second = begin();
  try {
    await server.until(2);
    const [before, after] = server.received as [Received, Received];
    expect(after.body).toEqual(before.body);
    expect(
      await until(
        () => deliveries(id),
        ([one]) => one?.state === 'DELIVERED',
      ),
    ).toMatchObject([{ tries: 1 }]);
  } finally {
    second.kill('SIGTERM');
    await once(second, 'exit');
  }
}, 120_000);

it('cannot be made where there is no key to seal its secret with', async () => {
  rmSync(trainyard.config.secretsKeyFile);
  const { codes } = await lead.send('mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { webhook { id } } }', {
    input: { projectId: project.id, address: server.url, events: ['TICKET_CREATED'] },
  });
  expect(codes).toEqual(['UNAVAILABLE']);
});
