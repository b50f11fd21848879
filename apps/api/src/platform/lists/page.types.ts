import { Field, ObjectType } from '@nestjs/graphql';
import { PAGE_MAX } from '@trainyard/domain';
import { DomainError } from '../domain-error.ts';

@ObjectType({ description: 'Where a page of a list ends.' })
export class PageInfo {
  @Field(() => String, { nullable: true, description: 'Send it as `after` for the next page.' })
  endCursor: string | null;
  @Field()
  hasNextPage: boolean;
}

/** The page size asked for, within 1 and PAGE_MAX. */
export function pageSize(first: number): number {
  if (first < 1 || first > PAGE_MAX) throw new DomainError('BAD_INPUT', { field: 'first', min: 1, max: PAGE_MAX });
  return first;
}

/** A cursor is the sort key of the last item, opaque to clients. */
export function encodeCursor(parts: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}
/** What a cursor was made of; null where a text is no cursor at all. */
export function partsOf(cursor: string): unknown[] | null {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : null;
  } catch {
    return null;
  }
}
export const notOurs = (): DomainError => new DomainError('BAD_INPUT', { field: 'after', reason: 'not a cursor of this list' });

export function decodeCursor(cursor: string | null | undefined, length: number): (string | number)[] | null {
  if (!cursor) return null;
  const key = partsOf(cursor);
  if (key?.length === length && key.every((part) => typeof part === 'string' || typeof part === 'number')) return key as (string | number)[];
  throw notOurs();
}

/** One page out of `first + 1` rows: the extra row only tells that there are more. */
export function page<T>(found: T[], first: number, keyOf: (item: T) => readonly (string | number)[]): { nodes: T[]; pageInfo: PageInfo } {
  const nodes = found.slice(0, first);
  const last = nodes.at(-1);
  return { nodes, pageInfo: { endCursor: last ? encodeCursor(keyOf(last)) : null, hasNextPage: found.length > first } };
}
