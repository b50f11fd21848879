import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for a whole Trainyard of a test. */
export function temporaryHome(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'trainyard-home-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
