/** What a person can act on: its message is one sentence and all that is printed. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}

/** It was asked to stop. */
export class Interrupted extends BackupError {}

const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Says what the system said about `place` in a sentence; hands every other error back. */
export function explained(error: unknown, place: string): unknown {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new BackupError(`No space is left on the disk that holds ${place}.`);
    case 'EACCES':
    case 'EPERM':
      return new BackupError(`No permission to use ${place}.`);
    case 'EROFS':
      return new BackupError(`${place} is on a read-only file system.`);
    case 'ENOENT':
      return new BackupError(`${place} is not there.`);
    case 'EISDIR':
      return new BackupError(`${place} is a folder: name a file.`);
    case 'EPIPE':
      return new BackupError('Whatever read the archive stopped reading before its end.');
    case 'ECONNREFUSED':
    case 'ENOTFOUND':
    case '57P01':
    case '57P03':
      return new BackupError(`The database cannot be reached (${error instanceof Error ? error.message : ''}).`);
    case '53100':
      return new BackupError('No space is left on the disk that holds the database.');
    default:
      // A server that is killed, or finds no room for its log, says nothing more.
      if (error instanceof Error && /^Connection terminated/.test(error.message))
        return new BackupError('The database went away in the middle: its log says why (a full disk is one reason).');
      return error;
  }
}
