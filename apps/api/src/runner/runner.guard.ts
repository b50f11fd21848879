import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { CONFIG, type Config } from '../config.ts';
import { DomainError } from '../platform/domain-error.ts';

/** Runners present one shared secret; hashing both sides makes the comparison take the same time whatever is sent. */
@Injectable()
export class RunnerGuard implements CanActivate {
  private readonly expected: Buffer;

  constructor(@Inject(CONFIG) config: Config) {
    this.expected = sha256(config.runnerToken);
  }

  canActivate(context: ExecutionContext): boolean {
    const { headers } = context.switchToHttp().getRequest<FastifyRequest>();
    const token = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1];
    if (!token || !timingSafeEqual(sha256(token.trim()), this.expected)) {
      throw new DomainError('UNAUTHENTICATED', {}, 'The runner token is missing or wrong: TRAINYARD_RUNNER_TOKEN must be the same for api and runner.');
    }
    return true;
  }
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
