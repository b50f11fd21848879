import { Module } from '@nestjs/common';
import { MembershipReader } from './membership.reader.ts';
import { MembershipService } from './membership.service.ts';
import { Professions } from './professions.ts';
import { StaffingLoaders } from './staffing.loaders.ts';
import { MembershipResolver, TeamResolver, UserStaffingResolver } from './staffing.resolver.ts';
import { TeamService } from './team.service.ts';

@Module({
  providers: [MembershipReader, MembershipResolver, MembershipService, Professions, StaffingLoaders, TeamResolver, TeamService, UserStaffingResolver],
  exports: [StaffingLoaders, TeamService],
})
export class StaffingModule {}
