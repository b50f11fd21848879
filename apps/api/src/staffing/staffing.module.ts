import { Module } from '@nestjs/common';
import { CalendarReader } from './calendar.reader.ts';
import { CalendarResolver } from './calendar.resolver.ts';
import { CalendarService } from './calendar.service.ts';
import { MembershipReader } from './membership.reader.ts';
import { MembershipService } from './membership.service.ts';
import { Professions } from './professions.ts';
import { StaffingLoaders } from './staffing.loaders.ts';
import { MembershipResolver, TeamResolver, UserStaffingResolver } from './staffing.resolver.ts';
import { TeamService } from './team.service.ts';

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
    UserStaffingResolver,
  ],
  exports: [CalendarReader, StaffingLoaders, TeamService],
})
export class StaffingModule {}
