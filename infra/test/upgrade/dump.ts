import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../../local/build.ts';
import { withClient } from '../../local/connection.ts';
import { startTrainyard } from '../../local/trainyard.ts';
import { temporaryHome } from '../temporary-home.ts';
import { waitFor } from '../wait-for.ts';
import { readDump } from './rows.ts';

/**
 * Makes the test data of the upgrade test: the rows of a home that this code makes and fills, demonstration and trained run included.
 *
 *   node infra/test/upgrade/dump.ts
 *
 * Once per version that has migrations of its own, before it lands; a spec asks for it. One of a state that never landed goes with `git rm`.
 */
const git = (...args: string[]): string => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
const numberOf = (file: string): number => Number.parseInt(file, 10);

const home = temporaryHome();
const trainyard = await startTrainyard({ home: home.path, port: 0, host: '127.0.0.1', empty: false, volatile: true }, ({ name, detail }) =>
  process.stdout.write(`${name}: ${detail}\n`),
);
try {
  await trainyard.everythingReady;
  const dump = await withClient(trainyard.databaseUrl, async (client) => {
    await waitFor(
      'the run of the demonstration to end',
      async () => (await client.query(`SELECT 1 FROM attempt WHERE state = 'SUCCEEDED' AND host <> 'example'`)).rowCount === 1,
      300_000,
    );
    return readDump(client, git('rev-parse', '--short=7', 'HEAD'));
  });
  for (const file of readdirSync(import.meta.dirname)) if (numberOf(file) === dump.migrations.length) rmSync(join(import.meta.dirname, file));
  const file = join(import.meta.dirname, `${String(dump.migrations.length).padStart(4, '0')}-${dump.version}.json.gz`);
  const bytes = gzipSync(JSON.stringify(dump), { level: 9 });
  writeFileSync(file, bytes);
  process.stdout.write(`${file}: ${dump.tables.length} tables, ${dump.tables.reduce((sum, { rows }) => sum + rows.length, 0)} rows, ${bytes.length} bytes\n`);
} finally {
  await trainyard.stop();
  home.remove();
}
