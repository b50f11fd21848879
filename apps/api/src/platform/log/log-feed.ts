import type { BeforeApplicationShutdown, OnApplicationBootstrap } from '@nestjs/common';
import type { Tx } from '../sql/database.ts';
import type { LogEntry } from './log-entry.ts';
import type { LogReader } from './log-reader.ts';

/** In the worker process, for as long as it runs: makes something of what is new in the log. */
export abstract class LogFeed implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly ended = new AbortController();
  private followed: Promise<void> = Promise.resolve();

  /** @param scopes as `LogReader.follow` takes them */
  protected constructor(
    private readonly reader: LogReader,
    private readonly scopes: 'BEGUN' | 'ALL',
  ) {}

  onApplicationBootstrap(): void {
    const all = this.takeAll && ((tx: Tx, scope: string, seq: number) => this.takeAll!(tx, scope, seq));
    this.followed = this.reader.follow((tx, entries) => this.take(tx, entries), this.ended.signal, this.scopes, all);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ended.abort();
    await this.followed;
  }

  /** All entries of a scope up to one, where none was read before; without it they come by stretches. */
  protected takeAll?(tx: Tx, scope: string, seq: number): Promise<void>;

  /** Entries of one scope that follow each other. */
  protected abstract take(tx: Tx, entries: readonly LogEntry[]): Promise<void>;
}
