import { ReportRefused } from './said.ts';

/** Bytes as a body brings them, in chunks of a size. */
export async function* bytes(content: string | Uint8Array, size: number = 64 * 1_024): AsyncGenerator<Uint8Array> {
  const all = typeof content === 'string' ? Buffer.from(content) : content;
  for (let at = 0; at < all.length; at += size) {
    await Promise.resolve();
    yield all.subarray(at, at + size);
  }
}

/** A body that is made while it is read. */
export async function* made(parts: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    await Promise.resolve();
    yield Buffer.from(part);
  }
}

/** Why it was refused. Anything but a refusal fails the spec. */
export async function refusal(reading: Promise<unknown>): Promise<{ reason: string; message: string } & Record<string, unknown>> {
  try {
    await reading;
  } catch (error) {
    if (error instanceof ReportRefused) return { ...error.facts, reason: error.reason, message: error.message };
    throw error;
  }
  throw new Error('It was read.');
}
