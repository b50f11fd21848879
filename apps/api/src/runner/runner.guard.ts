import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config.ts';
import { DomainError } from '../platform/domain-error.ts';
import { presents } from '../platform/secret.ts';

/** Runners present one shared secret. */
@Injectable()
export class RunnerGuard implements CanActivate {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    if (!presents(headers, this.config.runnerToken)) {
      throw new DomainError('UNAUTHENTICATED', {}, 'The runner token is missing or wrong: TRAINYARD_RUNNER_TOKEN must be the same for api and runner.');
    }
    return true;
  }
}
