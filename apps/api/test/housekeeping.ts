import { AccessHousekeeping } from '../src/access/access.housekeeping.ts';
import { AuditHousekeeping } from '../src/audit/audit.housekeeping.ts';
import { AuditTrail } from '../src/audit/audit-trail.service.ts';
import { BoardHousekeeping } from '../src/board/board.housekeeping.ts';
import { CONFIG, type Config } from '../src/config.ts';
import { DatasetHousekeeping } from '../src/dataset/dataset.housekeeping.ts';
import { FlowHousekeeping } from '../src/flow/flow.housekeeping.ts';
import { BlobHousekeeping } from '../src/platform/blobs/blob.housekeeping.ts';
import { BlobStore } from '../src/platform/blobs/blob-store.ts';
import { Housekeeping } from '../src/platform/jobs/housekeeping.ts';
import { Jobs } from '../src/platform/jobs/jobs.ts';
import { Wakeups } from '../src/platform/log/wakeups.ts';
import { ProjectErasure } from '../src/project/project-erasure.ts';
import { AttachmentHousekeeping } from '../src/subject/attachment.housekeeping.ts';
import { TicketHousekeeping } from '../src/ticket/ticket.housekeeping.ts';
import { TrainingHousekeeping } from '../src/training/training.housekeeping.ts';
import { InboxHousekeeping } from '../src/notify/inbox.housekeeping.ts';
import { WebhookHousekeeping } from '../src/webhook/webhook.housekeeping.ts';
import type { TestTrainyard } from './trainyard.ts';

/** What the worker does every minute: each room deletes what is past its time. */
export async function keepHouse({ app, database }: TestTrainyard): Promise<void> {
  const config = app.get<Config>(CONFIG);
  const housekeeping = new Housekeeping(new Jobs(app.get(Wakeups)));
  new AuditHousekeeping(housekeeping, database, config);
  new AccessHousekeeping(housekeeping, database, config);
  const erasure = new ProjectErasure(housekeeping, database, app.get(AuditTrail));
  new TrainingHousekeeping(housekeeping, erasure, database);
  new DatasetHousekeeping(housekeeping, erasure, database);
  new WebhookHousekeeping(housekeeping, database);
  new InboxHousekeeping(housekeeping, database);
  new FlowHousekeeping(erasure);
  new BoardHousekeeping(erasure);
  new TicketHousekeeping(erasure);
  new AttachmentHousekeeping(housekeeping, database);
  new BlobHousekeeping(housekeeping, app.get(BlobStore));
  await housekeeping.tidy();
}
