import { IDX_HEADER_BYTES, parseIdxHeader, type DatasetFileRole, type IdxHeader, type Result } from '@trainyard/domain';

/** What the first bytes of a chosen file say, by the rule that the runner reads it with: known before anything is sent. */
export async function readIdxHeader(file: Blob, role: DatasetFileRole): Promise<Result<IdxHeader>> {
  try {
    return parseIdxHeader(await firstBytes(file), role.endsWith('LABELS') ? 1 : 3);
  } catch {
    return { ok: false, code: 'DATASET_MALFORMED', params: { form: 'GZIP' } };
  }
}

async function firstBytes(file: Blob): Promise<Uint8Array> {
  const start = new Uint8Array(await file.slice(0, IDX_HEADER_BYTES).arrayBuffer());
  const packed = start[0] === 0x1f && start[1] === 0x8b;
  if (!packed) return start;
  const reader = file.stream().pipeThrough(new DecompressionStream('gzip')).getReader();
  const { value } = await reader.read();
  await reader.cancel();
  return value?.subarray(0, IDX_HEADER_BYTES) ?? new Uint8Array();
}
