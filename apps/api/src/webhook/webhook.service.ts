import { Inject, Injectable } from '@nestjs/common';
import { webhookAddress, WEBHOOK_ADDRESS_MAX, WEBHOOK_EVENTS, WEBHOOKS_EACH, type Actor, type ProjectScope, type WebhookEvent } from '@trainyard/domain';
import { organisation } from '../access/organisation.ts';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { CONFIG, type Config } from '../config.ts';
import { demandProject, readableBy, PROJECT_SCOPE, READABLE_PROJECT } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { line } from '../platform/input.ts';
import { LogReaders, type LogReader } from '../platform/log/log-reader.ts';
import { newSecret } from '../platform/secret.ts';
import { SecretLost, Secrets } from '../platform/secrets/secrets.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { literalOf, mayReach } from './public-addresses.ts';
import { GIVE_UP, secretOwner, WEBHOOK_READER } from './webhook-log.ts';
import type { CreatedWebhookType, CreateWebhookInput, UpdateWebhookInput, WebhookType } from './webhook.types.ts';

const WEBHOOK = /* sql */ `
  w.id, w.address, w.events, w.active, w.off_reason AS "offReason", w.failing_since AS "failingSince", w.created_at AS "createdAt", w.version`;
const SCOPE = /* sql */ `p.id AS "projectId", ${PROJECT_SCOPE}`;
/** Makes a leaked secret easy to find and to recognise. */
const PREFIX = 'trainyard_webhook_';

type WebhookChange = 'CREATED' | 'UPDATED' | 'SECRET_RENEWED' | 'DELETED';
type Held = WebhookType & ProjectScope & { projectId: string; secret: Buffer };

/** Webhooks of a project, for those who manage it. */
@Injectable()
export class WebhookService {
  private readonly reader: LogReader;

  constructor(
    private readonly database: Database,
    private readonly audit: AuditTrail,
    private readonly secrets: Secrets,
    readers: LogReaders,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    this.reader = readers.reader(WEBHOOK_READER);
  }

  async webhooks(actor: Actor, projectId: string): Promise<WebhookType[]> {
    const { direct } = this.database;
    demandProject(actor, 'webhook.read', await row<ProjectScope>(direct, `SELECT ${SCOPE} FROM project p WHERE p.id = $1`, [projectId]));
    return rows(direct, `SELECT ${WEBHOOK} FROM webhook w WHERE w.project_id = $1 ORDER BY w.created_at, w.id`, [projectId]);
  }

  async webhook(actor: Actor, id: string): Promise<WebhookType> {
    return demandProject(
      actor,
      'webhook.read',
      await row<WebhookType & ProjectScope>(
        this.database.direct,
        `SELECT ${WEBHOOK}, ${SCOPE} FROM webhook w JOIN project p ON p.id = w.project_id WHERE w.id = $1`,
        [id],
      ),
    );
  }

  /** A webhook with its secret. */
  async create(actor: Actor, input: CreateWebhookInput): Promise<CreatedWebhookType> {
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'WEBHOOK', input.id);
      const { projectId } = demandProject(
        actor,
        'webhook.empower',
        await row<ProjectScope & { projectId: string }>(tx, `SELECT ${SCOPE} FROM project p WHERE p.id = $1 FOR NO KEY UPDATE`, [input.projectId]),
      );
      const address = this.checkedAddress(input.address);
      const events = checkedEvents(input.events);
      const { id, before, secret } = await creation.findSecret(this.secrets, PREFIX + newSecret(), { projectId, address, events }, (one) =>
        this.readable(tx, actor, one),
      );
      if (before) return { webhook: before, secret };
      const held = await row<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM webhook WHERE project_id = $1', [projectId]);
      if ((held?.count ?? 0) >= WEBHOOKS_EACH) throw new DomainError('BAD_INPUT', { field: 'projectId', reason: 'TOO_MANY', max: WEBHOOKS_EACH });
      const made = await row<WebhookType>(
        tx,
        /* sql */ `
        INSERT INTO webhook AS w (id, project_id, address, events, secret, answerable_id, project_seq, organisation_seq)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${WEBHOOK}`,
        [id, projectId, address, events, this.secrets.seal(secretOwner(id), secret), actor.userId, ...(await this.begin(tx, projectId))],
      );
      if (!made) throw new Error('webhook: not written');
      await this.tell(tx, actor, made, 'CREATED', projectId);
      return { webhook: made, secret };
    });
  }

  async update(actor: Actor, id: string, version: number, input: UpdateWebhookInput): Promise<WebhookType> {
    return this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'webhook.manage', await this.lock(tx, id));
      const moves = input.address != null && webhookAddress(input.address)?.href !== before.address;
      if (moves) demandProject(actor, 'webhook.empower', before);
      sameVersion(before, version);
      const address = input.address == null ? before.address : this.checkedAddress(input.address);
      const events = input.events == null ? before.events : checkedEvents(input.events);
      const active = input.active ?? before.active;
      const begins = active && !before.active;
      if (begins) {
        this.opened(before);
        const [project, org] = await this.begin(tx, before.projectId);
        await tx.query('UPDATE webhook SET project_seq = $2, organisation_seq = $3 WHERE id = $1', [id, project, org]);
      }
      if (before.active && !active) await tx.query(GIVE_UP, [id]);
      const after = await row<WebhookType>(
        tx,
        /* sql */ `
        UPDATE webhook AS w SET address = $2, events = $3, active = $4, version = version + 1,
          off_reason = CASE WHEN $4 THEN NULL ELSE off_reason END,
          failures = CASE WHEN $5 THEN 0 ELSE failures END, failing_since = CASE WHEN $5 THEN NULL ELSE failing_since END,
          answerable_id = CASE WHEN $5 THEN $6 ELSE answerable_id END
        WHERE id = $1 RETURNING ${WEBHOOK}`,
        [id, address, events, active, begins || moves, actor.userId],
      );
      if (!after) throw new Error('webhook: not written');
      await this.tell(tx, actor, after, 'UPDATED', before.projectId);
      return after;
    });
  }

  /** Another secret, at once: whoever knew the one before can no longer sign. */
  async renewSecret(actor: Actor, id: string, version: number): Promise<CreatedWebhookType> {
    return this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'webhook.empower', await this.lock(tx, id));
      sameVersion(before, version);
      const secret = PREFIX + newSecret();
      const webhook = await row<WebhookType>(
        tx,
        `UPDATE webhook AS w SET secret = $2, answerable_id = $3, version = version + 1 WHERE id = $1 RETURNING ${WEBHOOK}`,
        [id, this.secrets.seal(secretOwner(id), secret), actor.userId],
      );
      if (!webhook) throw new Error('webhook: not written');
      await this.tell(tx, actor, webhook, 'SECRET_RENEWED', before.projectId);
      return { webhook, secret };
    });
  }

  async delete(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'webhook.manage', await this.lock(tx, id));
      sameVersion(before, version);
      await tx.query('DELETE FROM webhook WHERE id = $1', [id]);
      if (!(await row(tx, 'SELECT 1 FROM webhook WHERE project_id = $1 LIMIT 1', [before.projectId]))) await this.reader.end(tx, before.projectId);
      await this.tell(tx, actor, before, 'DELETED', before.projectId);
    });
  }

  private readable(tx: Tx, actor: Actor, id: string): Promise<WebhookType | null> {
    return row(tx, `SELECT ${WEBHOOK} FROM webhook w JOIN project p ON p.id = w.project_id WHERE w.id = $3 AND ${READABLE_PROJECT(1)}`, [
      ...readableBy(actor),
      id,
    ]);
  }

  private lock(tx: Tx, id: string): Promise<Held | null> {
    return row(
      tx,
      `SELECT ${WEBHOOK}, ${SCOPE}, w.secret FROM webhook w JOIN project p ON p.id = w.project_id WHERE w.id = $1 FOR UPDATE OF w FOR SHARE OF p`,
      [id],
    );
  }

  /** From the next entries on, of the project and of the organisation, which holds those of its team. */
  private async begin(tx: Tx, projectId: string): Promise<[project: number, organisation: number]> {
    return [await this.reader.begin(tx, projectId), await this.reader.begin(tx, (await organisation(tx)).id)];
  }

  private opened({ id, secret }: Held): string {
    try {
      return this.secrets.open(secretOwner(id), secret);
    } catch (error) {
      if (error instanceof SecretLost) throw new DomainError('SECRET_LOST');
      throw error;
    }
  }

  private checkedAddress(address: string): string {
    const url = webhookAddress(line('address', address, WEBHOOK_ADDRESS_MAX));
    if (!url) throw new DomainError('BAD_INPUT', { field: 'address', reason: 'NOT_A_WEB_ADDRESS' });
    // Of a name only DNS tells, when something is sent.
    const literal = literalOf(url);
    if (literal !== null && !mayReach(literal, this.config.webhookAllowPrivate))
      throw new DomainError('BAD_INPUT', { field: 'address', reason: 'PRIVATE_ADDRESS' });
    return url.href;
  }

  /** Who only reads the project must not learn of it: the audit trail has it, the log has not. The path of an address may be a secret. */
  private async tell(tx: Tx, actor: Actor, webhook: WebhookType, change: WebhookChange, projectId: string): Promise<void> {
    const { id, address, events, active } = webhook;
    await this.audit.by(tx, actor, {
      kind: 'WEBHOOK_CHANGED',
      subjectId: id,
      details: { change, project: projectId, host: new URL(address).host, events, active },
    });
  }
}

function checkedEvents(events: readonly WebhookEvent[]): WebhookEvent[] {
  if (events.length === 0) throw new DomainError('BAD_INPUT', { field: 'events', reason: 'EMPTY' });
  return WEBHOOK_EVENTS.filter((event) => events.includes(event));
}
