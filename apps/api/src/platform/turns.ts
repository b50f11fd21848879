import type { FastifyReply } from 'fastify';
import type { ServerResponse } from 'node:http';
import { DomainError } from './domain-error.ts';

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

interface Line {
  running: Set<ServerResponse>;
  /** In the order in which they came. */
  waiting: Map<ServerResponse, () => void>;
}

/**
 * So many requests of one line at once; more wait, before their bodies are read, and begin in the order they came. A turn lasts until
 * its answer was read and nothing goes on for it any more: who reads nothing holds up nobody else, and no more of our memory than so
 * many answers; who goes away leaves no work behind that nobody counts. And what a line asks, however much, stands between the
 * requests of others only a few at a time.
 */
export class Turns {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly atOnce: number) {}

  /** Resolves when it is the request's turn; throws RATE_LIMITED {seconds} where too many wait. Who goes away meanwhile never has one. */
  async take(name: string, { raw: response, request }: FastifyReply): Promise<void> {
    const line = this.lines.get(name) ?? { running: new Set(), waiting: new Map() };
    if (line.waiting.size >= MOST_WAITING) throw new DomainError('RATE_LIMITED', { seconds: COME_AGAIN_SECONDS });
    const end = (): void => {
      const free = (): void => this.end(name, line, response);
      if (request.answering === null) free();
      else request.answering.then(free, free);
    };
    // The last byte was taken by the network, or the connection is gone.
    response.once('close', end);
    // Who went away while it was looked up who asks is told nothing more, and nothing is done for them.
    if (response.closed || response.socket?.destroyed) return new Promise(() => undefined);
    this.lines.set(name, line);
    if (line.running.size >= this.atOnce) await new Promise<void>((begin) => line.waiting.set(response, begin));
    else line.running.add(response);
  }

  private end(name: string, { running, waiting }: Line, response: ServerResponse): void {
    waiting.delete(response);
    if (!running.delete(response)) return;
    for (const [next, begin] of waiting) {
      waiting.delete(next);
      running.add(next);
      begin();
      return;
    }
    if (running.size === 0) this.lines.delete(name);
  }
}
