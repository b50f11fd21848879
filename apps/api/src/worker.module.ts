import { Module, type DynamicModule } from '@nestjs/common';
import { AccessHousekeeping } from './access/access.housekeeping.ts';
import { AuditTrail } from './audit/audit-trail.service.ts';
import { AuditHousekeeping } from './audit/audit.housekeeping.ts';
import { AutomationHousekeeping } from './automation/automation.housekeeping.ts';
import { FiringService } from './automation/firing.service.ts';
import { RuleFeed } from './automation/rule-feed.ts';
import { RuleJobs } from './automation/rule.jobs.ts';
import { RuleSwitch } from './automation/rule-switch.ts';
import { CardService } from './board/card.service.ts';
import { ChangeTicketsService } from './board/change-tickets.service.ts';
import { GatesModule } from './board/gates.module.ts';
import { BoardHousekeeping } from './board/board.housekeeping.ts';
import type { Config } from './config.ts';
import { DatasetHousekeeping } from './dataset/dataset.housekeeping.ts';
import { InspectionService } from './dataset/inspection.service.ts';
import { BlobHousekeeping } from './platform/blobs/blob.housekeeping.ts';
import { CreationHousekeeping } from './platform/sql/creation.housekeeping.ts';
import { Housekeeping } from './platform/jobs/housekeeping.ts';
import { JobWorker } from './platform/jobs/job-worker.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { ProjectErasure } from './project/project-erasure.ts';
import { CommentService } from './subject/comment.service.ts';
import { Subjects } from './subject/subjects.ts';
import { TicketSubject } from './ticket/ticket-subject.ts';
import { Queueing } from './training/queueing.ts';
import { AttachmentHousekeeping } from './subject/attachment.housekeeping.ts';
import { TicketHousekeeping } from './ticket/ticket.housekeeping.ts';
import { AttemptStates } from './training/attempt-state.service.ts';
import { Reconciler } from './training/reconciler.service.ts';
import { TrainingHousekeeping } from './training/training.housekeeping.ts';
import { Waiting } from './training/waiting.ts';
import { DeliveryJob } from './webhook/delivery.job.ts';
import { FlowFeed } from './flow/flow-feed.ts';
import { FlowHousekeeping } from './flow/flow.housekeeping.ts';
import { InboxFeed } from './notify/inbox-feed.ts';
import { InboxHousekeeping } from './notify/inbox.housekeeping.ts';
import { WebhookFeed } from './webhook/webhook-feed.ts';
import { WebhookHousekeeping } from './webhook/webhook.housekeeping.ts';

/** Files go last: what referred to them is gone by then. */
const HOUSEKEEPING = [
  AuditHousekeeping,
  AccessHousekeeping,
  ProjectErasure,
  TrainingHousekeeping,
  DatasetHousekeeping,
  WebhookHousekeeping,
  InboxHousekeeping,
  FlowHousekeeping,
  AutomationHousekeeping,
  BoardHousekeeping,
  TicketHousekeeping,
  AttachmentHousekeeping,
  BlobHousekeeping,
  CreationHousekeeping,
];

/** Rules act by the services of people. */
const RULES = [ChangeTicketsService, CardService, CommentService, Subjects, TicketSubject, Queueing, FiringService, RuleSwitch, RuleFeed, RuleJobs];

/** The worker process: no requests, only what must be put right, jobs and schedules. */
@Module({})
export class WorkerModule {
  static with(config: Config): DynamicModule {
    return {
      module: WorkerModule,
      imports: [PlatformModule.with(config), GatesModule],
      providers: [
        AttemptStates,
        InspectionService,
        Reconciler,
        Waiting,
        Housekeeping,
        ...HOUSEKEEPING,
        AuditTrail,
        DeliveryJob,
        WebhookFeed,
        InboxFeed,
        FlowFeed,
        ...RULES,
        JobWorker,
      ],
    };
  }
}
