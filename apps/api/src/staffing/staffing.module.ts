import { Module } from '@nestjs/common';
import { MembershipReader } from './membership.reader.ts';
import { MembershipService } from './membership.service.ts';
import { RoleCatalogue } from './role-catalogue.ts';
import { StaffingLoaders } from './staffing.loaders.ts';
import { MembershipResolver, TeamResolver, UserStaffingResolver } from './staffing.resolver.ts';
import { TeamService } from './team.service.ts';

@Module({
  providers: [MembershipReader, MembershipResolver, MembershipService, RoleCatalogue, StaffingLoaders, TeamResolver, TeamService, UserStaffingResolver],
  exports: [StaffingLoaders, TeamService],
})
export class StaffingModule {}
