import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../config.ts';
import { Database, row, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { OpenCounts } from '../platform/http/limits.ts';

/** How many files a person may send at once, and how many bytes may be theirs that no dataset has taken yet: unused uploads lie on the disk for a day. */
@Injectable()
export class UploadQuota {
  /** What is being received by this process, by person: many at once share what is left. */
  private readonly underWay = new Map<string, number>();
  /** How many that are: each holds a connection, a file and an entry, however few bytes it announced. */
  private readonly open = new OpenCounts();

  constructor(
    private readonly database: Database,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /**
   * Runs `receive` with the most bytes it may take: those announced, else what an upload may have and is left. Throws
   * TOO_LARGE {limit, pending, reason: PENDING_UPLOADS} where that is not enough, before a byte is read if they were announced, and
   * TOO_MANY_CONNECTIONS {limit, reason: UPLOADS} where that many are under way.
   */
  reserve<T>(userId: string, announced: number | null, receive: (limit: number) => Promise<T>): Promise<T> {
    return this.open.receive(userId, this.config.limits.uploadsPerPerson, () => this.reserveBytes(userId, announced, receive));
  }

  private async reserveBytes<T>(userId: string, announced: number | null, receive: (limit: number) => Promise<T>): Promise<T> {
    const pending = await pendingBytes(this.database.direct, userId);
    const others = this.underWay.get(userId) ?? 0;
    const left = this.config.uploadPendingBytes - pending - others;
    const wanted = announced ?? Math.min(left, this.config.uploadMaxBytes);
    if (wanted > left || left <= 0) throw this.refusal(pending + others);
    this.underWay.set(userId, others + wanted);
    try {
      return await receive(wanted);
    } catch (error) {
      const cut = announced === null && wanted < this.config.uploadMaxBytes && error instanceof DomainError && error.code === 'TOO_LARGE';
      throw cut ? this.refusal(pending + others) : error;
    } finally {
      const rest = (this.underWay.get(userId) ?? 0) - wanted;
      if (rest > 0) this.underWay.set(userId, rest);
      else this.underWay.delete(userId);
    }
  }

  /** The same for what was received, under a lock: other processes receive too. Call it before the upload is written. */
  async confirm(tx: Tx, userId: string, size: number): Promise<void> {
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('upload:' || $1, 0))`, [userId]);
    const pending = await pendingBytes(tx, userId);
    if (pending + size > this.config.uploadPendingBytes) throw this.refusal(pending);
  }

  private refusal(pending: number): DomainError {
    return new DomainError('TOO_LARGE', { limit: this.config.uploadPendingBytes, pending, reason: 'PENDING_UPLOADS' });
  }
}

async function pendingBytes(tx: Tx, userId: string): Promise<number> {
  const found = await row<{ bytes: string }>(tx, 'SELECT COALESCE(sum(size), 0)::text AS bytes FROM upload WHERE user_id = $1', [userId]);
  return Number(found?.bytes ?? 0);
}
