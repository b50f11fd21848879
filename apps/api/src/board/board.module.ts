import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.ts';
import { ProjectModule } from '../project/project.module.ts';
import { AskedBoardReader } from './asked-board.reader.ts';
import { BacklogColumnResolver } from './backlog-column.resolver.ts';
import { BacklogColumnService } from './backlog-column.service.ts';
import { BacklogGroupsResolver, BacklogWindowResolver } from './backlog-groups.resolver.ts';
import { BoardContents } from './board-contents.ts';
import { BoardLoaders } from './board.loaders.ts';
import { BoardResolver, ColumnResolver, ProjectBoardsResolver } from './board.resolver.ts';
import { BoardStateService } from './board-state.service.ts';
import { BoardService } from './board.service.ts';
import { ChangeTicketsService } from './change-tickets.service.ts';
import { GatesModule } from './gates.module.ts';
import { ColumnPolicyResolver, TicketGateResolver } from './policy.resolver.ts';
import { PolicyService } from './policy.service.ts';
import { CardResolver } from './card.resolver.ts';
import { CardService } from './card.service.ts';
import { ColumnService } from './column.service.ts';
import { LiveColumnsResolver } from './live-columns.resolver.ts';
import { MoveService } from './move.service.ts';
import { WindowReader } from './window.reader.ts';

@Module({
  imports: [ActivityModule, GatesModule, ProjectModule],
  providers: [
    AskedBoardReader,
    BacklogColumnResolver,
    BacklogColumnService,
    BacklogGroupsResolver,
    BacklogWindowResolver,
    BoardContents,
    BoardLoaders,
    BoardResolver,
    BoardService,
    BoardStateService,
    CardResolver,
    CardService,
    ChangeTicketsService,
    ColumnPolicyResolver,
    ColumnResolver,
    ColumnService,
    LiveColumnsResolver,
    MoveService,
    PolicyService,
    TicketGateResolver,
    ProjectBoardsResolver,
    WindowReader,
  ],
  exports: [BoardService, CardService, ChangeTicketsService, GatesModule, MoveService],
})
export class BoardModule {}
