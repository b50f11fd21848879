import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DataSource } from 'typeorm';
import { ROOT } from '../../../infra/local/build.ts';
import { schemaOf, writeDump, type Dump } from '../../../infra/test/upgrade/rows.ts';
import { migrations } from '../src/migrations/index.ts';
import { dataSourceOptions } from '../src/platform/sql/data-source.ts';
import { databaseUrl, onServer, serverUrl } from './test-database.ts';
import { TestTrainyard } from './trainyard.ts';

/** Databases of homes that landed versions made and filled: see infra/test/upgrade/dump.ts. */
const FOLDER = join(ROOT, 'infra/test/upgrade');
const DUMPS = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.json.gz'))
  .sort();
const PAGE = 50;
/** A program starts, or an api: on a busy machine that takes its time. */
const TIMEOUT_MS = 60_000;

interface Opened {
  projects: { key: string; boards: { columns: { name: string; ticketCount: number }[] }[] }[];
  datasets: { totalCount: number; nodes: { name: string; state: string }[] };
}
interface OpenedTicket {
  ticket: {
    title: string;
    runs: {
      number: number;
      kind: string;
      state: string;
      attempts: { state: string; metrics: { series: string; unit: string | null; pointCount: number }[] }[];
    }[];
  };
}

/** Grows from version to version with nothing in it; each home begins as a copy. */
const growing = `upgrade_growing_${randomBytes(6).toString('hex')}`;
beforeAll(async () => {
  await onServer(serverUrl(), (client) => client.query(`CREATE DATABASE ${growing}`));
});
afterAll(async () => {
  await onServer(serverUrl(), (client) => client.query(`DROP DATABASE ${growing} WITH (FORCE)`));
});

describe.each(DUMPS)('a home of %s', (name) => {
  const dump = JSON.parse(gunzipSync(readFileSync(join(FOLDER, name))).toString('utf8')) as Dump;
  const database = `upgrade_${randomBytes(6).toString('hex')}`;
  const url = databaseUrl(serverUrl(), database);
  const rowsOf = (table: string): Record<string, string | null>[] => {
    const found = dump.tables.find((one) => one.name === table);
    if (found === undefined) throw new Error(`The dump has no table ${table}`);
    return found.rows.map((row) => Object.fromEntries(found.columns.map((column, i) => [column.name, row[i] ?? null])));
  };
  let trainyard: TestTrainyard | null = null;

  afterAll(async () => {
    await trainyard?.stop();
    await onServer(serverUrl(), (client) => client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
  });

  it(
    'has the tables its own code made: no migration that landed was changed afterwards',
    async () => {
      const options = dataSourceOptions(databaseUrl(serverUrl(), growing), 2);
      const source = await new DataSource({ ...options, migrations: migrations.slice(0, dump.migrations.length) }).initialize();
      try {
        await source.runMigrations();
      } finally {
        await source.destroy();
      }
      await onServer(serverUrl(), (client) => client.query(`CREATE DATABASE ${database} TEMPLATE ${growing}`));
      await onServer(url, async (client) => {
        const { rows } = await client.query<{ name: string }>('SELECT name FROM migration ORDER BY id');
        expect(rows.map((migration) => migration.name)).toEqual(dump.migrations);
        expect(await schemaOf(client)).toEqual(dump.schema);
        await writeDump(client, dump);
      });
    },
    TIMEOUT_MS,
  );

  it(
    'is migrated by the program that npm start runs, and keeps every row',
    async () => {
      const said = execFileSync(process.execPath, [join(ROOT, 'apps/api/dist/migrate.js')], {
        env: { ...process.env, DATABASE_URL: url, TRAINYARD_DATA_DIR: tmpdir(), TRAINYARD_RUNNER_TOKEN: 'not-used-by-migrations' },
        encoding: 'utf8',
      });
      const due = migrations.length - dump.migrations.length;
      expect(said).toContain(due === 0 ? 'current' : `${due} migrations applied`);
      await onServer(url, async (client) => {
        for (const table of dump.tables) {
          const { rows } = await client.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${client.escapeIdentifier(table.name)}`);
          expect({ table: table.name, kept: (rows[0]?.count ?? 0) >= table.rows.length }).toEqual({ table: table.name, kept: true });
        }
      });
    },
    TIMEOUT_MS,
  );

  it(
    'opens: its boards, datasets, and the run with its curves are what they were',
    async () => {
      trainyard = await TestTrainyard.start({ databaseUrl: url });
      const client = trainyard.client();
      const { setup } = await client.ask<{ setup: { demo: { email: string; password: string } } }>('{ setup { demo { email password } } }');
      await client.ask('mutation($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { orgRole } } }', setup.demo);

      const opened = await client.ask<Opened>(
        `{ projects(states: [ACTIVE, ARCHIVED]) { key boards { columns { name ticketCount } } } datasets(first: ${PAGE}) { totalCount nodes { name state } } }`,
      );
      expect(opened.projects.map(({ key }) => key)).toEqual(
        rowsOf('project')
          .map((project) => project['key'])
          .sort(),
      );
      const cards = opened.projects.flatMap(({ boards }) => boards).flatMap(({ columns }) => columns);
      expect(cards.map(({ name: column }) => column).sort()).toEqual(
        rowsOf('board_column')
          .map((column) => column['name'])
          .sort(),
      );
      // Before there were places each ticket lay in a column.
      const lying = rowsOf(dump.tables.some(({ name }) => name === 'placement') ? 'placement' : 'ticket');
      expect(cards.reduce((sum, { ticketCount }) => sum + ticketCount, 0)).toBe(lying.length);
      expect(opened.datasets.totalCount).toBe(rowsOf('dataset').length);
      expect(opened.datasets.nodes.map((dataset) => `${dataset.name} ${dataset.state}`).sort()).toEqual(
        rowsOf('dataset')
          .map((dataset) => `${dataset['name'] ?? ''} ${dataset['state'] ?? ''}`)
          .sort(),
      );

      for (const run of rowsOf('run')) {
        const ticket = rowsOf('ticket').find(({ id }) => id === run['ticket_id']);
        const { ticket: there } = await client.ask<OpenedTicket>(
          'query($id: ID!) { ticket(id: $id) { title runs { number kind state attempts { state metrics(series: ["LOSS", "ACCURACY"]) { series unit pointCount } } } } }',
          { id: run['ticket_id'] },
        );
        expect(there.title).toBe(ticket?.['title']);
        const found = there.runs.find(({ number }) => String(number) === run['number']);
        expect(found?.kind).toBe('TEMPLATE');
        expect(found?.state).toBe(run['state']);
        expect(found?.attempts.length).toBe(rowsOf('attempt').filter(({ run_id }) => run_id === run['id']).length);
        const [attempt, ...others] = rowsOf('attempt').filter(({ run_id }) => run_id === run['id']);
        // What an attempt has from the one before it is not all counted.
        if (others.length > 0) continue;
        const points = (series: string): number =>
          rowsOf('metric_chunk')
            .filter((chunk) => chunk['attempt_id'] === attempt?.['id'] && chunk['series'] === series)
            .reduce((sum, chunk) => sum + Number(chunk['count']), 0);
        expect(points('LOSS')).toBeGreaterThan(0);
        expect(found?.attempts.flatMap(({ metrics }) => metrics)).toEqual([
          { series: 'LOSS', unit: null, pointCount: points('LOSS') },
          { series: 'ACCURACY', unit: '1', pointCount: points('ACCURACY') },
        ]);
      }
      expect(rowsOf('run').length).toBeGreaterThan(0);
    },
    TIMEOUT_MS,
  );
});

it('there is one of each version that landed with migrations of its own, and of this code', () => {
  const known = DUMPS.map((name) => Number.parseInt(name, 10));
  expect(known).toEqual(expect.arrayContaining([5, 8]));
  // A version whose data nobody kept could not be tried when the next one changes its tables: node infra/test/upgrade/dump.ts makes it.
  expect(known).toContain(migrations.length);
});
