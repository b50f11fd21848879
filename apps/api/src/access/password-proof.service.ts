import { Injectable } from '@nestjs/common';
import { FREE_FAILURES, type Actor, type AuditKind, type ErrorCode } from '@trainyard/domain';
import { AuditTrail } from '../audit/audit-trail.service.ts';
import { demand } from '../platform/authorize.ts';
import { Database, row } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { AccessService } from './access.service.ts';
import { verifyPassword } from './password.ts';
import { Throttle } from './throttle.service.ts';

/** Asks somebody who is signed in for their password again. Guesses are counted: a session left open must not tell it. */
@Injectable()
export class PasswordProof {
  constructor(
    private readonly database: Database,
    private readonly throttle: Throttle,
    private readonly audit: AuditTrail,
    private readonly access: AccessService,
  ) {}

  /** Renews the proof of the session that asks: for PROOF_MINUTES nothing that needs one asks for the password again. */
  async prove(actor: Actor, sessionId: string | null, password: string): Promise<void> {
    demand(actor, 'credential.manage', { ownerId: actor.userId });
    await this.demand(actor, sessionId, password, 'PASSWORD_PROVED');
    await this.database.transaction(async (tx) => {
      await this.access.proveSession(tx, actor.userId, sessionId);
      await this.audit.by(tx, actor, { kind: 'PASSWORD_PROVED', subjectId: sessionId });
    });
  }

  /** Throws INVALID_CREDENTIALS or SIGN_IN_THROTTLED unless it is the actor's password; `wanted` is what the trail says was refused. */
  async demand(actor: Actor, sessionId: string | null, password: string, wanted: AuditKind): Promise<void> {
    // By session, and apart from signing in: who guesses in a session that they stole keeps the person from neither, and to have another session one needs the password.
    const keys = [{ key: `password:${String(sessionId)}`, free: FREE_FAILURES, startsAnew: true }];
    const refused = (code: ErrorCode): void => {
      if (actor.from) this.audit.note(actor.from, { kind: wanted, outcome: 'REFUSED', actorId: actor.userId, code });
    };
    const counted = await this.database
      .transaction((tx) => this.throttle.countFailure(tx, keys))
      .catch((error: unknown) => {
        if (error instanceof DomainError) refused(error.code);
        throw error;
      });
    const user = await row<{ passwordHash: string }>(this.database.direct, `SELECT password_hash AS "passwordHash" FROM app_user WHERE id = $1`, [
      actor.userId,
    ]);
    if (!user || !(await verifyPassword(user.passwordHash, password.slice(0, 1000)))) {
      refused('INVALID_CREDENTIALS');
      throw new DomainError('INVALID_CREDENTIALS');
    }
    await this.database.transaction((tx) => this.throttle.uncount(tx, counted));
  }
}
