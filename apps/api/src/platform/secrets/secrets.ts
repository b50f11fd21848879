import { Inject, Injectable } from '@nestjs/common';
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { CONFIG, type Config } from '../../config.ts';
import { DomainError } from '../domain-error.ts';
import { readKeyLines } from './key-file.ts';

const VERSION = 1;
const CIPHER = 'aes-256-gcm';
const KEY_BYTES = 32;
const KEY_ID_BYTES = 8;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** The key that sealed a value is not in the key file, or the value is another row's. */
export class SecretLost extends Error {
  constructor() {
    super('a sealed secret cannot be opened with the keys there are');
    this.name = 'SecretLost';
  }
}

/**
 * Secrets that must be read again (of webhooks): sealed by AES-256-GCM with a key that is in no database. A value is bound to what
 * it is for and to its row: in another row it does not open.
 *
 *   version (1 byte) | key id (8) | nonce (12) | tag (16) | ciphertext
 */
@Injectable()
export class Secrets {
  constructor(@Inject(CONFIG) private readonly config: Pick<Config, 'secretsKeyFile'>) {}

  /** @param owner what it is for and the id of its row, such as `webhook/<id>` */
  seal(owner: string, secret: string): Buffer {
    const [key] = this.keys();
    if (key === undefined)
      throw new DomainError('UNAVAILABLE', {}, `There is no key to seal secrets with: ${this.config.secretsKeyFile} must hold one of 32 bytes, in base64.`);
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(owner));
    const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([VERSION]), idOf(key), nonce, cipher.getAuthTag(), text]);
  }

  /** Whether anything can be sealed. */
  hasKey(): boolean {
    return this.keys().length > 0;
  }

  /** Throws SecretLost. */
  open(owner: string, sealed: Buffer): string {
    const id = sealed.subarray(1, 1 + KEY_ID_BYTES);
    const key = this.keys().find((one) => idOf(one).equals(id));
    if (key === undefined || sealed[0] !== VERSION) throw new SecretLost();
    let at = 1 + KEY_ID_BYTES;
    const next = (length: number): Buffer => sealed.subarray(at, (at += length));
    try {
      const decipher = createDecipheriv(CIPHER, key, next(NONCE_BYTES), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(owner));
      decipher.setAuthTag(next(TAG_BYTES));
      return Buffer.concat([decipher.update(sealed.subarray(at)), decipher.final()]).toString('utf8');
    } catch {
      throw new SecretLost();
    }
  }

  /** Read each time: keys may be added while the process runs. */
  private keys(): Buffer[] {
    return readKeys(this.config.secretsKeyFile);
  }
}

/** Tells which key sealed a value, and nothing about the key. */
const idOf = (key: Buffer): Buffer => createHash('sha256').update('trainyard key id').update(key).digest().subarray(0, KEY_ID_BYTES);

/** The keys of a file, the one that seals first; none where there is no file. */
const readKeys = (file: string): Buffer[] =>
  readKeyLines(file).map((line, i) => {
    const key = Buffer.from(line, 'base64');
    if (key.length !== KEY_BYTES) throw new Error(`${file}, line ${i + 1}: a key has ${KEY_BYTES} bytes, in base64`);
    return key;
  });
