import type { ServerResponse } from 'node:http';
import { DomainError } from './domain-error.ts';

/** Requests of one person that wait; beyond, they are told to come again. */
const MOST_WAITING = 200;
/** A turn is over in less, where answers are read. */
const COME_AGAIN_SECONDS = 1;

interface Line {
  running: Set<ServerResponse>;
  /** In the order in which they came. */
  waiting: Map<ServerResponse, () => void>;
}

/**
 * So many requests of one person at once; more wait, before their bodies are read, and begin in the order they came. A turn lasts until
 * its answer was read: who reads nothing holds up nobody else, and no more of our memory than so many answers. And what one person
 * asks, however much, stands between the requests of others only a few at a time.
 */
export class Turns {
  private readonly lines = new Map<string, Line>();

  constructor(private readonly atOnce: number) {}

  /** Resolves when it is the request's turn; throws RATE_LIMITED {seconds} where too many wait. Who goes away meanwhile has none. */
  async take(person: string, response: ServerResponse): Promise<void> {
    const line = this.lines.get(person) ?? { running: new Set(), waiting: new Map() };
    if (line.waiting.size >= MOST_WAITING) throw new DomainError('RATE_LIMITED', { seconds: COME_AGAIN_SECONDS });
    const end = (): void => this.end(person, line, response);
    // The last byte was taken by the network, or the connection is gone.
    response.once('finish', end);
    response.once('close', end);
    // Who went away while it was looked up who asks is told nothing more, and holds no place.
    if (response.closed || response.socket?.destroyed) return;
    this.lines.set(person, line);
    if (line.running.size >= this.atOnce) await new Promise<void>((begin) => line.waiting.set(response, begin));
    else line.running.add(response);
  }

  private end(person: string, { running, waiting }: Line, response: ServerResponse): void {
    waiting.delete(response);
    if (!running.delete(response)) return;
    for (const [next, begin] of waiting) {
      waiting.delete(next);
      running.add(next);
      begin();
      return;
    }
    if (running.size === 0) this.lines.delete(person);
  }
}
