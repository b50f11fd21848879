import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config.ts';
import { Database, row } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { bearerOf, hashSecret, presents } from '../platform/secret.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The runner's own credential; null: it came with the token that the installation shares. Set by RunnerGuard. */
    runnerCredential?: string | null;
  }
}

/** Runners present a token of their own, or the shared one where there is one. A revoked one is refused from its next request on. */
@Injectable()
export class RunnerGuard implements CanActivate {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const sent = bearerOf(request.headers);
    if (this.config.runnerToken !== null && presents(request.headers, this.config.runnerToken)) {
      request.runnerCredential = null;
      return true;
    }
    const found =
      sent === undefined
        ? null
        : await row<{ id: string; name: string; revoked: boolean }>(
            this.database.direct,
            'SELECT id, name, revoked_at IS NOT NULL AS revoked FROM runner_credential WHERE token_hash = $1',
            [hashSecret(sent)],
          );
    if (!found)
      throw new DomainError('UNAUTHENTICATED', {}, 'The runner token is missing or wrong: make one on the page Runners and set TRAINYARD_RUNNER_TOKEN to it.');
    if (found.revoked)
      throw new DomainError(
        'RUNNER_REVOKED',
        { name: found.name },
        `The runner token "${found.name}" was revoked: make a new one on the page Runners and set TRAINYARD_RUNNER_TOKEN to it.`,
      );
    request.runnerCredential = found.id;
    return true;
  }
}
