import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.ts';
import { StaffingModule } from '../staffing/staffing.module.ts';
import { LabelCarriers } from './label-carriers.ts';
import { LabelResolver } from './label.resolver.ts';
import { LabelService } from './label.service.ts';
import { LiveLabelsResolver } from './live-labels.resolver.ts';
import { ProjectLoaders } from './project.loaders.ts';
import { ProjectResolver } from './project.resolver.ts';
import { ProjectService } from './project.service.ts';

@Module({
  imports: [ActivityModule, StaffingModule],
  providers: [LabelCarriers, LabelResolver, LabelService, LiveLabelsResolver, ProjectLoaders, ProjectResolver, ProjectService],
  exports: [LabelCarriers, LabelService, ProjectLoaders, ProjectService],
})
export class ProjectModule {}
