import { Module } from '@nestjs/common';
import { CalendarReader } from './calendar.reader.ts';
import { CalendarResolver } from './calendar.resolver.ts';
import { CalendarService } from './calendar.service.ts';
import { CapacityReader } from './capacity.reader.ts';
import { MembershipReader } from './membership.reader.ts';
import { MembershipService } from './membership.service.ts';
import { Professions } from './professions.ts';
import { StaffingLoaders } from './staffing.loaders.ts';
import { MembershipResolver, TeamResolver, UserStaffingResolver } from './staffing.resolver.ts';
import { TeamService } from './team.service.ts';
import { TimeOffService } from './time-off.service.ts';
import { WorkTimeLoaders } from './work-time.loaders.ts';
import { UserWorkTimeResolver, WorkTimeResolver } from './work-time.resolver.ts';
import { WorkingPatternService } from './working-pattern.service.ts';

@Module({
  providers: [
    CalendarReader,
    CalendarResolver,
    CalendarService,
    MembershipReader,
    MembershipResolver,
    MembershipService,
    Professions,
    StaffingLoaders,
    TeamResolver,
    TeamService,
    TimeOffService,
    CapacityReader,
    UserStaffingResolver,
    UserWorkTimeResolver,
    WorkTimeLoaders,
    WorkTimeResolver,
    WorkingPatternService,
  ],
  exports: [CalendarReader, CapacityReader, StaffingLoaders, TeamService],
})
export class StaffingModule {}
