import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.ts';
import { StaffingModule } from '../staffing/staffing.module.ts';
import { ProjectHealthRegistry } from './health.registry.ts';
import { LabelCarriers } from './label-carriers.ts';
import { LabelResolver } from './label.resolver.ts';
import { LabelService } from './label.service.ts';
import { LiveLabelsResolver } from './live-labels.resolver.ts';
import { ProjectContentsReader } from './project-contents.ts';
import { ProjectStateService } from './project-state.service.ts';
import { ProjectLoaders } from './project.loaders.ts';
import { ProjectResolver } from './project.resolver.ts';
import { ProjectService } from './project.service.ts';

@Module({
  imports: [ActivityModule, StaffingModule],
  providers: [
    LabelCarriers,
    LabelResolver,
    LabelService,
    LiveLabelsResolver,
    ProjectContentsReader,
    ProjectHealthRegistry,
    ProjectLoaders,
    ProjectResolver,
    ProjectService,
    ProjectStateService,
  ],
  exports: [LabelCarriers, LabelService, ProjectContentsReader, ProjectHealthRegistry, ProjectLoaders, ProjectService],
})
export class ProjectModule {}
