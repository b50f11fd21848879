import { messageOf } from '@trainyard/domain';
import { openDataSource } from './platform/sql/data-source.ts';
import { readConfig } from './config.ts';
import { followFolder } from './dataset/moved-folder.ts';
import { migrations } from './migrations/index.ts';
import { ADVISORY_LOCKS } from './platform/sql/advisory-locks.ts';
import { migrateQueue } from './platform/jobs/queue-schema.ts';

/**
 * Brings a database to this code's schema: `migrate [FROM TO]`, where the folder FROM of datasets registered by path is now TO.
 * Exit 3: the database is newer than the code; nothing was changed.
 */
const NEWER = 3;

try {
  const config = readConfig();
  const source = await openDataSource(config.databaseUrl, 2);
  try {
    // One connection, held to the end: the lock is its own. One migrating process at a time, however many start together,
    // and the look at what is there comes after the wait for whoever was first.
    const held = source.createQueryRunner();
    await held.query(`SELECT pg_advisory_lock(${ADVISORY_LOCKS.migration})`);
    const known = new Set(migrations.map((migration) => migration.name));
    const table = (await held.query(`SELECT to_regclass('migration') IS NOT NULL AS there`)) as { there: boolean }[];
    const done = table[0]?.there ? ((await held.query('SELECT name FROM migration ORDER BY id')) as { name: string }[]) : [];
    const unknown = done.filter(({ name }) => !known.has(name));
    if (unknown.length > 0) {
      process.stderr.write(
        `The database was made by a newer Trainyard (${unknown.map(({ name }) => name).join(', ')}): update this copy, or use another database.\n`,
      );
      process.exitCode = NEWER;
    } else {
      const run = await source.runMigrations();
      await migrateQueue(config.databaseUrl);
      const [from, to] = process.argv.slice(2);
      if (from !== undefined && to !== undefined) await followFolder(source.manager, from, to);
      process.stdout.write(run.length > 0 ? `${run.length} migrations applied\n` : 'current\n');
    }
  } finally {
    await source.destroy();
  }
} catch (error) {
  process.stderr.write(`trainyard migrate: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
