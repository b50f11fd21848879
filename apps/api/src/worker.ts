import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { messageOf } from '@trainyard/domain';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from './config.ts';
import { NestLogger, pinoLogger } from './platform/logger.ts';
import { mayReadMetrics, METRICS_REFUSED, registry } from './platform/metrics.ts';
import { Reconciler } from './training/reconciler.service.ts';
import { WorkerModule } from './worker.module.ts';

/** The worker process: reconciles runs, datasets, bells and stored files with what the database says. */
try {
  // Nobody waits for housekeeping: what it tidies may be a lot.
  const config = { ...readConfig(), statementSeconds: 900 };
  const logger = pinoLogger(config.logLevel, 'worker');
  const app = await NestFactory.createApplicationContext(WorkerModule.with(config), { logger: new NestLogger(logger), abortOnError: false });
  app.enableShutdownHooks();
  const reconciler = app.get(Reconciler);
  const server = createServer((request, response) => {
    if (request.url === '/health') {
      response.writeHead(reconciler.healthy ? 200 : 503, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ status: reconciler.healthy ? 'ok' : 'unavailable' }));
    } else if (request.url === '/metrics') {
      if (!mayReadMetrics(request, config.metricsToken)) return void response.writeHead(403).end(METRICS_REFUSED);
      registry.metrics().then(
        (text) => response.writeHead(200, { 'content-type': registry.contentType }).end(text),
        (error: unknown) => response.writeHead(500).end(messageOf(error)),
      );
    } else response.writeHead(404).end();
  });
  server.on('error', (error) => {
    process.stderr.write(`trainyard worker: the health port ${config.healthPort} cannot be used: ${error.message}\n`);
    process.exit(1);
  });
  server.listen(config.healthPort, config.host, () => logger.info({ port: (server.address() as AddressInfo).port }, 'Worker started'));
  // Nothing else keeps a listening socket from outliving the application context.
  server.unref();
} catch (error) {
  process.stderr.write(`trainyard worker: ${messageOf(error)}\n`);
  process.exit(1);
}
