import { createHash } from 'node:crypto';
import { DomainError } from '../domain-error.ts';
import { encodeCursor, notOurs, partsOf } from './page.types.ts';

/** Where a page ended: in which list and query, when the first page was asked for, what was counted then, and the keys of the last row. */
export interface Cursor {
  digest: string;
  now: number;
  counted: number;
  keys: readonly (string | null)[];
}

/** What a cursor is bound to. */
export const digestOf = (parts: readonly (string | null)[]): string => createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 16);

export const cursorText = ({ digest, now, counted, keys }: Cursor): string => encodeCursor([digest, now, counted, ...keys]);

/** The cursor of a text, as long as it is one of this list and query. */
export function cursorIn(text: string, digest: string): Cursor {
  const [of, now, counted, ...keys] = partsOf(text) ?? [];
  const isOurs = typeof of === 'string' && isMoment(now) && isCount(counted) && keys.length > 0 && keys.every((key) => key === null || typeof key === 'string');
  if (!isOurs) throw notOurs();
  if (of !== digest) throw new DomainError('BAD_INPUT', { field: 'after', reason: 'OTHER_QUERY' }, 'The cursor is of another query or order.');
  return { digest, now, counted, keys: keys as (string | null)[] };
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
const isMoment = (value: unknown): value is number => isCount(value) && value <= Date.UTC(2999, 0);
