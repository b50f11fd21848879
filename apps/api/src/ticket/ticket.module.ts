import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.ts';
import { ProjectModule } from '../project/project.module.ts';
import { SubjectModule } from '../subject/subject.module.ts';
import { LiveTicketsResolver } from './live-tickets.resolver.ts';
import { TicketAttachmentController } from './ticket-attachment.controller.ts';
import { TicketFamilyResolver } from './ticket-family.resolver.ts';
import { TicketLinksResolver } from './ticket-links.resolver.ts';
import { TicketLinksService } from './ticket-links.service.ts';
import { TicketHistoryResolver } from './ticket-history.resolver.ts';
import { TicketLabels } from './ticket-labels.ts';
import { ProjectProgressResolver } from './project-progress.resolver.ts';
import { TicketCounting } from './ticket-counts.ts';
import { TicketReader } from './ticket.reader.ts';
import { TicketResolver } from './ticket.resolver.ts';
import { TicketService } from './ticket.service.ts';
import { TicketAttachmentResolver, TicketCommentResolver, TicketSubjectResolver } from './ticket-subject.resolver.ts';
import { TicketSubject } from './ticket-subject.ts';

import { TicketContents } from './ticket-contents.ts';

@Module({
  imports: [ActivityModule, ProjectModule, SubjectModule],
  controllers: [TicketAttachmentController],
  providers: [
    TicketAttachmentResolver,
    TicketCommentResolver,
    TicketContents,
    LiveTicketsResolver,
    ProjectProgressResolver,
    TicketCounting,
    TicketFamilyResolver,
    TicketHistoryResolver,
    TicketLabels,
    TicketLinksResolver,
    TicketLinksService,
    TicketReader,
    TicketResolver,
    TicketService,
    TicketSubject,
    TicketSubjectResolver,
  ],
  exports: [TicketLinksService, TicketCounting, TicketReader, TicketService],
})
export class TicketModule {}
