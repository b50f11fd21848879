import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';

interface GraphqlReply {
  data?: unknown;
  errors?: { message: string; extensions?: { code?: string } }[];
}

/** The api refused: `code` is the first error's stable code. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}

/** A signed-in person without a browser: GraphQL over HTTP and its subscriptions. */
export class ApiClient {
  readonly url: string;
  private cookie = '';
  private socket: Client | null = null;

  constructor(url: string) {
    this.url = url;
  }

  static async signIn(url: string, email: string, password: string): Promise<ApiClient> {
    const client = new ApiClient(url);
    await client.query('mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { id } } }', { email, password });
    return client;
  }

  get headers(): Record<string, string> {
    return { 'x-trainyard-csrf': '1', ...(this.cookie === '' ? {} : { cookie: this.cookie }) };
  }

  async query<T = Record<string, never>>(query: string, variables: Record<string, unknown> = {}): Promise<T> {
    const answer = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...this.headers },
      body: JSON.stringify({ query, variables }),
      signal: AbortSignal.timeout(30_000),
    });
    const cookies = answer.headers.getSetCookie();
    if (cookies.length > 0) this.cookie = cookies.map((one) => one.split(';')[0]).join('; ');
    const reply = (await answer.json()) as GraphqlReply & { code?: string; message?: string };
    const error = reply.errors?.[0];
    if (error !== undefined) throw new ApiRefusal(error.extensions?.code ?? 'UNKNOWN', error.message);
    if (reply.data === undefined || reply.data === null) throw new ApiRefusal(reply.code ?? String(answer.status), reply.message ?? 'no data');
    return reply.data as T;
  }

  /** Uploads bytes for a dataset; answers the upload's id. */
  async upload(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<string> {
    const answer = await fetch(`${this.url}/uploads?name=${encodeURIComponent(name)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', ...this.headers },
      body: bytes,
    });
    const reply = (await answer.json()) as { uploadId?: string; code?: string; message?: string };
    if (reply.uploadId === undefined) throw new ApiRefusal(reply.code ?? String(answer.status), reply.message ?? 'no upload id');
    return reply.uploadId;
  }

  /** Calls `next` with each event until the returned function is called. `ready` resolves once the socket is acknowledged. */
  subscribe<T>(query: string, variables: Record<string, unknown>, next: (data: T) => void): { ready: Promise<void>; stop: () => void } {
    const headers = this.headers;
    this.socket ??= createClient({
      url: this.url.replace(/^http/, 'ws') + '/graphql',
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols?: string | string[]) {
          super(address, protocols, { headers });
        }
      },
      lazy: false,
      retryAttempts: 0,
    });
    const socket = this.socket;
    const ready = new Promise<void>((resolve) => void socket.on('connected', () => resolve()));
    const stop = socket.subscribe<T>(
      { query, variables },
      {
        next: (event) => {
          if (event.data !== null && event.data !== undefined) next(event.data);
        },
        error: () => undefined,
        complete: () => undefined,
      },
    );
    return { ready, stop };
  }

  async close(): Promise<void> {
    await this.socket?.dispose();
  }
}
