import { Decrypter, Encrypter } from 'age-encryption';
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { BackupError } from './backup-error.ts';

/** How every age file begins. */
export const AGE_MAGIC = 'age-encryption.org/v1';

const webOf = (source: Readable): globalThis.ReadableStream<Uint8Array> => Readable.toWeb(source) as globalThis.ReadableStream<Uint8Array>;
const nodeOf = (source: globalThis.ReadableStream<Uint8Array>): Readable => Readable.fromWeb(source as ReadableStream);

/** As the age program has it: a guess costs about a second and 256 MB. */
export const WORK_FACTOR = 18;

/**
 * Encrypts with a passphrase (age: scrypt, then ChaCha20-Poly1305 in chunks whose order and end are authenticated).
 * @param workFactor logarithm of what a guess costs; tests take less
 */
export async function seal(source: Readable, passphrase: string, workFactor = WORK_FACTOR): Promise<Readable> {
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(workFactor);
  encrypter.setPassphrase(passphrase);
  return nodeOf(await encrypter.encrypt(webOf(source)));
}

/** Opens what `seal` or another age program encrypted with this passphrase. */
export async function unseal(source: Readable, passphrase: string): Promise<Readable> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return nodeOf(await decrypter.decrypt(webOf(source)));
  } catch (error) {
    const text = error instanceof Error ? error.message : '';
    if (text.includes('no identity matched'))
      throw new BackupError('The passphrase is not the one this backup was encrypted with, or it was encrypted for a key.');
    throw new BackupError(`The encrypted archive is damaged at its beginning (${text}).`);
  }
}
