import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { QueryFailedError, type DataSource, type EntityManager } from 'typeorm';

/** Deadlock and serialisation failure: the only errors after which the same transaction may simply be tried again. */
const RETRIED = new Set(['40P01', '40001']);
const MAX_TRIES = 4;

const commitHooks = new WeakMap<EntityManager, (() => void)[]>();

/** Runs `hook` once `tx` has committed, never when it rolled back: waking listeners and queues. */
export function afterCommit(tx: EntityManager, hook: () => void): void {
  const hooks = commitHooks.get(tx);
  if (!hooks) throw new Error('afterCommit needs the EntityManager of a Database.transaction');
  hooks.push(hook);
}

/** SQL in, rows out; the same for SELECT and for INSERT, UPDATE and DELETE with RETURNING. */
export async function rows<Row extends object>(tx: EntityManager, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  const answer: unknown = await tx.query(sql, parameters as unknown[]);
  // TypeORM answers [rows, affected] for UPDATE and DELETE, plain rows otherwise; a row itself is never an array.
  if (Array.isArray(answer) && answer.length === 2 && Array.isArray(answer[0]) && typeof answer[1] === 'number') return answer[0] as Row[];
  return answer as Row[];
}

/** The first row, or null. */
export async function row<Row extends object>(tx: EntityManager, sql: string, parameters: readonly unknown[] = []): Promise<Row | null> {
  return (await rows<Row>(tx, sql, parameters))[0] ?? null;
}

@Injectable()
export class Database implements OnApplicationShutdown {
  constructor(readonly source: DataSource) {}

  /** For reads outside a transaction. */
  get read(): EntityManager {
    return this.source.manager;
  }

  /**
   * One transaction: READ COMMITTED, committed when `work` returns, rolled back when it throws, tried again from the start
   * on deadlock or serialisation failure only. `work` must have no effect outside `tx` but through `afterCommit`.
   */
  async transaction<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    for (let tries = 1; ; tries++) {
      const hooks: (() => void)[] = [];
      try {
        const result = await this.source.transaction(async (tx) => {
          commitHooks.set(tx, hooks);
          return work(tx);
        });
        for (const hook of hooks) hook();
        return result;
      } catch (error) {
        if (tries >= MAX_TRIES || !isRetried(error)) throw error;
      }
    }
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }
}

function isRetried(error: unknown): boolean {
  return error instanceof QueryFailedError && RETRIED.has(sqlState(error) ?? '');
}

/** The SQLSTATE of a failed query, and the constraint it broke. */
export function sqlState(error: unknown): string | null {
  const driver = error instanceof QueryFailedError ? (error.driverError as { code?: unknown }) : null;
  return typeof driver?.code === 'string' ? driver.code : null;
}
export function brokenConstraint(error: unknown): string | null {
  const driver = error instanceof QueryFailedError ? (error.driverError as { constraint?: unknown }) : null;
  return typeof driver?.constraint === 'string' ? driver.constraint : null;
}
