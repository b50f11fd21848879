import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createZstdDecompress } from 'node:zlib';
import { extract, type Header } from 'tar-stream';
import { FORMAT, sha256, type Index, type Manifest } from './archive-format.ts';
import { BackupError } from './backup-error.ts';
import { AGE_MAGIC, unseal } from './sealing.ts';
import { checkTrailer } from './trailer.ts';

const ZSTD_MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);
/** npm writes what it runs to standard output, before an archive that goes there. */
const BANNER_BYTES = 4096;
/** Rows come in pieces of a few MiB, and manifest and index are smaller: more is not from us. */
const PIECE_BYTES = 256 * 1024 ** 2;

const DAMAGED = 'The archive is damaged or cut off';
export const damaged = (where: string): BackupError => new BackupError(`${DAMAGED} (${where}): nothing was restored.`);

/** What an archive consists of, in its order. The bytes of a `rows` piece are checked; a blob's must be read to their end and compared by whoever stores them. */
export type Part =
  | { kind: 'MANIFEST'; manifest: Manifest }
  | { kind: 'ROWS'; table: string; bytes: Buffer }
  | { kind: 'BLOB'; digest: string; size: number; bytes: AsyncIterable<Buffer> }
  | { kind: 'KEYS'; bytes: Buffer }
  | { kind: 'INDEX'; index: Index };

/** Reads an archive from its beginning to its end, checking each part; ends with BackupError at the first that is not as it was written. */
export async function* readArchive(source: Readable, passphrase: string | null): AsyncGenerator<Part> {
  const plain = await opened(source, passphrase);
  const unpacked = createZstdDecompress();
  const entries = extract();
  let failure: Error | null = null;
  const fail = (error: Error): void => {
    failure ??= error;
    entries.destroy(error);
  };
  const trailer = checkTrailer();
  for (const stream of [plain, trailer, unpacked]) stream.on('error', fail);
  const tar = entries as unknown as NodeJS.WritableStream;
  plain.pipe(trailer).pipe(unpacked).pipe(tar);
  const whole = Promise.all([finished(trailer), finished(unpacked)]);
  whole.catch(() => undefined);
  let ended = false;
  try {
    for await (const entry of entries as unknown as AsyncIterable<Bytes & { header: Header }>) {
      if (ended) throw damaged('something follows its index');
      const part = await partOf(entry);
      yield part;
      ended = part.kind === 'INDEX';
    }
    // The tar ends before what it is packed in: the digest of the whole is in the last bytes.
    unpacked.unpipe(tar).resume();
    await whole;
  } catch (error) {
    throw explain(failure ?? error);
  } finally {
    plain.destroy();
  }
  if (failure) throw explain(failure);
  if (!ended) throw damaged('it ends too early');
}

/** A file is read by whoever stores it, so what is wrong on the way shows there. */
async function* explaining(bytes: Bytes): AsyncGenerator<Buffer> {
  try {
    yield* bytes;
  } catch (error) {
    throw explain(error);
  }
}

function explain(error: unknown): unknown {
  if (error instanceof BackupError) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const known = /^(ZSTD|Z_)/.test(code) || /invalid tag|invalid ghash|ciphertext|final chunk|tar|end of data|premature|checksum|stream/i.test(text);
  return known ? damaged(text) : error;
}

type Bytes = AsyncIterable<Buffer>;

async function partOf(entry: Bytes & { header: Header }): Promise<Part> {
  const { name, size } = entry.header;
  const blob = /^blobs\/([0-9a-f]{64})$/.exec(name);
  if (blob?.[1] !== undefined) return { kind: 'BLOB', digest: blob[1], size, bytes: explaining(entry) };
  const named = /^(manifest|keys|index|database\/([a-z_0-9]+)\/\d+)\.([0-9a-f]{64})$/.exec(name);
  if (!named || size > PIECE_BYTES) throw damaged(`an entry of the name ${name.slice(0, 100)}`);
  const bytes = await wholeOf(entry);
  const [, kind, table, digest] = named;
  if (sha256(bytes) !== digest) throw damaged(`the content of ${kind ?? name}`);
  if (kind === 'manifest') return { kind: 'MANIFEST', manifest: manifestOf(bytes) };
  if (kind === 'keys') return { kind: 'KEYS', bytes };
  if (kind === 'index') return { kind: 'INDEX', index: JSON.parse(bytes.toString('utf8')) as Index };
  return { kind: 'ROWS', table: table ?? '', bytes };
}

function manifestOf(bytes: Buffer): Manifest {
  const manifest = JSON.parse(bytes.toString('utf8')) as Manifest;
  if (manifest.trainyardBackup !== FORMAT)
    throw new BackupError(
      `The backup is of format ${String(manifest.trainyardBackup)} and this Trainyard reads ${FORMAT}: restore it with the Trainyard that made it.`,
    );
  return manifest;
}

async function wholeOf(bytes: Bytes): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Passes a blob's bytes on, hashing; throws at their end when they are not those of the digest. */
export async function* checked(digest: string, bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of bytes) {
    hash.update(chunk);
    yield chunk;
  }
  if (hash.digest('hex') !== digest) throw damaged(`the stored file ${digest.slice(0, 12)}…`);
}

/** The tar archive's compressed bytes: without npm's banner, and unsealed where it is sealed. */
async function opened(source: Readable, passphrase: string | null): Promise<Readable> {
  const chunks = source.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer>;
  let head = Buffer.alloc(0);
  while (head.length < BANNER_BYTES) {
    const next = await chunks.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  if (head.length === 0) throw new BackupError('The archive is empty.');
  const begins = head.subarray(0, BANNER_BYTES);
  const sealedAt = begins.indexOf(AGE_MAGIC);
  const packedAt = begins.indexOf(ZSTD_MAGIC);
  const isSealed = sealedAt !== -1 && (packedAt === -1 || sealedAt < packedAt);
  const at = isSealed ? sealedAt : packedAt;
  if (at === -1) throw new BackupError('This is no backup of Trainyard, or its beginning is damaged.');
  const rest = head.subarray(at);
  const plain = Readable.from(
    (async function* () {
      yield rest;
      for (;;) {
        const next = await chunks.next();
        if (next.done === true) return;
        yield next.value;
      }
    })(),
    { objectMode: false },
  );
  // Who gives a passphrase believes that only who knows it can have made the archive: one put in its place is not taken for it.
  if (!isSealed && passphrase !== null)
    throw new BackupError(
      'The backup is not encrypted, though a passphrase was given: anybody may have made it. If it is meant to be so, restore it without a passphrase.',
    );
  if (!isSealed) return plain;
  if (passphrase === null)
    throw new BackupError('The backup is encrypted: set TRAINYARD_BACKUP_PASSPHRASE, or name a file that holds the passphrase with --passphrase-file.');
  return unseal(plain, passphrase);
}
