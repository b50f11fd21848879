import { DATASET_LIMITS } from '@trainyard/domain';
import { sendFile, UploadError } from '../shell/send-file.ts';

/** A file the api has taken in: named in `createDataset`. */
export interface Upload {
  uploadId: string;
  digest: string;
  size: number;
  name: string;
}

/** Sends one file of a dataset. Rejects as `sendFile` does. */
export async function upload(file: File, signal: AbortSignal, onProgress: (sentBytes: number) => void): Promise<Upload> {
  const refused = checkSize(file);
  if (refused) throw refused;
  return (await sendFile(`/uploads?name=${encodeURIComponent(file.name)}`, file, signal, onProgress)) as Upload;
}

/** What need not be sent to know that it will be refused. */
export function checkSize(file: File): UploadError | null {
  if (file.size === 0) return new UploadError('DATASET_EMPTY', { file: file.name });
  if (file.size > DATASET_LIMITS.fileBytes)
    return new UploadError('DATASET_TOO_LARGE', { file: file.name, unit: 'BYTES', limit: DATASET_LIMITS.fileBytes, got: file.size });
  return null;
}
