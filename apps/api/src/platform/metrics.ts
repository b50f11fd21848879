import type { FastifyInstance } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { presents } from './secret.ts';

/** This process's Prometheus metrics. */
export const registry = new Registry();
collectDefaultMetrics({ register: registry, prefix: 'trainyard_' });

const requestSeconds = new Histogram({
  name: 'trainyard_http_request_seconds',
  help: 'Time to answer a request, by route and status class.',
  labelNames: ['route', 'status'] as const,
  buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
  registers: [registry],
});

export const METRICS_REFUSED = 'Metrics are read on the machine itself, or with TRAINYARD_METRICS_TOKEN as bearer token.';

const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;
/** What a proxy says of those it speaks for. */
const PASSED_ON = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip'];

/**
 * Whether a request may read the metrics: with `token` whoever presents it; without one what was sent on this machine itself. A
 * proxy on this machine speaks for others, and gives none of its own.
 */
export function mayReadMetrics({ headers, socket }: IncomingMessage, token: string | null): boolean {
  if (token !== null) return presents(headers, token);
  return LOOPBACK.test(socket.remoteAddress ?? '') && !PASSED_ON.some((name) => name in headers);
}

export function countRequests(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unmatched';
    requestSeconds.observe({ route, status: `${Math.floor(reply.statusCode / 100)}xx` }, reply.elapsedTime / 1000);
  });
}
