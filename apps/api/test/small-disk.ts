import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DiskSpace } from '../src/platform/blobs/disk-space.ts';
import type { TestTrainyard } from './trainyard.ts';

/** From now on the disk of stored files seems to have room for so many bytes, those that lie on it among them. */
export function pretendDisk({ app, config }: TestTrainyard, size: () => number): void {
  app.get(DiskSpace).look = async () => ({ size: size(), free: size() - (await bytesUnder(join(config.dataDir, 'blobs'))) });
}

/** What lies in a folder and those below it. */
export async function bytesUnder(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => stat(join(parentPath, name)).catch(() => ({ size: 0 })));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
}

/** A file system of its own with so many MiB, in memory; null where this user may mount none. */
export function mountDisk(mebibytes: number): { path: string; unmount: () => void } | null {
  const path = mkdtempSync(join(tmpdir(), 'trainyard-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${mebibytes}m`, 'tmpfs', path]);
  if (status !== 0) {
    rmdirSync(path);
    return null;
  }
  return {
    path,
    unmount: () => {
      spawnSync('umount', [path]);
      rmdirSync(path);
    },
  };
}
