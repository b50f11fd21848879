import { createWriteStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';
import type { Index } from './backup/archive-format.ts';
import { bytesText, countText } from './backup/progress.ts';
import { intoFile } from './backup/part-file.ts';
import { run } from './backup/program.ts';
import { takeBackup } from './backup/take-backup.ts';

const STDOUT = 1;

/**
 * process.stdout blocks the whole process while a pipe is full, so that it could not be interrupted; a file's stream gives up on
 * a pipe that stays full for a moment. A socket waits until its reader goes on.
 */
function standardOutput(): Writable {
  const kind = fstatSync(STDOUT);
  if (kind.isFIFO() || kind.isSocket()) return new Socket({ fd: STDOUT, readable: false, writable: true });
  return createWriteStream('', { fd: STDOUT, autoClose: false });
}

/** Backs up a Trainyard that runs or not: `backup FILE [--encrypt] [--passphrase-file FILE]`. The environment says where it is. */
await run('backup', async ({ file, passphrase, where, progress, signal }) => {
  const index: Index =
    file === '-'
      ? await takeBackup(where, standardOutput(), passphrase, progress, signal)
      : await intoFile(file, (out) => takeBackup(where, out, passphrase, progress, signal));
  const rows = index.tables.reduce((sum, table) => sum + table.rows, 0);
  progress.say(
    `Backed up ${countText(rows, 'row')} of ${countText(index.tables.length, 'table')} and ${countText(index.blobs.count, 'file')} of ${bytesText(index.blobs.bytes)} in ${progress.seconds}.`,
  );
  if (index.missing.length > 0) progress.say(`INCOMPLETE: ${countText(index.missing.length, 'stored file')} could not be backed up (named above).`);
  progress.say(`Digest ${index.digest}`);
  return index;
});
