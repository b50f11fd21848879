import { endWith } from './backup-command.ts';
import { secretsKeyFileOf } from './home.ts';
import { openUsed, storedFiles } from './home-database.ts';
import { homePath, postgresAddress } from './options.ts';

const HELP = `npm run backup -- FILE [options]

Writes everything as it is at this moment to FILE, or with "-" to standard output (then: npm run --silent backup -- -).
Trainyard may be running. What it says goes to standard error.

  --encrypt                 encrypt with the passphrase in TRAINYARD_BACKUP_PASSPHRASE
  --passphrase-file <file>  ... or in this file
  --check                   look at what it is told, and do nothing
  --help                    this

Environment: TRAINYARD_HOME and DATABASE_URL as for npm start.
Ends with 0; 1: no backup was made; 2: it was, without the stored files it names; 130: interrupted.`;

await endWith('backup', HELP, async (command) => {
  const home = homePath(process.env);
  const database = await openUsed(home, postgresAddress('DATABASE_URL', process.env));
  try {
    return await command.runOn({
      databaseUrl: database.url,
      dataDir: storedFiles(home),
      secretsKeyFile: process.env['TRAINYARD_SECRETS_KEY_FILE'] || secretsKeyFileOf(home),
    });
  } finally {
    await database.close();
  }
});
