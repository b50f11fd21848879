import type { ErrorParams } from '@trainyard/domain';

/** What the api answered instead, as every screen speaks of errors. */
export class UploadError extends Error {
  readonly code: string;
  readonly params: ErrorParams;

  constructor(code: string, params: ErrorParams = {}) {
    super(code);
    this.name = 'UploadError';
    this.code = code;
    this.params = params;
  }
}

/**
 * Sends one file. fetch() does not tell how much has been sent, so this is the older request that does.
 * Rejects with UploadError, or with the signal's reason when it was aborted.
 */
export function sendFile(address: string, file: File, signal: AbortSignal, onProgress: (sentBytes: number) => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = (): void => request.abort();
    request.open('POST', address);
    request.setRequestHeader('content-type', 'application/octet-stream');
    request.setRequestHeader('x-trainyard-csrf', '1');
    request.responseType = 'json';
    request.upload.onprogress = (event) => onProgress(event.loaded);
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response);
      else reject(errorOf(request.response));
    };
    request.onerror = () => reject(new UploadError('UNAVAILABLE'));
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener('abort', abort);
    signal.addEventListener('abort', abort);
    if (signal.aborted) reject(signal.reason);
    else request.send(file);
  });
}

function errorOf(answer: unknown): UploadError {
  if (typeof answer !== 'object' || answer === null || !('code' in answer)) return new UploadError('INTERNAL');
  const params = 'params' in answer && typeof answer.params === 'object' && answer.params !== null ? (answer.params as ErrorParams) : {};
  return new UploadError(String(answer.code), params);
}
