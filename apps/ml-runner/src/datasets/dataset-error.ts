import type { DatasetFacts, DatasetFileRole, ErrorCode } from '@trainyard/domain';

const SENTENCES: Partial<Record<ErrorCode, string>> = {
  DATASET_EMPTY: 'it holds no data',
  DATASET_MALFORMED: 'it is not in the expected form',
  DATASET_TRUNCATED: 'it ends too early',
  DATASET_NOT_NUMERIC: 'a cell among numbers is no number',
  DATASET_ONE_CLASS: 'all of its samples are of one class',
  DATASET_TOO_SMALL: 'it holds too few samples to train on',
  DATASET_TOO_LARGE: 'it is larger than allowed',
  DATASET_COUNT_MISMATCH: 'its images and labels differ in number',
  DATASET_SHAPE_MISMATCH: 'its test images differ in size from the others',
  DATASET_PATH_UNREADABLE: 'its file cannot be opened',
};

/** Of a text among the facts, in characters: a cell may hold a megabyte, and the api refuses to be told that. */
const MAX_FACT = 1_000;

/** Data that cannot be trained on; `code` and `params` say what is wrong and where, for the screen to put into words. */
export class DatasetError extends Error {
  readonly code: ErrorCode;
  readonly params: DatasetFacts;
  constructor(code: ErrorCode, params: DatasetFacts = {}, options?: ErrorOptions) {
    const shown = Object.entries(params).map(([name, value]) => [name, typeof value === 'string' ? value.slice(0, MAX_FACT) : value] as const);
    const facts = shown.map(([name, value]) => `${name}: ${value}`);
    const sentence = SENTENCES[code] ?? code;
    super(facts.length > 0 ? `${sentence} (${facts.join(', ')})` : sentence, options);
    this.name = 'DatasetError';
    this.code = code;
    this.params = Object.fromEntries(shown);
  }

  /** The same error, saying which file it is about. */
  inFile(role: DatasetFileRole): DatasetError {
    return new DatasetError(this.code, { file: role, ...this.params }, { cause: this });
  }
}
