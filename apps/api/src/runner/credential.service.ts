import { Injectable } from '@nestjs/common';
import { RUNNER_NAME_MAX, type Actor } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { organisation } from '../access/organisation.ts';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import type { OwnRunner } from '../config.ts';
import { endChecksOf } from '../dataset/dataset.writes.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demand } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { line } from '../platform/input.ts';
import { hashSecret, newSecret } from '../platform/secret.ts';
import { Secrets } from '../platform/secrets/secrets.ts';
import { endLeasesOf } from '../training/attempt.writes.ts';
import type { CreatedRunnerCredentialType, RunnerCredentialType } from './runner.types.ts';

/** Makes a leaked token easy to find and to recognise. */
const PREFIX = 'trainyard_runner_';
const CREDENTIAL = /* sql */ `c.id, c.name, c.created_at AS "createdAt", (SELECT last_seen_at FROM runner r WHERE r.credential_id = c.id) AS "lastSeenAt"`;

/** The tokens of runners: made by administrators, one for each, kept as hashes. */
@Injectable()
export class RunnerCredentials {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly audit: AuditTrail,
    private readonly secrets: Secrets,
  ) {}

  async all(actor: Actor): Promise<RunnerCredentialType[]> {
    demand(actor, 'runner.manage');
    return rows(this.database.direct, `SELECT ${CREDENTIAL} FROM runner_credential c WHERE revoked_at IS NULL ORDER BY name, created_at, id`);
  }

  /** A token with its secret, which is never shown again. */
  async create(actor: Actor, name: string, sent?: string | null): Promise<CreatedRunnerCredentialType> {
    demand(actor, 'runner.empower');
    const clean = line('name', name, RUNNER_NAME_MAX);
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'RUNNER_CREDENTIAL', sent);
      const { id, before, secret } = await creation.findSecret(this.secrets, PREFIX + newSecret(), { name: clean }, (one) =>
        row<RunnerCredentialType>(tx, `SELECT ${CREDENTIAL} FROM runner_credential c WHERE c.id = $1 AND c.revoked_at IS NULL`, [one]),
      );
      if (before) return { credential: before, secret };
      const made = await row<RunnerCredentialType>(
        tx,
        `INSERT INTO runner_credential AS c (id, name, token_hash, created_by) VALUES ($1, $2, $3, $4) RETURNING ${CREDENTIAL}`,
        [id, clean, hashSecret(secret), actor.userId],
      );
      if (!made) throw new Error('runner_credential: not written');
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [
        { entity: 'RUNNER', entityId: made.id, action: 'CREATED', changes: { name: { from: null, to: clean } } },
      ]);
      await this.audit.by(tx, actor, { kind: 'TOKEN_CREATED', subjectId: made.id, details: { runner: clean } });
      return { credential: made, secret };
    });
  }

  /** Lets in the runners that a start brings along, which made their tokens themselves. One that an administrator revoked stays revoked. */
  async admit(runners: readonly OwnRunner[]): Promise<void> {
    for (const { name, token } of runners) {
      await this.database.direct.query('INSERT INTO runner_credential (id, name, token_hash) VALUES ($1, $2, $3) ON CONFLICT (token_hash) DO NOTHING', [
        randomUUID(),
        name,
        hashSecret(token),
      ]);
    }
  }

  /** From now on its runner is refused, and what it holds is nobody's: the worker takes runs back and others go on with them. */
  async revoke(actor: Actor, id: string): Promise<void> {
    demand(actor, 'runner.manage');
    await this.database.transaction(async (tx) => {
      const revoked = await row<{ name: string }>(tx, 'UPDATE runner_credential SET revoked_at = now() WHERE id = $1 AND revoked_at IS NULL RETURNING name', [
        id,
      ]);
      if (!revoked) throw new DomainError('NOT_FOUND');
      await endLeasesOf(tx, id);
      await endChecksOf(tx, id);
      // Longer ago than any runner may be silent: it is offline at once.
      await tx.query(`UPDATE runner SET last_seen_at = LEAST(last_seen_at, now() - interval '1 minute') WHERE credential_id = $1`, [id]);
      await this.activity.append(tx, (await organisation(tx)).id, actor.userId, [
        { entity: 'RUNNER', entityId: id, action: 'DELETED', changes: { name: { from: revoked.name, to: null } } },
      ]);
      await this.audit.by(tx, actor, { kind: 'TOKEN_REVOKED', subjectId: id, details: { runner: revoked.name } });
    });
  }
}
