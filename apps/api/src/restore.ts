import { open } from 'node:fs/promises';
import { bytesText, countText } from './backup/progress.ts';
import { run } from './backup/program.ts';
import { restoreBackup } from './backup/restore-backup.ts';
import { explained } from './backup/backup-error.ts';

/** Restores into an empty database and data folder: `restore FILE [--passphrase-file FILE]`. The environment says where they are. */
await run('restore', async ({ file, passphrase, where, progress, signal }) => {
  try {
    const archive = file === '-' ? process.stdin : (await open(file)).createReadStream();
    const index = await restoreBackup(archive, where, passphrase, progress, signal);
    const rows = index.tables.reduce((sum, table) => sum + table.rows, 0);
    progress.say(
      `Restored ${countText(rows, 'row')} of ${countText(index.tables.length, 'table')} and ${countText(index.blobs.count, 'file')} of ${bytesText(index.blobs.bytes)} in ${progress.seconds}.`,
    );
    if (index.missing.length > 0) {
      progress.say(
        `INCOMPLETE: the backup was made without ${countText(index.missing.length, 'stored file')}: ${index.missing.slice(0, 20).join(', ')}${index.missing.length > 20 ? ' ...' : ''}`,
      );
    }
    progress.say(`Digest ${index.digest}`);
    return index;
  } catch (error) {
    throw explained(error, file);
  }
});
