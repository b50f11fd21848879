import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { withClient } from '../../local/connection.ts';
import { readDump } from './rows.ts';

/**
 * Makes the test data of the upgrade test, once per landed version that has migrations of its own:
 *
 *   git worktree add /tmp/version COMMIT && cd /tmp/version
 *   TRAINYARD_HOME=/tmp/home npm start -- --port 0        # wait until the demonstration's run has ended; leave it running
 *   node infra/test/upgrade/dump.ts COMMIT DATABASE_URL   # in this clone; user, password and port stand in /tmp/home/postgres.json
 */
const [version, url] = process.argv.slice(2);
if (version === undefined || url === undefined) {
  process.stderr.write('node infra/test/upgrade/dump.ts COMMIT DATABASE_URL\n');
  process.exit(1);
}
const dump = await withClient(url, (client) => readDump(client, version));
const file = join(import.meta.dirname, `${String(dump.migrations.length).padStart(4, '0')}-${version.slice(0, 7)}.json.gz`);
const bytes = gzipSync(JSON.stringify(dump), { level: 9 });
writeFileSync(file, bytes);
process.stdout.write(`${file}: ${dump.tables.length} tables, ${dump.tables.reduce((sum, { rows }) => sum + rows.length, 0)} rows, ${bytes.length} bytes\n`);
