import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { AccessModule } from './access/access.module.ts';
import { ActivityModule } from './activity/activity.module.ts';
import { AuditModule } from './audit/audit.module.ts';
import { AutomationModule } from './automation/automation.module.ts';
import { BoardModule } from './board/board.module.ts';
import { DatasetModule } from './dataset/dataset.module.ts';
import { FlowModule } from './flow/flow.module.ts';
import { HomeModule } from './home/home.module.ts';
import { HealthController } from './health.controller.ts';
import type { Config } from './config.ts';
import { SignedInGuard } from './access/signed-in.guard.ts';
import { ErrorsFilter } from './platform/http/errors.filter.ts';
import { graphqlOptions } from './platform/graphql/graphql.ts';
import { PaletteModule } from './palette/palette.module.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { RunnerModule } from './runner/runner.module.ts';
import { ProjectModule } from './project/project.module.ts';
import { SprintModule } from './sprint/sprint.module.ts';
import { SubjectModule } from './subject/subject.module.ts';
import { StaffingModule } from './staffing/staffing.module.ts';
import { TicketModule } from './ticket/ticket.module.ts';
import { ViewModule } from './view/view.module.ts';
import { NotifyModule } from './notify/notify.module.ts';
import { WebhookModule } from './webhook/webhook.module.ts';
import { PEOPLE_LIST } from './access/people.list.ts';
import { DATASET_LIST } from './dataset/dataset.list.ts';
import { TransferModule } from './platform/transfer/transfer.module.ts';
import { TICKET_LIST } from './ticket/ticket.list.ts';
import { RUN_LIST } from './training/run.list.ts';
import { TrainingModule } from './training/training.module.ts';

@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(config),
        GraphQLModule.forRoot(graphqlOptions),
        AuditModule,
        AccessModule,
        StaffingModule,
        ActivityModule,
        SubjectModule,
        ProjectModule,
        TicketModule,
        BoardModule,
        SprintModule,
        DatasetModule,
        TrainingModule,
        RunnerModule,
        ViewModule,
        WebhookModule,
        NotifyModule,
        FlowModule,
        AutomationModule,
        HomeModule,
        PaletteModule,
        TransferModule.with([TICKET_LIST, RUN_LIST, DATASET_LIST, PEOPLE_LIST]),
      ],
      controllers: [HealthController],
      providers: [
        { provide: APP_GUARD, useClass: SignedInGuard },
        { provide: APP_FILTER, useClass: ErrorsFilter },
      ],
    };
  }
}
