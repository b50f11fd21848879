import { Inject, Injectable } from '@nestjs/common';
import {
  afterFailedTry,
  can,
  WEBHOOK_RETRIES,
  type Actor,
  type ProjectScope,
  type DeliveryError,
  type WebhookEvent,
  type WebhookFailures,
  type WebhookOffReason,
} from '@trainyard/domain';
import { TEAMS_OF } from '../access/current-membership.ts';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { CONFIG, type Config } from '../config.ts';
import { PROJECT_SCOPE } from '../platform/authorize.ts';
import { Jobs, type JobTry } from '../platform/jobs/jobs.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import { SecretLost, Secrets } from '../platform/secrets/secrets.ts';
import { Database, databaseNow, row, type Tx } from '../platform/sql/database.ts';
import { requestBody, requestHeaders, signed } from './delivery-request.ts';
import { post, type Posted } from './post.ts';
import { DELIVER_JOB, GIVE_UP, secretOwner, type DeliverPayload } from './webhook-log.ts';

const AT_ONCE = 20;

interface Due extends ProjectScope, Pick<Actor, 'orgRole' | 'teams'> {
  id: string;
  scope: string;
  seq: number;
  event: WebhookEvent;
  webhookId: string;
  projectId: string;
  address: string;
  secret: Buffer;
  active: boolean;
  /** Who answers for it: its rights are looked at before each try. */
  answerableId: string;
  disabled: boolean;
}

/** In the worker process: sends deliveries. */
@Injectable()
export class DeliveryJob {
  constructor(
    jobs: Jobs,
    private readonly database: Database,
    private readonly readers: LogReaders,
    private readonly secrets: Secrets,
    private readonly audit: AuditTrail,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    jobs.define<DeliverPayload>(DELIVER_JOB, { run: (payload, attempt) => this.deliver(payload, attempt), retries: WEBHOOK_RETRIES, atOnce: AT_ONCE });
  }

  /** Tries once; throws when it is to be tried again. A delivery that has ended, or that was asked for anew since, is left alone. */
  async deliver({ deliveryId, round }: DeliverPayload, attempt: Pick<JobTry, 'isLast'>): Promise<void> {
    const due = await row<Due>(
      this.database.direct,
      /* sql */ `
      SELECT d.id, d.scope, d.seq::int AS seq, d.event, w.id AS "webhookId", w.project_id AS "projectId", w.address, w.secret, w.active,
        ${PROJECT_SCOPE}, u.id AS "answerableId", u.disabled, u.org_role AS "orgRole", ${TEAMS_OF('u.id')} AS teams
      FROM webhook_delivery d JOIN webhook w ON w.id = d.webhook_id JOIN project p ON p.id = w.project_id JOIN app_user u ON u.id = w.answerable_id
      WHERE d.id = $1 AND d.round = $2 AND d.state = 'WAITING'`,
      [deliveryId, round],
    );
    const [entry] = due ? await this.readers.range(due.scope, due.seq, due.seq) : [];
    if (!due || !entry) return;
    // In a project that is not active nobody could change the webhook.
    if (!due.active || due.projectState !== 'ACTIVE') return void (await this.database.direct.query(GIVE_UP, [due.webhookId]));
    if (!isAnswered(due)) return this.database.transaction((tx) => this.switchOff(tx, due.webhookId, 'RIGHT_LOST'));
    let secret: string;
    try {
      secret = this.secrets.open(secretOwner(due.webhookId), due.secret);
    } catch (error) {
      if (!(error instanceof SecretLost)) throw error;
      return this.database.transaction((tx) => this.switchOff(tx, due.webhookId, 'SECRET_LOST'));
    }
    const body = Buffer.from(requestBody(due, entry));
    const began = performance.now();
    const posted = await post(new URL(due.address), { ...requestHeaders(due), ...signed(body, secret, Date.now()) }, body, {
      allowed: this.config.webhookAllowPrivate,
    });
    const isOver = await this.note(due, round, posted, Math.round(performance.now() - began), attempt.isLast);
    if (!isOver) throw new Error(`${due.address.slice(0, 100)}: ${posted.error ?? ''} ${posted.status ?? ''}`);
  }

  /** Writes what came of a try; answers whether the delivery is over. */
  private async note(due: Due, round: number, posted: Posted, durationMs: number, isLast: boolean): Promise<boolean> {
    return this.database.transaction(async (tx) => {
      const before = await row<WebhookFailures & { active: boolean }>(
        tx,
        'SELECT active, failures, failing_since AS "failingSince" FROM webhook WHERE id = $1 FOR NO KEY UPDATE',
        [due.webhookId],
      );
      if (!before) return true;
      const state = posted.error === null ? 'DELIVERED' : isLast ? 'FAILED' : 'WAITING';
      const noted = await row(
        tx,
        /* sql */ `
        UPDATE webhook_delivery SET state = $3, tries = tries + 1, tried_at = clock_timestamp(), duration_ms = $4, error = $5, answer_status = $6, answer = $7
        WHERE id = $1 AND round = $2 AND state = 'WAITING' RETURNING 1`,
        [due.id, round, state, durationMs, posted.error satisfies DeliveryError | null, posted.status, posted.answer],
      );
      // Somebody had it sent again meanwhile, or switched the webhook off.
      if (!noted || !before.active) return true;
      if (posted.error === null) {
        if (before.failingSince !== null) await tx.query('UPDATE webhook SET failures = 0, failing_since = NULL WHERE id = $1', [due.webhookId]);
        return true;
      }
      const { failures, failingSince, isOff } = afterFailedTry(before, isLast, await databaseNow(tx));
      await tx.query('UPDATE webhook SET failures = $2, failing_since = $3 WHERE id = $1', [due.webhookId, failures, failingSince]);
      if (isOff) await this.switchOff(tx, due.webhookId, 'FAILING');
      return isLast || isOff;
    });
  }

  private async switchOff(tx: Tx, webhookId: string, reason: WebhookOffReason): Promise<void> {
    const off = await row<{ projectId: string }>(
      tx,
      'UPDATE webhook SET active = false, off_reason = $2, version = version + 1 WHERE id = $1 AND active RETURNING project_id AS "projectId"',
      [webhookId, reason],
    );
    await tx.query(GIVE_UP, [webhookId]);
    if (off)
      await this.audit.write(tx, undefined, {
        kind: 'WEBHOOK_CHANGED',
        outcome: 'DONE',
        actorId: null,
        subjectId: webhookId,
        details: { change: 'SWITCHED_OFF', reason, project: off.projectId },
      });
  }
}

/** Whether who answers for the webhook could make it now. */
function isAnswered({ answerableId, disabled, orgRole, teams, ...project }: Due): boolean {
  return !disabled && can({ userId: answerableId, orgRole, teams, scopes: null }, 'webhook.manage', project);
}
