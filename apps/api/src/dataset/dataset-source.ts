import {
  NOTHING_ASKED,
  type AskedReading,
  type DatasetFileRole,
  type DatasetKind,
  type DatasetSource,
  type DatasetSourceKind,
  type SyntheticKind,
  type TableReading,
  type TableSource,
} from '@trainyard/domain';
import { row, rows, type Tx } from '../platform/sql/database.ts';

interface FileRow {
  role: DatasetFileRole;
  digest: string | null;
  size: number | null;
  name: string | null;
  path: string | null;
}

interface SourceRow {
  kind: DatasetKind;
  source: DatasetSourceKind;
  synthetic: SyntheticKind | null;
  samples: number | null;
  seed: number | null;
  digest: string | null;
  reading: TableReading | null;
  readingAsked: AskedReading | null;
}

/**
 * How a runner gets a dataset's bytes; null when the dataset is gone.
 * @param purpose INSPECT: a table is read as its owner asked, the rest is guessed anew. TRAIN: exactly as the inspection read it
 */
export async function datasetSource(tx: Tx, datasetId: string | null, purpose: 'INSPECT' | 'TRAIN'): Promise<DatasetSource | null> {
  const dataset = await row<SourceRow>(
    tx,
    'SELECT kind, source, synthetic, samples, seed::float8 AS seed, digest, reading, reading_asked AS "readingAsked" FROM dataset WHERE id = $1',
    [datasetId],
  );
  if (!dataset) return null;
  if (dataset.source === 'SYNTHETIC') {
    const { synthetic, samples, seed } = dataset;
    return synthetic === null ? null : { kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic, samples: samples ?? 0, seed: seed ?? 0 };
  }
  const files = await rows<FileRow>(tx, 'SELECT role, digest, size::float8 AS size, name, path FROM dataset_file WHERE dataset_id = $1 ORDER BY role', [
    datasetId,
  ]);
  const table = dataset.kind === 'CSV' ? { table: tableSource(dataset, purpose) } : {};
  if (dataset.source === 'PATH') return { kind: dataset.kind, source: 'PATH', files: files.map(({ role, path }) => ({ role, path: path ?? '' })), ...table };
  return {
    kind: dataset.kind,
    source: 'UPLOAD',
    files: files.map(({ role, digest, size, name }) => ({ role, digest: digest ?? '', size: size ?? 0, name: name ?? '' })),
    ...table,
  };
}

/** What has a digest and no reading was inspected before there were readings, and keeps its digest until its owner adopts one. */
function tableSource({ digest, reading, readingAsked }: SourceRow, purpose: 'INSPECT' | 'TRAIN'): TableSource {
  if (purpose === 'TRAIN') return { known: reading ?? 'LEGACY' };
  return digest !== null && reading === null && readingAsked === null ? { known: 'LEGACY' } : { asked: readingAsked ?? NOTHING_ASKED };
}
