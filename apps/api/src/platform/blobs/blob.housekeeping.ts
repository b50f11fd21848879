import { Injectable, Logger } from '@nestjs/common';
import { Housekeeping } from '../jobs/housekeeping.ts';
import { BlobStore } from './blob-store.ts';

/** Deletes stored files that nothing refers to. */
@Injectable()
export class BlobHousekeeping {
  private readonly log = new Logger(BlobHousekeeping.name);

  constructor(
    housekeeping: Housekeeping,
    private readonly blobs: BlobStore,
  ) {
    housekeeping.register('blobs', () => this.tidy());
  }

  private async tidy(): Promise<void> {
    const deleted = await this.blobs.sweep();
    if (deleted > 0) this.log.log(`Deleted ${deleted} stored files nothing refers to`);
  }
}
