import { Controller, Get, HttpStatus, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from './config.ts';
import { Public } from './platform/actor.ts';
import { Database } from './platform/sql/database.ts';
import { DomainError } from './platform/domain-error.ts';
import { mayReadMetrics, METRICS_REFUSED, registry } from './platform/metrics.ts';

/** For start scripts, load balancers and Prometheus: no sign-in, nothing of the organisation's. Metrics ask who reads them (decision 13). */
@Controller()
@Public()
export class HealthController {
  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

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
  metrics(@Req() { raw }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    if (!mayReadMetrics(raw, this.config.metricsToken)) throw new DomainError('FORBIDDEN', {}, METRICS_REFUSED);
    void reply.type(registry.contentType);
    return registry.metrics();
  }
}
