import { DatasetRuns } from './DatasetRuns.tsx';
import { TrainOnDataset } from './TrainOnDataset.tsx';

/** What the page of a dataset shows of this room. */
export const DATASET_PARTS = { Runs: DatasetRuns, Train: TrainOnDataset };
