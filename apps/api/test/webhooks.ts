import { BlockList } from 'node:net';
import { AuditTrail } from '../src/audit/audit-trail.service.ts';
import { JobWorker } from '../src/platform/jobs/job-worker.ts';
import { Jobs } from '../src/platform/jobs/jobs.ts';
import { LogReaders } from '../src/platform/log/log-reader.ts';
import { Wakeups } from '../src/platform/log/wakeups.ts';
import { Secrets } from '../src/platform/secrets/secrets.ts';
import { DeliveryJob } from '../src/webhook/delivery.job.ts';
import { WebhookFeed } from '../src/webhook/webhook-feed.ts';
import type { GraphqlClient } from './client.ts';
import { buildProject, memberOf, type BuiltProject } from './factories/board.ts';
import { buildTeam } from './factories/people.ts';
import { receiver } from './receiver.ts';
import { until } from './runs.ts';
import { TestTrainyard } from './trainyard.ts';

export const WEBHOOK = 'id address events active offReason failingSince version';
export const DELIVERIES = `query ($id: ID!, $first: Int!, $after: String) { webhookDeliveries(webhookId: $id, first: $first, after: $after) {
  nodes { id event state tries error answerStatus answer } pageInfo { hasNextPage endCursor } } }`;
export interface Webhook {
  id: string;
  active: boolean;
  offReason: string | null;
  failingSince: string | null;
  version: number;
}
export interface Delivery {
  id: string;
  event: string;
  state: string;
  tries: number;
  error: string | null;
  answerStatus: number | null;
  answer: string | null;
}

/** Webhooks of a new project for each test, which lead to a server beside it. */
export class TestWebhooks {
  trainyard!: TestTrainyard;
  server!: Awaited<ReturnType<typeof receiver>>;
  project!: BuiltProject;
  lead!: GraphqlClient;
  private readonly stops: (() => Promise<void>)[] = [];

  private constructor() {}

  /** Those of the tests of a file. */
  static ofFile(): TestWebhooks {
    const hooks = new TestWebhooks();
    beforeAll(() => hooks.start());
    beforeEach(() => hooks.begin());
    afterEach(() => hooks.end());
    afterAll(() => hooks.stop());
    return hooks;
  }

  private async start(): Promise<void> {
    const allowed = new BlockList();
    allowed.addSubnet('127.0.0.0', 8, 'ipv4');
    this.trainyard = await TestTrainyard.start({ webhookAllowPrivate: allowed });
    this.server = await receiver();
  }

  private async begin(): Promise<void> {
    this.project = await buildProject(this.trainyard, { visibility: 'PRIVATE', teamId: (await buildTeam(this.trainyard)).id });
    ({ client: this.lead } = await memberOf(this.trainyard, this.project, 'LEAD'));
    this.server.received.splice(0);
    this.server.answer({ status: 204 });
  }

  private async end(): Promise<void> {
    for (const stop of this.stops.splice(0)) await stop();
    await this.trainyard.database.direct.query('DELETE FROM webhook');
  }

  private async stop(): Promise<void> {
    this.server.close();
    await this.trainyard.stop();
  }

  async create(events: string[], input: object = {}): Promise<Webhook & { secret: string }> {
    const { createWebhook } = await this.lead.ask<{ createWebhook: { webhook: Webhook; secret: string } }>(
      `mutation ($input: CreateWebhookInput!) { createWebhook(input: $input) { secret webhook { ${WEBHOOK} } } }`,
      { input: { projectId: this.project.id, address: this.server.url, events, ...input } },
    );
    return { ...createWebhook.webhook, secret: createWebhook.secret };
  }

  async update(id: string, version: number, input: object): Promise<void> {
    await this.lead.ask(
      'mutation ($id: ID!, $version: Int!, $input: UpdateWebhookInput!) { updateWebhook(id: $id, version: $version, input: $input) { id } }',
      {
        id,
        version,
        input,
      },
    );
  }

  async list(): Promise<Webhook[]> {
    return (await this.lead.ask<{ webhooks: Webhook[] }>(`query ($id: ID!) { webhooks(projectId: $id) { ${WEBHOOK} } }`, { id: this.project.id })).webhooks;
  }

  async deliveries(id: string): Promise<Delivery[]> {
    return (await this.lead.ask<{ webhookDeliveries: { nodes: Delivery[] } }>(DELIVERIES, { id, first: 50 })).webhookDeliveries.nodes;
  }

  /** Its deliveries, once there are so many. */
  made(count: number, id: string): Promise<Delivery[]> {
    return until(
      () => this.deliveries(id),
      (found) => found.length === count,
    );
  }

  async ticket(title = 'Told', columnId = this.project.columns[0]): Promise<string> {
    const { createTicket } = await this.lead.ask<{ createTicket: { id: string } }>(
      'mutation ($input: CreateTicketInput!) { createTicket(input: $input) { id } }',
      { input: { columnId, type: 'TASK', title } },
    );
    return createTicket.id;
  }

  /** The worker process within this one; `run: false` leaves its jobs to the test. */
  worker(run = true): DeliveryJob {
    const { app, database, config } = this.trainyard;
    const jobs = new Jobs(app.get(Wakeups));
    const job = new DeliveryJob(jobs, database, app.get(LogReaders), app.get(Secrets), app.get(AuditTrail), config);
    const feed = new WebhookFeed(app.get(LogReaders), jobs);
    feed.onApplicationBootstrap();
    this.stops.push(() => feed.beforeApplicationShutdown());
    if (run) {
      const jobWorker = new JobWorker(database, app.get(Wakeups), jobs, config);
      jobWorker.onApplicationBootstrap();
      this.stops.push(() => jobWorker.beforeApplicationShutdown());
    }
    return job;
  }
}
