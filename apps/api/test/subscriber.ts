import { createClient, type Client } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { GraphqlClient } from './client.ts';

/** A subscription as a browser holds it, over a real socket; what arrived is kept in `events`. */
export class Subscriber<Event> {
  readonly events: Event[] = [];
  /** Catalogue codes the subscription ended with; null while it goes on. */
  ended: string[] | null = null;
  /** Resolves once the server has accepted the socket, as the person who opened it then was. */
  readonly connected: Promise<void>;
  private readonly client: Client;
  private waiting: (() => void)[] = [];
  private readonly unsubscribe: () => void;

  constructor(
    private readonly by: GraphqlClient,
    query: string,
    variables: Record<string, unknown>,
    socket?: Client,
  ) {
    const { cookie, token } = by;
    class SignedInSocket extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, { headers: { ...(cookie && { cookie }), ...(token && { authorization: `Bearer ${token}` }), origin: by.url } });
      }
    }
    this.client = socket ?? createClient({ url: `${by.url.replace('http', 'ws')}/graphql`, webSocketImpl: SignedInSocket, retryAttempts: 0, lazy: true });
    this.connected = new Promise((resolve) => this.client.on('connected', () => resolve()));
    this.unsubscribe = this.client.subscribe<Record<string, Event>>(
      { query, variables },
      {
        next: ({ data, errors }) => {
          if (errors) this.finish(errors.map((error) => String(error.extensions?.['code'])));
          const event = data && Object.values(data)[0];
          if (event) this.events.push(event);
          this.tell();
        },
        error: (error) =>
          this.finish(Array.isArray(error) ? error.map((each: { extensions?: { code?: string } }) => String(each.extensions?.code)) : [String(error)]),
        complete: () => this.finish([]),
      },
    );
  }

  /** Another subscription over the same socket. */
  also(query: string, variables: Record<string, unknown>): Subscriber<Event> {
    return new Subscriber<Event>(this.by, query, variables, this.client);
  }

  /** Waits until `condition` holds for what arrived so far; fails after `timeoutMs` with what did. */
  async until(condition: (subscriber: this) => boolean, timeoutMs = 8000): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (!condition(this)) {
      const left = deadline - Date.now();
      if (left <= 0) throw new Error(`never arrived: ${String(condition)}; ${this.events.length} events, ended ${JSON.stringify(this.ended)}`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
  }

  async stop(): Promise<void> {
    this.unsubscribe();
    await this.client.dispose();
  }

  private finish(codes: string[]): void {
    this.ended ??= codes;
    this.tell();
  }

  private tell(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }
}
