import { Module } from '@nestjs/common';
import { ActivityModule } from '../activity/activity.module.ts';
import { GatesModule } from '../board/gates.module.ts';
import { StaffingModule } from '../staffing/staffing.module.ts';
import { CourseService } from './course.service.ts';
import { LiveSprintsResolver } from './live-sprints.resolver.ts';
import { LiveReleasesResolver, ProjectReleasesResolver, ReleaseResolver } from './release.resolver.ts';
import { ReleaseService } from './release.service.ts';
import { RetroReader } from './retro.reader.ts';
import { RetroResolver } from './retro.resolver.ts';
import { RetroService } from './retro.service.ts';
import { SprintCapacityReader } from './sprint-capacity.reader.ts';
import { SprintLoaders } from './sprint.loaders.ts';
import { BoardSprintsResolver, ProjectSprintsResolver, SprintResolver } from './sprint.resolver.ts';
import { SprintService } from './sprint.service.ts';

@Module({
  imports: [ActivityModule, GatesModule, StaffingModule],
  providers: [
    ...[BoardSprintsResolver, LiveSprintsResolver, ProjectSprintsResolver, RetroResolver, SprintResolver],
    ...[LiveReleasesResolver, ProjectReleasesResolver, ReleaseResolver, ReleaseService],
    ...[CourseService, RetroReader, RetroService, SprintCapacityReader, SprintLoaders, SprintService],
  ],
})
export class SprintModule {}
