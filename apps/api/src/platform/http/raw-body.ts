import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import { DomainError } from '../domain-error.ts';

/** Bodies of the runner protocol: a report of 10,000 points and 500 lines of log stays far below. */
const RUNNER_JSON_BYTES = 8 * 1024 ** 2;

/** Raw bytes reach their route as a stream, and runners may send larger JSON than people. Call it before the routes are made. */
export function acceptRawBodies(fastify: FastifyInstance): void {
  fastify.addContentTypeParser('application/octet-stream', (_request, payload, done) => {
    done(null, payload);
  });
  fastify.addHook('onRoute', (route) => {
    if (route.url.startsWith('/runner/')) route.bodyLimit = RUNNER_JSON_BYTES;
  });
}

/** The unread body of an application/octet-stream request. Refused before a byte is read when it says it is larger than `limit`. */
export function rawBody(request: FastifyRequest, limit: number): Readable {
  const { body } = request;
  if (!(body instanceof Readable)) throw new DomainError('BAD_INPUT', { field: 'content-type', expected: 'application/octet-stream' });
  if ((announcedBytes(request) ?? 0) > limit) throw new DomainError('TOO_LARGE', { limit });
  return body;
}

/** How many bytes a request says that its body has; null where it says nothing. */
export function announcedBytes({ headers }: FastifyRequest): number | null {
  const length = headers['content-length'];
  return length === undefined ? null : Number(length);
}
