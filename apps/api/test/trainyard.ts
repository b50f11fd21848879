import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { BlockList } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../src/app.ts';
import type { Config } from '../src/config.ts';
import { Database } from '../src/platform/sql/database.ts';
import { DEFAULT_LIMITS } from '../src/platform/http/limits.ts';
import { GraphqlClient } from './client.ts';
import { createTestDatabase } from './test-database.ts';

/** The real api on a database and data folder of its own, listening on a port of its own. */
export class TestTrainyard {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly config: Config,
    readonly url: string,
    private readonly cleanUp: () => Promise<void>,
  ) {}

  static async start(overrides: Partial<Config> = {}, onFastify?: (fastify: FastifyInstance) => void): Promise<TestTrainyard> {
    const database = await createTestDatabase();
    const dataDir = await mkdtemp(join(tmpdir(), 'trainyard-api-'));
    await writeFile(join(dataDir, 'secrets.key'), randomBytes(32).toString('base64'));
    const config: Config = {
      databaseUrl: database.url,
      host: '127.0.0.1',
      port: 0,
      healthPort: 0,
      dataDir,
      secretsKeyFile: join(dataDir, 'secrets.key'),
      webhookAllowPrivate: new BlockList(),
      webDir: null,
      publicUrl: null,
      allowedHosts: [],
      trustedProxies: [],
      runnerToken: 'a-runner-token-for-tests',
      ownRunners: [],
      metricsToken: null,
      logLevel: 'silent',
      poolSize: 12,
      statementSeconds: 30,
      leaseSeconds: 15,
      retrySeconds: 5,
      sessionIdleDays: 14,
      auditDays: 365,
      uploadMaxBytes: 10 * 1024 ** 2,
      uploadPendingBytes: 100 * 1024 ** 2,
      // The machine that tests may have less free than a server keeps.
      diskReserveBytes: 0,
      // All strangers of a spec come from one address, and some ask every operation there is.
      limits: { ...DEFAULT_LIMITS, strangersPerMinute: 100_000 },
      ...overrides,
    };
    const app = await createApp(config, onFastify);
    await app.listen(0, '127.0.0.1');
    return new TestTrainyard(app, config, await app.getUrl(), async () => {
      await app.close();
      await database.drop();
      await rm(dataDir, { recursive: true, force: true });
    });
  }

  /** Another process of the same installation: on this one's database and data. Stop it first. */
  async another(): Promise<TestTrainyard> {
    const app = await createApp(this.config);
    await app.listen(0, '127.0.0.1');
    return new TestTrainyard(app, this.config, await app.getUrl(), () => app.close());
  }

  get database(): Database {
    return this.app.get(Database);
  }

  /** What a browser sends of a cookie of ours: its name ends with the installation. */
  async cookie(name: 'session' | 'browser', value: string): Promise<string> {
    const [installation] = (await this.database.direct.query('SELECT left(id::text, 8) AS id FROM installation')) as { id: string }[];
    return `trainyard_${name}_${installation?.id}=${value}`;
  }

  /** A client that nobody is signed in with. */
  client(): GraphqlClient {
    return new GraphqlClient(this.url);
  }

  async stop(): Promise<void> {
    await this.cleanUp();
  }
}
