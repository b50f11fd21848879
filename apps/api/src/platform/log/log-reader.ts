import { Injectable, Logger } from '@nestjs/common';
import { messageOf } from '@trainyard/domain';
import { setTimeout } from 'node:timers/promises';
import { Database, row, rows, type Tx } from '../sql/database.ts';
import { ANY_ACTIVITY } from './activity-log.ts';
import { ENTRY_COLUMNS, type LogEntry } from './log-entry.ts';
import { Wakeups } from './wakeups.ts';

/** While a log grows fast, what came within this time is read in one go: a commit for each entry would cost writers a fifth of their speed. */
const PACE_MS = 250;
/** Entries read in one transaction. */
const STRETCH = 200;
/** Writes, in `tx`, what it makes of entries that follow each other. */
export type Reads = (tx: Tx, entries: readonly LogEntry[]) => Promise<void>;
/** Writes, in `tx`, what it makes of all entries of a scope up to one: for a log of which nothing was read yet. */
export type ReadsAll = (tx: Tx, scope: string, seq: number) => Promise<void>;

/**
 * Reads the log on, each scope from where it last stopped, across restarts and in any number of processes: the position moves in the
 * transaction in which `fn` writes what it makes of the entries.
 */
export class LogReader {
  constructor(
    private readonly name: string,
    private readonly database: Database,
    private readonly wakeups: Wakeups,
  ) {}

  /** Follows a scope from its next entry on; one that is followed already is left where it stands. Answers the scope's last entry. */
  async begin(tx: Tx, scope: string): Promise<number> {
    const head = await row<{ seq: number }>(tx, 'SELECT seq::int AS seq FROM activity_scope WHERE id = $1', [scope]);
    if (!head) throw new Error(`log: no scope ${scope}`);
    await tx.query('INSERT INTO log_position (reader, scope, seq) VALUES ($1, $2, $3) ON CONFLICT (reader, scope) DO NOTHING', [this.name, scope, head.seq]);
    return head.seq;
  }

  /** Follows a scope no more. */
  async end(tx: Tx, scope: string): Promise<void> {
    await tx.query('DELETE FROM log_position WHERE reader = $1 AND scope = $2', [this.name, scope]);
  }

  /** Gives `fn` all that is new in a scope, in order; `all`, where there is one, makes the beginning of a scope at once. Whoever reads the same scope at the same time is left to it. */
  async each(scope: string, fn: Reads, all?: ReadsAll): Promise<void> {
    for (let count = STRETCH; count === STRETCH;) {
      count = await this.database.transaction(async (tx) => {
        const at = await row<{ seq: string }>(tx, 'SELECT seq FROM log_position WHERE reader = $1 AND scope = $2 FOR UPDATE SKIP LOCKED', [this.name, scope]);
        if (!at) return 0;
        if (all && at.seq === '0') return this.readAll(tx, scope, all);
        const entries = await rows<LogEntry>(tx, `SELECT ${ENTRY_COLUMNS} FROM activity a WHERE a.scope = $1 AND a.seq > $2 ORDER BY a.seq LIMIT ${STRETCH}`, [
          scope,
          at.seq,
        ]);
        const last = entries.at(-1);
        if (!last) return 0;
        await fn(tx, entries);
        await tx.query('UPDATE log_position SET seq = $3 WHERE reader = $1 AND scope = $2', [this.name, scope, last.seq]);
        return entries.length;
      });
    }
  }

  /** Answers as many as a stretch, for more may have come meanwhile; 0: there is nothing. */
  private async readAll(tx: Tx, scope: string, all: ReadsAll): Promise<number> {
    const head = await row<{ seq: number }>(tx, 'SELECT seq::int AS seq FROM activity_scope WHERE id = $1', [scope]);
    if (!head || head.seq === 0) return 0;
    await all(tx, scope, head.seq);
    await tx.query('UPDATE log_position SET seq = $3 WHERE reader = $1 AND scope = $2', [this.name, scope, head.seq]);
    return STRETCH;
  }

  /** Does `each` for every scope that grew (of those that were begun, or of all there are), now and whenever one does, until `ended`. A scope that fails is tried again and keeps no other from its turn. */
  async follow(fn: Reads, ended: AbortSignal, scopes: 'BEGUN' | 'ALL' = 'BEGUN', all?: ReadsAll): Promise<void> {
    const log = new Logger(`LogReader ${this.name}`);
    for await (const _ of this.wakeups.watch(ANY_ACTIVITY, ended)) {
      try {
        if (scopes === 'ALL') await this.beginNew();
        for (const scope of await this.behind())
          await this.each(scope, fn, all).catch((error: unknown) => log.error(`The log of ${scope} could not be read on: ${messageOf(error)}`));
      } catch (error) {
        log.warn(`The log waits to be read: ${messageOf(error)}`);
      }
      await setTimeout(PACE_MS, null, { signal: ended }).catch(() => undefined);
    }
  }

  /** A scope without a position is one that was opened since: it is read from its first entry on. */
  private async beginNew(): Promise<void> {
    await this.database.direct.query(
      /* sql */ `
      INSERT INTO log_position (reader, scope, seq)
      SELECT $1, s.id, 0 FROM activity_scope s WHERE NOT EXISTS (SELECT FROM log_position p WHERE p.reader = $1 AND p.scope = s.id)
      ON CONFLICT (reader, scope) DO NOTHING`,
      [this.name],
    );
  }

  /** The scopes that have something new. */
  private async behind(): Promise<string[]> {
    const found = await rows<{ scope: string }>(
      this.database.direct,
      'SELECT p.scope FROM log_position p JOIN activity_scope s ON s.id = p.scope WHERE p.reader = $1 AND s.seq > p.seq ORDER BY p.scope',
      [this.name],
    );
    return found.map(({ scope }) => scope);
  }
}

/** Has a reader of all scopes begin anew, in every process. Whoever reads is waited for. */
export async function beginAgain(tx: Tx, reader: string): Promise<void> {
  await tx.query('DELETE FROM log_position WHERE reader = $1', [reader]);
}

/** The log, for those who make something of it later. */
@Injectable()
export class LogReaders {
  constructor(
    private readonly database: Database,
    private readonly wakeups: Wakeups,
  ) {}

  /** Under its name its positions are kept. */
  reader(name: string): LogReader {
    return new LogReader(name, this.database, this.wakeups);
  }

  /** Entries `from` to `to` of a scope, both included, in order. */
  range(scope: string, from: number, to: number): Promise<LogEntry[]> {
    return rows(this.database.direct, `SELECT ${ENTRY_COLUMNS} FROM activity a WHERE a.scope = $1 AND a.seq BETWEEN $2 AND $3 ORDER BY a.seq`, [
      scope,
      from,
      to,
    ]);
  }
}
