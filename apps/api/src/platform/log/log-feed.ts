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
    this.followed = this.reader.follow((tx, entries) => this.take(tx, entries), this.ended.signal, this.scopes);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.ended.abort();
    await this.followed;
  }

  /** Entries of one scope that follow each other. */
  protected abstract take(tx: Tx, entries: readonly LogEntry[]): Promise<void>;
}
