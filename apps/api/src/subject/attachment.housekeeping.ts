import { Injectable } from '@nestjs/common';
import { ATTACHMENT_UNDO_HOURS } from '@trainyard/domain';
import { Housekeeping } from '../platform/jobs/housekeeping.ts';
import { Database } from '../platform/sql/database.ts';

/** Forgets deleted files that nobody brings back any more; their bytes are swept with all that nothing refers to. */
@Injectable()
export class AttachmentHousekeeping {
  constructor(
    housekeeping: Housekeeping,
    private readonly database: Database,
  ) {
    housekeeping.register('attachment', () => this.tidy());
  }

  private async tidy(): Promise<void> {
    await this.database.direct.query(`DELETE FROM attachment WHERE deleted_at < now() - interval '${ATTACHMENT_UNDO_HOURS} hours'`);
  }
}
