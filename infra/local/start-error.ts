/** A problem a person can act on: its message is one clear sentence and all that is printed before exit code 1. */
export class StartError extends Error {
  override readonly name = 'StartError';
}

/** A fault of ours as one line, with the place for whoever mends it. */
export function explainFault(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return `${error.message}. This should not happen. ${(error.stack ?? '')
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .slice(0, 3)
    .map((line) => line.trim())
    .join(' ')}`;
}

/** The system's code of an error (ENOENT ...). Not by `instanceof`: Jest's sandbox has an Error of its own. */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : undefined;

/** Turns what the operating system or PostgreSQL said about a file of `home`, or about `home` itself, into a sentence; null when it is none of the known cases. */
export function explainPlace(error: unknown, home: string): StartError | null {
  // The file at fault, where the system names it: not always is all of the home.
  const place = typeof error === 'object' && error !== null && 'path' in error && typeof error.path === 'string' ? error.path : home;
  const text = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT' || /No space left on device|Check free disk space|disk quota exceeded/i.test(text)) {
    return new StartError(`No space is left on the disk that holds ${place}: free some, or set TRAINYARD_HOME to a folder on another disk.`);
  }
  if (code === 'EACCES' || code === 'EPERM' || /permission denied/i.test(text)) {
    return new StartError(`No permission to use ${place}: make it yours (chown -R), or set TRAINYARD_HOME to a folder you may write to.`);
  }
  if (code === 'EROFS' || /read-only file system/i.test(text)) {
    return new StartError(`${place} is on a read-only file system: set TRAINYARD_HOME to a folder that can be written to.`);
  }
  if (code === 'ENOTDIR' || code === 'EEXIST') {
    return new StartError(`${place} is in the way: it is a file where Trainyard needs a folder; move it, or set TRAINYARD_HOME to another folder.`);
  }
  return null;
}
