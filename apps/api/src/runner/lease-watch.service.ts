import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { keepWatch, messageOf, type LeaseWatch } from '@trainyard/domain';
import { CONFIG, type Config } from '../config.ts';
import { Database, row } from '../platform/sql/database.ts';

const NOTE_MS = 2_000;
/** Notes in a lease at least: one that comes late must not look like a pause (see keepWatch). */
const NOTES_IN_LEASE = 4;

/** Notes in the database, while this api answers, that runners can renew their leases: without that the worker reaps nobody. */
@Injectable()
export class LeaseWatchNotes implements BeforeApplicationShutdown {
  private readonly log = new Logger(LeaseWatchNotes.name);
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** From now on runners are answered. */
  start(): void {
    const everyMs = Math.min(NOTE_MS, (this.config.leaseSeconds * 1000) / NOTES_IN_LEASE);
    const again = (): void => {
      const noted = this.note().catch((error: unknown) => this.log.warn(`Could not note that runners are answered: ${messageOf(error)}`));
      void noted.then(() => {
        if (this.timer) this.timer = setTimeout(again, everyMs);
      });
    };
    this.timer = setTimeout(again, 0);
  }

  beforeApplicationShutdown(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
  }

  /** @param now Of the database, whose clock sets the leases; tests bring their own */
  async note(now?: Date): Promise<void> {
    await this.database.transaction(async (tx) => {
      const noted = await row<LeaseWatch & { now: Date }>(tx, 'SELECT since, last, clock_timestamp() AS now FROM lease_watch FOR UPDATE');
      if (!noted) throw new Error('lease_watch: no row');
      const { since, last } = keepWatch(noted, now ?? noted.now, this.config.leaseSeconds);
      await tx.query('UPDATE lease_watch SET since = $1, last = $2', [since, last]);
    });
  }
}
