import { readFileSync, statSync } from 'node:fs';

/** When a process began, as the kernel counts it: its number alone may belong to somebody else by now. Null when it is gone, or where there is no /proc. */
export function beganAt(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // Counted after the command name, which may itself contain spaces and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // One that was killed and is not buried yet does nothing any more.
    return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
  } catch {
    return null;
  }
}

/** Which start of the machine this is: each counts its processes anew. Empty where there is no /proc. */
export function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** A folder told apart from its copies: a moved one keeps this, a copied one gets another. Null when there is none, or none that we may see. */
export function folderIdentity(path: string): string | null {
  try {
    const stat = statSync(path, { bigint: true });
    return `${stat.dev}:${stat.ino}`;
  } catch {
    return null;
  }
}
