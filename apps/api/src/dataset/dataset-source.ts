import type { DatasetFileRole, DatasetKind, DatasetSource, DatasetSourceKind, SyntheticKind } from '@trainyard/domain';
import type { EntityManager } from 'typeorm';
import { row, rows } from '../platform/database.ts';

interface FileRow {
  role: DatasetFileRole;
  digest: string | null;
  size: number | null;
  name: string | null;
  path: string | null;
}

/** How a runner gets a dataset's bytes; null when the dataset is gone. */
export async function datasetSource(tx: EntityManager, datasetId: string | null): Promise<DatasetSource | null> {
  const dataset = await row<{ kind: DatasetKind; source: DatasetSourceKind; synthetic: SyntheticKind | null; samples: number | null; seed: number | null }>(
    tx,
    'SELECT kind, source, synthetic, samples, seed::float8 AS seed FROM dataset WHERE id = $1',
    [datasetId],
  );
  if (!dataset) return null;
  if (dataset.source === 'SYNTHETIC') {
    const { synthetic, samples, seed } = dataset;
    return synthetic === null ? null : { kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic, samples: samples ?? 0, seed: seed ?? 0 };
  }
  const files = await rows<FileRow>(tx, 'SELECT role, digest, size::float8 AS size, name, path FROM dataset_file WHERE dataset_id = $1 ORDER BY role', [datasetId]);
  if (dataset.source === 'PATH') return { kind: dataset.kind, source: 'PATH', files: files.map(({ role, path }) => ({ role, path: path ?? '' })) };
  return { kind: dataset.kind, source: 'UPLOAD', files: files.map(({ role, digest, size, name }) => ({ role, digest: digest ?? '', size: size ?? 0, name: name ?? '' })) };
}
