import { Controller, Get, HttpStatus, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONFIG, type Config } from './config.ts';
import { Public } from './platform/actor.ts';
import { DiskSpace } from './platform/blobs/disk-space.ts';
import { Database } from './platform/sql/database.ts';
import { DomainError } from './platform/domain-error.ts';
import { mayReadMetrics, METRICS_REFUSED, registry } from './platform/metrics.ts';

/** For start scripts, load balancers and Prometheus: no sign-in, nothing of the organisation's. Metrics ask who reads them (decision 13). */
@Controller()
@Public()
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly disk: DiskSpace,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** A disk that is short takes no files and no more: all else is served, so the status is the database's alone. */
  @Get('health')
  async health(@Res({ passthrough: true }) reply: FastifyReply): Promise<{ status: string; database: string; disk: string }> {
    const disk = await this.disk.isShort().then(
      (isShort) => (isShort ? 'short' : 'ok'),
      () => 'unreachable',
    );
    try {
      await this.database.direct.query('SELECT 1');
      return { status: 'ok', database: 'ok', disk };
    } catch {
      void reply.status(HttpStatus.SERVICE_UNAVAILABLE);
      return { status: 'unavailable', database: 'unreachable', disk };
    }
  }

  @Get('metrics')
  async metrics(@Req() { raw }: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    if (!mayReadMetrics(raw, this.config.metricsToken)) throw new DomainError('FORBIDDEN', {}, METRICS_REFUSED);
    void reply.type(registry.contentType);
    // Measured for this scrape: between uploads nobody looks. Where it cannot be, the others are told all the same.
    await this.disk.isShort().catch(() => undefined);
    return registry.metrics();
  }
}
