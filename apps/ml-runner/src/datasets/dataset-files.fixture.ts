import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { DatasetFileRole, ErrorCode, ErrorParams } from '@trainyard/domain';
import type { LocalDataset } from '../job/child-job.ts';
import { DatasetError } from './dataset-error.ts';
import { inspectDataset } from './inspect-dataset.ts';

/** An IDX file of unsigned bytes; `count` may lie about how many samples follow. */
export function idx(dimensions: number[], data: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * dimensions.length);
  header[2] = 8;
  header[3] = dimensions.length;
  dimensions.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i));
  return Buffer.concat([header, data]);
}

/** A folder of files for one test file, removed by `remove`. */
export class FixtureFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'trainyard-datasets-'));
  private files = 0;

  write(content: Uint8Array | string): string {
    const path = join(this.path, `file-${this.files++}`);
    writeFileSync(path, content);
    return path;
  }

  idx(files: Partial<Record<DatasetFileRole, Uint8Array>>, gzip = false): LocalDataset {
    return {
      kind: 'IDX',
      files: Object.entries(files).map(([role, content]) => ({ role: role as DatasetFileRole, path: this.write(gzip ? gzipSync(content) : content) })),
    };
  }

  csv(content: Uint8Array | string): Exclude<LocalDataset, { kind: 'SYNTHETIC' }> {
    return { kind: 'CSV', files: [{ role: 'TABLE', path: this.write(content) }] };
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

/** Why a dataset is refused by who inspects it, or who reads it otherwise. */
export async function refusal<T extends LocalDataset>(
  dataset: T,
  read: (dataset: T) => Promise<unknown> = inspectDataset,
): Promise<{ code: ErrorCode; params: ErrorParams }> {
  try {
    await read(dataset);
  } catch (error) {
    if (error instanceof DatasetError) return { code: error.code, params: error.params };
    throw error;
  }
  throw new Error('The dataset was accepted.');
}
