import { Injectable } from '@nestjs/common';
import type { Actor, ProjectScope, WebhookEvent } from '@trainyard/domain';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { Jobs } from '../platform/jobs/jobs.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { requestBody, requestHeaders } from './delivery-request.ts';
import { DELIVER_JOB, deliverKey } from './webhook-log.ts';
import type { WebhookDeliveryConnection, WebhookDeliveryType, WebhookRequestType } from './webhook.types.ts';

const DELIVERY = /* sql */ `
  d.id, d.event, d.state, d.tries, d.created_at AS "createdAt", d.tried_at AS "triedAt", d.duration_ms AS "durationMs", d.error,
  d.answer_status AS "answerStatus", d.answer`;
const SCOPE = /* sql */ `p.id AS "projectId", ${PROJECT_SCOPE}`;

/** What webhooks send, for those who manage the project. */
@Injectable()
export class DeliveryService {
  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly readers: LogReaders,
  ) {}

  async deliveries(actor: Actor, webhookId: string, first: number, after: string | null): Promise<WebhookDeliveryConnection> {
    const { direct } = this.database;
    demandProject(
      actor,
      'webhook.read',
      await row<ProjectScope>(direct, `SELECT ${SCOPE} FROM webhook w JOIN project p ON p.id = w.project_id WHERE w.id = $1`, [webhookId]),
    );
    const limit = pageSize(first);
    const found = await rows<WebhookDeliveryType & { key: string }>(
      direct,
      /* sql */ `
      SELECT ${DELIVERY}, d.created_at::text AS key FROM webhook_delivery d
      WHERE d.webhook_id = $1 AND ($2::timestamptz IS NULL OR (d.created_at, d.id) < ($2, $3)) ORDER BY d.created_at DESC, d.id DESC LIMIT $4`,
      [webhookId, ...(decodeCursor(after, 2) ?? [null, null]), limit + 1],
    );
    return page(found, limit, ({ key, id }) => [key, id]);
  }

  async request(actor: Actor, deliveryId: string): Promise<WebhookRequestType> {
    const delivery = demandProject(
      actor,
      'webhook.read',
      await row<ProjectScope & { projectId: string; id: string; event: WebhookEvent; scope: string; seq: number }>(
        this.database.direct,
        `SELECT ${SCOPE}, d.id, d.event, d.scope, d.seq::int AS seq FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id JOIN project p ON p.id = w.project_id WHERE d.id = $1`,
        [deliveryId],
      ),
    );
    const [entry] = await this.readers.range(delivery.scope, delivery.seq, delivery.seq);
    if (!entry) throw new DomainError('NOT_FOUND');
    const headers = Object.entries(requestHeaders(delivery)).map(([name, value]) => `${name}: ${value}`);
    return { headers, body: requestBody(delivery, entry) };
  }

  /** Sends a delivery again, now, whatever became of it; its tries begin anew. */
  async redeliver(actor: Actor, id: string): Promise<WebhookDeliveryType> {
    return this.database.transaction(async (tx) => {
      const { active } = demandProject(
        actor,
        'webhook.manage',
        await row<ProjectScope & { active: boolean }>(
          tx,
          `SELECT ${SCOPE}, w.active FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id JOIN project p ON p.id = w.project_id WHERE d.id = $1 FOR UPDATE OF d FOR SHARE OF p`,
          [id],
        ),
      );
      if (!active) throw new DomainError('WEBHOOK_OFF');
      const delivery = await row<WebhookDeliveryType & { round: number }>(
        tx,
        /* sql */ `
        UPDATE webhook_delivery AS d SET state = 'WAITING', round = round + 1, tries = 0, error = NULL, answer_status = NULL, answer = NULL, duration_ms = NULL
        WHERE d.id = $1 RETURNING ${DELIVERY}, d.round`,
        [id],
      );
      if (!delivery) throw new Error('webhook_delivery: not written');
      const payload = { deliveryId: id, round: delivery.round };
      await this.jobs.enqueue(tx, DELIVER_JOB, payload, deliverKey(payload));
      return delivery;
    });
  }
}
