import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { DomainError } from '../domain-error.ts';
import { Lines } from './lines.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What goes on for its answer, once that has begun. */
    answering: Promise<unknown> | null;
  }
}

/** Requests of one line that wait; beyond, they are told to come again. */
const MOST_WAITING = 200;
/** A turn is over in less, where answers are read. */
const COME_AGAIN_SECONDS = 1;

/**
 * Resolves when a request's answer is the next one that its connection carries. HTTP answers in the order of asking: what waits for an
 * earlier answer, perhaps of another line, must hold nothing meanwhile that others wait for. Of a connection that ends it never is.
 */
export async function isNext(response: ServerResponse): Promise<void> {
  if (response.socket === null) await new Promise<void>((resolve) => void response.once('socket', () => resolve()));
}

/**
 * So many requests of one line at once; more wait, before their bodies are read, and begin in the order they came. A turn lasts until
 * its answer was read and nothing goes on for it any more: who reads nothing holds up nobody else, and no more of our memory than so
 * many answers; who goes away leaves no work behind that nobody counts. And what a line asks, however much, stands between the
 * requests of others only a few at a time.
 */
export class Turns {
  private readonly lines: Lines;

  constructor(atOnce: number) {
    this.lines = new Lines(atOnce);
  }

  /** Resolves when it is the request's turn; throws RATE_LIMITED {seconds} where too many wait. Who goes away meanwhile never has one. */
  async take(name: string, { raw: response, request }: FastifyReply): Promise<void> {
    if (this.lines.waiting(name) >= MOST_WAITING) throw new DomainError('RATE_LIMITED', { seconds: COME_AGAIN_SECONDS });
    /** Leaves the line, and later the turn. */
    let free = (): void => undefined;
    // The last byte was taken by the network, or the connection is gone.
    response.once('close', () => {
      if (request.answering === null) free();
      else request.answering.then(free, free);
    });
    // Who went away while it was looked up who asks is told nothing more, and nothing is done for them.
    if (response.closed || response.socket?.destroyed) return new Promise(() => undefined);
    const turn = Promise.withResolvers<void>();
    let isHeld = false;
    const giveUp = this.lines.take(name, () => {
      isHeld = true;
      turn.resolve();
    });
    free = () => (isHeld ? this.lines.end(name) : giveUp());
    await turn.promise;
  }
}
