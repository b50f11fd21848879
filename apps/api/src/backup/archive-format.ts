import { createHash } from 'node:crypto';

/**
 * A backup is a tar archive, compressed with zstd and, where a passphrase was given, sealed as an age file: other tools open
 * it too (`age -d | zstd -d | tar x`). Its entries, in this order:
 *
 *   manifest.<sha256>                     Manifest as JSON
 *   database/<table>/<n>.<sha256>         rows as PostgreSQL's COPY writes them, in pieces
 *   blobs/<sha256>                        stored files, under the digest they have in the data folder
 *   keys.<sha256>                         the keys of sealed secrets, one a line; in a sealed archive alone
 *   index.<sha256>                        Index as JSON: what all of that comes to
 *
 * Every entry carries the SHA-256 of its bytes in its name, so that each is checked before anything is done with it; the index
 * comes last, so that an archive which was cut off has none. The SHA-256 of the whole ends it, in a frame that zstd passes over.
 */
export const FORMAT = 1;

export interface TableShape {
  name: string;
  /** Those with content of their own, in order; generated ones are made anew. */
  columns: string[];
}

export interface Manifest {
  trainyardBackup: typeof FORMAT;
  /** ISO 8601. */
  madeAt: string;
  postgres: string;
  /** Names of the migrations that made the schema, oldest first. */
  migrations: string[];
  tables: TableShape[];
  sequences: { name: string; value: string; called: boolean }[];
}

export interface TableSum {
  name: string;
  rows: number;
  bytes: number;
  /** Of the rows as COPY writes them, in the order of their key. */
  sha256: string;
}

export interface Index {
  tables: TableSum[];
  blobs: { count: number; bytes: number };
  /** Files the database names that were not to be had, or were damaged. */
  missing: string[];
  /** One digest for all rows: see digestOf. */
  digest: string;
}

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');

/** The digest of a database's content: equal for equal rows, whatever wrote them. */
export const digestOf = (tables: readonly TableSum[]): string =>
  sha256(
    [...tables]
      .sort((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, rows, sha256: sum }) => `${name} ${rows} ${sum}\n`)
      .join(''),
  );
