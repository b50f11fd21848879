import type { LocalDataset } from '../job/child-job.ts';
import type { LoadedDataset } from './dataset-content.ts';
import { DatasetError } from './dataset-error.ts';
import { loadIdx } from './idx-files.ts';
import { makeSynthetic } from './synthetic.ts';
import { loadTable } from './table-file.ts';

/** Reads a dataset into memory. Rejects with DatasetError. */
export async function loadDataset(local: LocalDataset): Promise<LoadedDataset> {
  switch (local.kind) {
    case 'IDX':
      return loadIdx(local.files);
    case 'CSV':
      return loadTable(tablePath(local), local.table);
    case 'SYNTHETIC':
      return makeSynthetic(local);
  }
}

export function tablePath(local: Extract<LocalDataset, { files: unknown }>): string {
  const table = local.files.find((file) => file.role === 'TABLE');
  if (!table) throw new DatasetError('DATASET_MALFORMED', { file: 'TABLE', form: 'FILE' });
  return table.path;
}
