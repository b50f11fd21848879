import {
  defaultFieldResolver,
  getNamedType,
  getNullableType,
  isLeafType,
  isListType,
  isObjectType,
  type GraphQLFieldResolver,
  type GraphQLSchema,
} from 'graphql';
import { AsyncLocalStorage } from 'node:async_hooks';
import { DomainError } from '../domain-error.ts';

/** Of an answer, however little its document seemed to cost. The largest of our screens' is below a tenth of it. */
export const MAX_ANSWER_BYTES = 8 * 1024 ** 2;
/** Of rows that the database may send for one answer: what is looked through is more than what is told, but not without end. */
const MAX_READ_BYTES = 2 * MAX_ANSWER_BYTES;
/** Of things in lists, nested ones counted each time. The dialog that queues a run lists the columns and words of a hundred tables. */
const MAX_LISTED = 200_000;
/** Numbers and names in a list that weigh as much as one thing with fields of its own. */
const PLAIN_A_THING = 8;

export const tooLarge = (): DomainError =>
  new DomainError(
    'ANSWER_TOO_LARGE',
    { limit: MAX_ANSWER_BYTES },
    `The answer has more than ${MAX_ANSWER_BYTES} bytes: ask for fewer things, or page by page.`,
  );

/**
 * What one answer may still take of this process. The cost of a document is a guess before it runs: a list may hold a hundred times
 * what is usual, and a row may hold megabytes. So what really comes is counted where it comes in, from the database and into
 * lists, and given up there: by the time that an answer is written, it would fill the memory many times over.
 */
export class Allowance {
  private bytes = MAX_READ_BYTES;
  private listed = MAX_LISTED;

  /** Counts what the database sends; false where it was too much. */
  read(bytes: number): boolean {
    this.bytes -= bytes;
    return this.bytes >= 0;
  }

  /** Counts what a list holds; throws ANSWER_TOO_LARGE. */
  list(things: number): void {
    this.listed -= things;
    if (this.listed < 0) throw tooLarge();
  }

  /** For the next event of a subscription. */
  renew(): void {
    this.bytes = MAX_READ_BYTES;
    this.listed = MAX_LISTED;
  }
}

const current = new AsyncLocalStorage<Allowance>();
/** Of the answer that is being made; none in what the server does by itself. */
export const allowance = (): Allowance | undefined => current.getStore();
/** Runs `work`, and whatever it begins, within an allowance of its own. */
export const withAllowance = <T>(work: () => T): T => current.run(new Allowance(), work);
/** Runs what serves others too, or goes on after the answer: it counts towards nobody's. */
export const apart = <T>(work: () => T): T => current.exit(work);

/** Has every list of the schema counted as it is answered. */
export function countLists(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      if (!isListType(getNullableType(field.type))) continue;
      field.resolve = counted(field.resolve ?? defaultFieldResolver, isLeafType(getNamedType(field.type)) ? 1 / PLAIN_A_THING : 1);
    }
  }
  return schema;
}

function counted(resolve: GraphQLFieldResolver<unknown, unknown>, share: number): GraphQLFieldResolver<unknown, unknown> {
  const count = (list: unknown): unknown => {
    if (Array.isArray(list)) allowance()?.list(thingsIn(list) * share);
    return list;
  };
  return (...call) => {
    const list: unknown = resolve(...call);
    return list instanceof Promise ? list.then(count) : count(list);
  };
}

/** A table is a list of lists. */
const thingsIn = (list: readonly unknown[]): number =>
  Array.isArray(list[0]) ? list.reduce<number>((sum, row) => sum + (Array.isArray(row) ? thingsIn(row) : 0), 0) : list.length;

/** Whether a value is certainly too large to be sent: found out without writing it, which takes as much memory again. */
export function isTooLarge(value: unknown): boolean {
  let left = MAX_ANSWER_BYTES;
  const weigh = (one: unknown): void => {
    if (typeof one === 'string') left -= one.length;
    else if (Array.isArray(one)) {
      left -= one.length;
      for (let i = 0; i < one.length && left >= 0; i++) weigh(one[i]);
    } else if (typeof one === 'object' && one !== null) {
      for (const name in one) {
        left -= name.length + 3;
        weigh((one as Record<string, unknown>)[name]);
        if (left < 0) return;
      }
    } else left -= 1;
  };
  weigh(value);
  return left < 0;
}
