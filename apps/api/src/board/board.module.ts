import { Module } from '@nestjs/common';
import { StaffingModule } from '../staffing/staffing.module.ts';
import { BoardLoaders } from './board.loaders.ts';
import { BoardResolver, ColumnResolver } from './board.resolver.ts';
import { BoardService } from './board.service.ts';
import { ColumnService } from './column.service.ts';
import { CommentResolver } from './comment.resolver.ts';
import { CommentService } from './comment.service.ts';
import { LabelResolver } from './label.resolver.ts';
import { LabelService } from './label.service.ts';
import { MoveService } from './move.service.ts';
import { ProjectResolver } from './project.resolver.ts';
import { ProjectService } from './project.service.ts';
import { TicketReadingService } from './ticket-reading.service.ts';
import { TicketResolver } from './ticket.resolver.ts';
import { TicketService } from './ticket.service.ts';

@Module({
  imports: [StaffingModule],
  providers: [
    BoardLoaders,
    BoardResolver,
    BoardService,
    ColumnResolver,
    ColumnService,
    CommentResolver,
    CommentService,
    LabelResolver,
    LabelService,
    MoveService,
    ProjectResolver,
    ProjectService,
    TicketReadingService,
    TicketResolver,
    TicketService,
  ],
  exports: [CommentService, LabelService, MoveService, ProjectService, TicketReadingService, TicketService],
})
export class BoardModule {}
