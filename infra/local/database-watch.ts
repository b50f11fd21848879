import { EventEmitter } from 'node:events';
import pg from 'pg';
import { StartError } from './start-error.ts';

export interface WatchEvents {
  away: [{ why: string }];
  back: [{ afterMs: number }];
}

/** The advisory lock of the one start that may use a database; the api holds others (apps/api/src/platform/sql/advisory-locks.ts). */
const LOCK = 7263;
const CONNECT_MS = 3000;
const AGAIN_MS = 500;
const ASK_MS = 5000;
/** The connection of a start that was killed lives a moment longer. */
const TAKE_MS = 5000;

/**
 * Holds one connection to a database of DATABASE_URL for as long as Trainyard runs on it: keeps a second home from using it, whose
 * files would not be the same, and says once that the database is away and once that it is back.
 */
export class DatabaseWatch extends EventEmitter<WatchEvents> {
  private readonly url: string;
  private client: pg.Client | null = null;
  private awaySince: number | null = null;
  private timer: NodeJS.Timeout | null = null;
  private closed = false;

  private constructor(url: string) {
    super();
    this.url = url;
  }

  /** Takes the database for this start; throws StartError when another has it, which `holder` describes. */
  static async open(url: string, holder: string, takeMs: number = TAKE_MS): Promise<DatabaseWatch> {
    const watch = new DatabaseWatch(url);
    const deadline = Date.now() + takeMs;
    while (!(await watch.connect())) {
      if (Date.now() >= deadline) {
        watch.close();
        throw new StartError(
          `Another Trainyard (${holder}) uses the database of DATABASE_URL, and its files lie in its own home: use that one, or stop it first.`,
        );
      }
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
    watch.timer = setInterval(() => void watch.ask(), ASK_MS);
    watch.timer.unref();
    return watch;
  }

  /** When the database was last known to be away: now while it is, never when it was not. */
  get lastAway(): number {
    return this.awaySince === null ? this.backAt : Date.now();
  }
  private backAt = 0;

  close(): void {
    this.closed = true;
    if (this.timer !== null) clearInterval(this.timer);
    void this.client?.end().catch(() => undefined);
  }

  /** Connects and takes the lock. False when another start has it. */
  private async connect(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.url,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: CONNECT_MS,
      keepAlive: true,
      application_name: 'trainyard-start',
    });
    client.on('error', (error) => this.lost(client, error.message));
    try {
      await client.connect();
      const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [LOCK]);
      if (rows[0]?.taken !== true) {
        await client.end();
        return false;
      }
    } catch (error) {
      void client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
    client.on('end', () => this.lost(client, 'the connection ended'));
    return true;
  }

  private async ask(): Promise<void> {
    const { client } = this;
    if (client === null) return;
    await client.query('SELECT 1').catch((error: unknown) => this.lost(client, error instanceof Error ? error.message : String(error)));
  }

  private lost(client: pg.Client, why: string): void {
    if (this.closed || this.client !== client) return;
    this.client = null;
    void client.end().catch(() => undefined);
    this.awaySince = Date.now();
    this.emit('away', { why });
    void this.comeBack(this.awaySince);
  }

  private async comeBack(since: number): Promise<void> {
    while (!this.closed) {
      // Another start that took the database meanwhile will end by itself or by a person; until then this one waits like for an absent one.
      const connected = await this.connect().catch(() => false);
      if (connected) {
        if (this.closed) return this.close();
        this.awaySince = null;
        this.backAt = Date.now();
        this.emit('back', { afterMs: this.backAt - since });
        return;
      }
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
}
