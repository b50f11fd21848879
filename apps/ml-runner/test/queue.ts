import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createPostgresBackend, runMigrations, withBackend } from 'bullmq';
import pg from 'pg';

const { Queue } = withBackend(createPostgresBackend);
const SCHEMA = 'bullmq';
const ROLE = 'trainyard_runner';
const PASSWORD = 'runner-test';
const SERVER = fileURLToPath(new URL('./postgres-server.ts', import.meta.url));

/** A real PostgreSQL with the queue's schema and the runner's restricted role, and the api's side of the bell. */
export class TestQueue {
  /** The URL a runner gets: a role that reaches only the queue's schema. */
  readonly runnerUrl: string;
  private readonly url: string;
  private readonly stopServer: () => Promise<void>;

  private constructor(url: string, stopServer: () => Promise<void>) {
    this.url = url;
    this.stopServer = stopServer;
    const runner = new URL(url);
    runner.username = ROLE;
    runner.password = PASSWORD;
    this.runnerUrl = runner.href;
  }

  static async start(): Promise<TestQueue> {
    const server = fork(SERVER, { execArgv: [] });
    const exited = once(server, 'exit');
    const url = await Promise.race([
      once(server, 'message'),
      exited.then(([code]) => Promise.reject(new Error(`PostgreSQL did not start (exit code ${String(code)}).`))),
    ]);
    const queue = new TestQueue(String(url[0]), async () => {
      server.disconnect();
      await exited;
    });
    await queue.query(async (client) => {
      await runMigrations(client, SCHEMA);
      await client.query(`
        CREATE ROLE ${ROLE} LOGIN PASSWORD '${PASSWORD}';
        GRANT USAGE ON SCHEMA ${SCHEMA} TO ${ROLE};
        GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${SCHEMA} TO ${ROLE};
        GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${SCHEMA} TO ${ROLE};
        GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${SCHEMA} TO ${ROLE};
      `);
    });
    return queue;
  }

  async ring(queueName: string, name: string, data: object): Promise<void> {
    const queue = new Queue(queueName, { connection: { connectionString: this.url, schema: SCHEMA, max: 1 } });
    queue.on('error', () => undefined);
    try {
      await queue.add(name, data, { removeOnComplete: true, removeOnFail: true });
    } finally {
      await queue.close();
    }
  }

  /** Jobs that are not completed and removed. */
  async jobs(): Promise<number> {
    const { rows } = await this.query((client) => client.query<{ count: string }>(`SELECT count(*) AS count FROM ${SCHEMA}.job`));
    return Number(rows[0]?.count);
  }

  /** Kills the server with signal 9; whoever supervises it starts it again. */
  async killServer(): Promise<void> {
    const { rows } = await this.query((client) => client.query<{ pid: string }>("SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid"));
    process.kill(Number(rows[0]?.pid), 'SIGKILL');
  }

  /** Kills one of the server's own processes: it cuts all connections at once, recovers and goes on by itself. False when it was not up to be asked. */
  crashServer(): Promise<boolean> {
    return this.query(async (client) => {
      const { rows } = await client.query<{ pid: number }>("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'");
      if (rows[0] === undefined) return false;
      process.kill(rows[0].pid, 'SIGKILL');
      return true;
    }).catch(() => false);
  }

  async isUp(): Promise<boolean> {
    return this.query((client) => client.query('SELECT 1')).then(
      () => true,
      () => false,
    );
  }

  stop(): Promise<void> {
    return this.stopServer();
  }

  private async query<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await work(client);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
