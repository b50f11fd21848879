import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.ts';
import { ProjectModule } from '../project/project.module.ts';
import { CommentResolver } from './comment.resolver.ts';
import { CommentService } from './comment.service.ts';
import { LiveCommentsResolver } from './live-comments.resolver.ts';
import { LiveTicketsResolver } from './live-tickets.resolver.ts';
import { TicketHistoryResolver } from './ticket-history.resolver.ts';
import { TicketLabels } from './ticket-labels.ts';
import { TicketReader } from './ticket.reader.ts';
import { TicketResolver } from './ticket.resolver.ts';
import { TicketService } from './ticket.service.ts';

import { TicketContents } from './ticket-contents.ts';

@Module({
  imports: [ActivityModule, ProjectModule],
  providers: [
    TicketContents,
    CommentResolver,
    CommentService,
    LiveCommentsResolver,
    LiveTicketsResolver,
    TicketHistoryResolver,
    TicketLabels,
    TicketReader,
    TicketResolver,
    TicketService,
  ],
  exports: [CommentService, TicketReader, TicketService],
})
export class TicketModule {}
