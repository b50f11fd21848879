import { Controller, Get, Header, HttpStatus, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Public } from './platform/actor.ts';
import { Database } from './platform/database.ts';
import { registry } from './platform/metrics.ts';

/** For start scripts, load balancers and Prometheus: no sign-in, nothing of the organisation's. */
@Controller()
@Public()
export class HealthController {
  constructor(private readonly database: Database) {}

  @Get('health')
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: string; database: string }> {
    try {
      await this.database.direct.query('SELECT 1');
      return { status: 'ok', database: 'ok' };
    } catch {
      void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
      return { status: 'unavailable', database: 'unreachable' };
    }
  }

  @Get('metrics')
  @Header('content-type', registry.contentType)
  metrics(): Promise<string> {
    return registry.metrics();
  }
}
