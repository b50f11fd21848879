import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { QueryFailedError, type DataSource } from 'typeorm';
import { apart } from '../http/allowance.ts';

/** What SQL is sent to: a transaction, or the pool for statements that are each one of their own. */
export interface Tx {
  query(sql: string, parameters?: readonly unknown[]): Promise<unknown>;
}

/** Deadlock and serialisation failure: the only errors after which the same transaction may simply be tried again. */
const RETRIED = new Set(['40P01', '40001']);
const MAX_TRIES = 4;
/** A statement that ran longer than it may. */
export const GIVEN_UP = '57014';
/** A row refused because it lacks a value. */
const NOT_NULL = '23502';

interface Statement {
  sql: string;
  parameters: readonly unknown[];
  refused: (error: unknown) => unknown;
}
/** What a transaction does at its end: `closing` is sent together with COMMIT, `committed` runs after it. */
interface Ending {
  closing: Statement[];
  committed: (() => void)[];
}
const endings = new WeakMap<Tx, Ending>();

function endingOf(tx: Tx): Ending {
  const ending = endings.get(tx);
  if (!ending) throw new Error('this needs the Tx of a Database.transaction');
  return ending;
}

/** Runs `hook` once `tx` has committed, never when it rolled back: waking listeners and queues. What is awaited in it handles its own failure. */
export function afterCommit(tx: Tx, hook: () => void): void {
  endingOf(tx).committed.push(hook);
}

/**
 * Has a statement sent at the very end of `tx`, in one go with its COMMIT: locks it takes are held for no round trip. For a
 * write that answers nothing but an error, which rolls everything back. It counts towards no answer:
 * refused by us, and not by the server, it would be missing from what COMMIT keeps.
 * @param refused What is thrown where the server refuses it
 */
export function closing(tx: Tx, sql: string, parameters: readonly unknown[] = [], refused: (error: unknown) => unknown = (error) => error): void {
  endingOf(tx).closing.push({ sql, parameters, refused });
}

/** SQL in, rows out; the same for SELECT and for INSERT, UPDATE and DELETE with RETURNING. */
export async function rows<Row extends object>(tx: Tx, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  const answer: unknown = await tx.query(sql, parameters);
  // TypeORM answers [rows, affected] for UPDATE and DELETE, plain rows otherwise; a row itself is never an array.
  if (Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number') return answer[0] as Row[];
  return answer as Row[];
}

/** The first row, or null. */
export async function row<Row extends object>(tx: Tx, sql: string, parameters: readonly unknown[] = []): Promise<Row | null> {
  return (await rows<Row>(tx, sql, parameters))[0] ?? null;
}

/** The moment by the one clock that all processes share, in whole milliseconds as `Date` has them. */
export async function databaseNow(tx: Tx): Promise<Date> {
  return (await row<{ now: Date }>(tx, `SELECT date_trunc('milliseconds', clock_timestamp()) AS now`))!.now;
}

@Injectable()
export class Database implements OnApplicationShutdown {
  private readonly log = new Logger(Database.name);

  constructor(readonly source: DataSource) {}

  /** How many connections the pool may have. */
  get connections(): number {
    return (this.source.options as { poolSize?: number }).poolSize ?? 10;
  }

  /** Outside a transaction: for reads, and for a write that is one statement. */
  get direct(): Tx {
    return this.source.manager;
  }

  /**
   * One transaction: READ COMMITTED, committed when `work` returns, rolled back when it throws, tried again from the start
   * on deadlock or serialisation failure only. `work` must have no effect outside `tx` but through `afterCommit`.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const ending: Ending = { closing: [], committed: [] };
      let result: T;
      try {
        result = await this.attempt(work, ending);
      } catch (error) {
        if (tries >= MAX_TRIES || !isRetried(error)) throw error;
        continue;
      }
      this.runHooks(ending.committed);
      return result;
    }
  }

  /** What was committed stays: a hook that fails is no failure of the change, keeps no other from running, and tries nothing again. */
  private runHooks(hooks: readonly (() => void)[]): void {
    for (const hook of hooks) {
      try {
        apart(hook);
      } catch (error) {
        this.log.error(`Committed, but what was to follow failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
    }
  }

  /** Connections are pipelined: BEGIN travels with the first statement of `work`, COMMIT with the closing ones. */
  private async attempt<T>(work: (tx: Tx) => Promise<T>, ending: Ending): Promise<T> {
    const runner = this.source.createQueryRunner();
    try {
      await runner.connect();
      const tx = runner.manager;
      endings.set(tx, ending);
      // What begins and ends a transaction passes also when its answer was given up.
      const control = (statement: string): Promise<unknown> => apart(() => runner.query(statement));
      const begun = control('START TRANSACTION');
      try {
        const [result] = await Promise.all([work(tx), begun]);
        const closed = ending.closing.map((statement) =>
          apart(() =>
            tx.query(statement.sql, statement.parameters as unknown[]).catch((error: unknown) => {
              throw statement.refused(error);
            }),
          ),
        );
        // After a failed statement the server answers COMMIT by rolling back; the failure is then what we throw.
        await settled([...closed, control('COMMIT')]);
        return result;
      } catch (error) {
        // The server hung up in the middle of it.
        if (runner.isReleased) throw new Error('Connection terminated within a transaction', { cause: error });
        await control('ROLLBACK').catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

/** Waits for all, then throws the first failure: nothing may be under way on a connection that is given back. */
async function settled(sent: readonly Promise<unknown>[]): Promise<void> {
  const failed = (await Promise.allSettled(sent)).find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}

function isRetried(error: unknown): boolean {
  return error instanceof QueryFailedError && RETRIED.has(sqlState(error) ?? '');
}

/** What the driver said of a query that failed, or null: the error is no failed query's. */
export function queryCause(error: unknown): { code?: unknown; constraint?: unknown; table?: unknown } | null {
  return error instanceof QueryFailedError ? (error.driverError as { code?: unknown; constraint?: unknown; table?: unknown }) : null;
}

/** The SQLSTATE of a failed query, or of a connection that was refused; and the constraint a query broke. */
export function sqlState(error: unknown): string | null {
  const code = queryCause(error)?.code;
  return typeof code === 'string' ? code : null;
}
export function brokenConstraint(error: unknown): string | null {
  const constraint = queryCause(error)?.constraint;
  return typeof constraint === 'string' ? constraint : null;
}
/** The table whose row was refused for want of a value. */
export function brokenTable(error: unknown): string | null {
  const cause = queryCause(error);
  return cause?.code === NOT_NULL && typeof cause.table === 'string' ? cause.table : null;
}
