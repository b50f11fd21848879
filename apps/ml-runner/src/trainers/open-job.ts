import type { LoadedDataset } from '../datasets/dataset-content.ts';
import { DatasetError } from '../datasets/dataset-error.ts';
import { loadDataset } from '../datasets/load-dataset.ts';
import { EngineError, type OpenEngine } from '../engines/engine.ts';
import { openEngine } from '../engines/open-engine.ts';
import type { TrainingJob } from '../job/child-job.ts';
import { TrainingFailure } from './training-failure.ts';

/** Rejects with TrainingFailure where the engine is not there any more. */
export async function engineOf({ engine }: TrainingJob): Promise<OpenEngine> {
  try {
    return await openEngine(engine);
  } catch (error) {
    throw error instanceof EngineError ? new TrainingFailure('ENGINE_UNAVAILABLE', error.message) : error;
  }
}

/** What the run was queued with; rejects with TrainingFailure where it is something else now, or cannot be read. */
export async function datasetOf({ dataset, spec }: TrainingJob): Promise<LoadedDataset> {
  try {
    const loaded = await loadDataset(dataset);
    if (loaded.digest === spec.datasetDigest) return loaded;
    throw new TrainingFailure(
      'DATASET_CHANGED',
      `The dataset's content is not what it was when the run was queued: its digest is ${loaded.digest.slice(0, 12)}…, expected ${spec.datasetDigest.slice(0, 12)}…`,
      {
        reason: 'OTHER_DIGEST',
        got: loaded.digest.slice(0, 12),
        expected: spec.datasetDigest.slice(0, 12),
      },
    );
  } catch (error) {
    throw error instanceof DatasetError
      ? new TrainingFailure('DATASET_UNREADABLE', `The dataset cannot be used: ${error.message}.`, { ...error.params, problem: error.code })
      : error;
  }
}
