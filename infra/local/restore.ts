import { existsSync, rmSync, statfsSync } from 'node:fs';
import { endWith } from './backup-command.ts';
import { Home, secretsKeyFileOf } from './home.ts';
import { recognise } from './identity.ts';
import { hasData } from './postgres-data.ts';
import { openHeld, settle, storedFiles } from './home-database.ts';
import { homePath, postgresAddress } from './options.ts';

const HELP = `npm run restore -- FILE [options]

Makes a new home of the backup in FILE, or with "-" of what comes on standard input. Nothing is restored before all of the
archive was read and found right, and nothing into a home or database that has data. Then: npm start.

  --passphrase-file <file>  the file that holds the passphrase; else it is in TRAINYARD_BACKUP_PASSPHRASE
  --check                   look at what it is told, and do nothing
  --help                    this

Environment: TRAINYARD_HOME is the new home; DATABASE_URL an empty PostgreSQL database, instead of the embedded server.
Ends with 0; 1: nothing was restored; 2: restored, but stored files were not in the backup; 130: interrupted, nothing was restored.`;

const RESTORED = [0, 2];
/** PostgreSQL wants this much at a time for its log. */
const ROOM_MB = 64;

/** A database that finds no room for its log dies without a word to those who use it: the disk tells. */
function sayIfFull(home: string): void {
  const { bavail, bsize } = statfsSync(home);
  const left = Math.floor((bavail * bsize) / 1e6);
  if (left < ROOM_MB) process.stderr.write(`The disk that holds ${home} has ${left} MB left: free some, or set TRAINYARD_HOME to a folder on another disk.\n`);
}

await endWith('restore', HELP, async (command) => {
  const path = homePath(process.env);
  const isNew = !existsSync(path);
  let held: Home | null = null;
  let code = 1;
  try {
    const home = await Home.open(path);
    held = home;
    // A start must not begin afresh in what a killed restore leaves. A home that was used stays what it was.
    if (!home.state.seeded && recognise(path).known === null && !hasData(path)) home.remember({ restoring: true });
    const database = await openHeld(home, postgresAddress('DATABASE_URL', process.env));
    try {
      code = await command.runOn({
        databaseUrl: database.url,
        dataDir: storedFiles(path),
        secretsKeyFile: process.env['TRAINYARD_SECRETS_KEY_FILE'] || secretsKeyFileOf(path),
      });
      if (code === 1) sayIfFull(path);
      if (RESTORED.includes(code)) {
        await settle(home, database);
        // What was restored is the workspace: no demonstration is made beside it.
        home.remember({ seeded: true, firstRunDue: false, restoring: false });
      }
    } finally {
      await database.close();
    }
  } finally {
    // A home that was refused is another start's, and so is what stands at the name of one that was moved away.
    if (held?.isHere === true && isNew && !RESTORED.includes(code)) rmSync(path, { recursive: true, force: true });
  }
  return code;
});
