import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.ts';
import { CourseService } from './course.service.ts';
import { LiveSprintsResolver } from './live-sprints.resolver.ts';
import { SprintLoaders } from './sprint.loaders.ts';
import { BoardSprintsResolver, ProjectSprintsResolver, SprintResolver } from './sprint.resolver.ts';
import { SprintService } from './sprint.service.ts';

@Module({
  imports: [ActivityModule],
  providers: [BoardSprintsResolver, CourseService, LiveSprintsResolver, ProjectSprintsResolver, SprintLoaders, SprintResolver, SprintService],
})
export class SprintModule {}
