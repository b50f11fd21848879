import type { DatasetFileRole, ErrorCode, ErrorParams } from '@trainyard/domain';

/** Data that cannot be trained on; `code` and `params` say what is wrong and where, for the screen to put into words. */
export class DatasetError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  constructor(code: ErrorCode, params: ErrorParams = {}, options?: ErrorOptions) {
    const facts = Object.entries(params).map(([name, value]) => `${name}: ${value}`);
    super(facts.length > 0 ? `${code} (${facts.join(', ')})` : code, options);
    this.name = 'DatasetError';
    this.code = code;
    this.params = params;
  }

  /** The same error, saying which file it is about. */
  inFile(role: DatasetFileRole): DatasetError {
    return new DatasetError(this.code, { file: role, ...this.params }, { cause: this });
  }
}
