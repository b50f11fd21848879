import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Server, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { DomainError } from '../domain-error.ts';
import { countedAddress, OpenCounts, type Limits } from './limits.ts';

/** Of a body that is on its way: less within the time to wait is as good as nothing, and a fortieth of what a bad telephone line carries. */
const LEAST_BYTES = 1_024;
/** JSON is read whole before anything is done: it may take as many times the time to wait. Streams may take days while they flow. */
const WHOLE_BODY_WAITS = 8;
const LOOPBACK = /^(?:::ffff:)?127\.|^::1$/;

/** What Node's server is told: a head that does not come, and a connection over which nothing moves, are ended. */
export const patienceOf = ({ waitSeconds }: Limits) => ({
  connectionTimeout: WHOLE_BODY_WAITS * waitSeconds * 1_000,
  http: { headersTimeout: waitSeconds * 1_000, connectionsCheckingInterval: Math.min(5_000, waitSeconds * 500) },
});

/** Ends a request whose body does not arrive with REQUEST_TOO_SLOW: a stranger's byte now and then would hold it for ever. */
export function refuseSlowBodies(fastify: FastifyInstance, limits: Limits): void {
  fastify.addHook('preParsing', (request, reply, payload, done) => {
    watchBody(request, reply, payload as Readable, limits);
    done(null, payload);
  });
}

/** Looks at the body of a request as it arrives, or what goes on to come of one that was refused before. */
export function watchBody(request: FastifyRequest, reply: FastifyReply, payload: Readable, { waitSeconds }: Limits): void {
  if (!hasBody(request)) return;
  const watch = watching(request, payload, waitSeconds, reply);
  payload.once('end', watch.stop);
  payload.once('close', watch.stop);
}

function watching({ raw, headers }: FastifyRequest, payload: Readable, waitSeconds: number, reply: FastifyReply): { stop: () => void } {
  const isStream = headers['content-type']?.startsWith('application/octet-stream') ?? false;
  let read = raw.socket.bytesRead;
  let waits = 0;
  const timer = setInterval(() => {
    waits += 1;
    const arrived = raw.socket.bytesRead - read;
    read = raw.socket.bytesRead;
    // Bytes that lie here unread wait for us and not for the sender.
    const isSlow = arrived < LEAST_BYTES && payload.readableLength === 0;
    if (!isSlow && (isStream || waits < WHOLE_BODY_WAITS)) return;
    clearInterval(timer);
    // Refused before it was read, it is only poured away: nobody is there to be told, and an error that nobody hears ends the process.
    if (reply.sent || payload.listenerCount('error') === 0) return void raw.destroy();
    void reply.header('connection', 'close');
    payload.emit(
      'error',
      new DomainError('REQUEST_TOO_SLOW', { seconds: waitSeconds }, `Of the request's body ${arrived} bytes came within ${waitSeconds} seconds.`),
    );
  }, waitSeconds * 1_000).unref();
  return { stop: () => clearInterval(timer) };
}

const hasBody = ({ headers }: FastifyRequest): boolean => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

/** So many connections from one address. A proxy on this machine has one for everybody behind it, and is not counted. */
export function limitConnections(server: Server, { connectionsPerAddress }: Limits): void {
  const open = new OpenCounts();
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress;
    if (address === undefined || LOOPBACK.test(address)) return;
    const giveBack = open.take(countedAddress(address), connectionsPerAddress);
    if (giveBack) socket.once('close', giveBack);
    else socket.destroy();
  });
}
