import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.ts';
import { DatasetModule } from '../dataset/dataset.module.ts';
import { ArtifactController } from './artifact.controller.ts';
import { AttemptStates } from './attempt-state.service.ts';
import { LiveRunsResolver } from './live-runs.resolver.ts';
import { MetricStore } from './metric-store.ts';
import { ProjectRunsResolver } from './project-runs.resolver.ts';
import { LastPointLoader } from './last-point.loader.ts';
import { RunCardLoader } from './run-card.loader.ts';
import { RunCounting } from './run-counts.ts';
import { QueueOutlookResolver } from './queue-outlook.resolver.ts';
import { QueueOutlooks } from './queue-outlook.ts';
import { Queueing } from './queueing.ts';
import { RunGridResolver, RunGroupFieldResolver } from './run-grid.resolver.ts';
import { RunGrids } from './run-grid.service.ts';
import { RunGroups } from './run-groups.ts';
import { RunGroupsResolver } from './run-groups.resolver.ts';
import { RunLive } from './run-live.ts';
import { RunNeighbours } from './run-neighbours.loader.ts';
import { RunReader } from './run-reader.ts';
import { AttemptResolver, DatasetRunsResolver, RunResolver, TicketRunsResolver } from './run.resolver.ts';
import { RunService } from './run.service.ts';
import { Waiting } from './waiting.ts';

import { TrainingContents } from './training-contents.ts';

import { ProjectModule } from '../project/project.module.ts';

@Module({
  imports: [ProjectModule, ActivityModule, DatasetModule],
  controllers: [ArtifactController],
  providers: [
    TrainingContents,
    AttemptResolver,
    AttemptStates,
    DatasetRunsResolver,
    LiveRunsResolver,
    MetricStore,
    ProjectRunsResolver,
    RunCardLoader,
    QueueOutlookResolver,
    QueueOutlooks,
    Queueing,
    RunCounting,
    RunGridResolver,
    RunGrids,
    RunGroupFieldResolver,
    RunGroups,
    RunGroupsResolver,
    LastPointLoader,
    RunLive,
    RunNeighbours,
    RunReader,
    RunResolver,
    RunService,
    TicketRunsResolver,
    Waiting,
  ],
  exports: [AttemptStates, MetricStore, RunCardLoader, RunService, Waiting],
})
export class TrainingModule {}
