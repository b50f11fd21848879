import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor, ProfessionGroup, TeamRole } from '@trainyard/domain';
import { TeamRoleEnum, UserType } from '../access/access.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { DomainError } from '../platform/domain-error.ts';
import { day } from '../platform/input.ts';
import type { MembershipTime } from './membership.reader.ts';
import { MembershipService } from './membership.service.ts';
import { StaffingLoaders } from './staffing.loaders.ts';
import { AddMembershipInput, AsOfArgs, MembershipType, ProfessionGroupEnum, ProfessionType, TeamType } from './staffing.types.ts';
import { TeamService } from './team.service.ts';

const WHICH = 'Without `on`: those of today and to come. With it: those of that day, by what is known now or was known at `knownAt`.';

function timeOf({ on, knownAt }: AsOfArgs): MembershipTime {
  if (on != null) return { on: day('on', on), knownAt: knownAt ?? null };
  if (knownAt != null) throw new DomainError('BAD_INPUT', { field: 'on', reason: 'REQUIRED' });
  return 'CURRENT';
}

@Resolver(() => TeamType)
export class TeamResolver {
  constructor(
    private readonly teamService: TeamService,
    private readonly loaders: StaffingLoaders,
  ) {}

  @Query(() => [TeamType], { complexity: listCost(50), description: 'All teams that were not deleted, by name.' })
  teams(@CurrentActor() actor: Actor): Promise<TeamType[]> {
    return this.teamService.teams(actor);
  }

  @Query(() => TeamType, { nullable: true, description: 'One team, also a deleted one.' })
  team(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<TeamType | null> {
    return this.teamService.team(actor, id);
  }

  @ResolveField(() => [MembershipType], { complexity: listCost(20), description: `Leads first, then by name. ${WHICH}` })
  memberships(@Parent() team: TeamType, @Context() context: RequestContext, @Args() asOf: AsOfArgs): Promise<MembershipType[]> {
    return this.loaders.membershipsOf(context, 'TEAM', team.id, timeOf(asOf));
  }

  @ResolveField(() => [MembershipType], { complexity: listCost(20), description: 'Those that ended before today, the latest first.' })
  pastMemberships(@Parent() team: TeamType, @Context() context: RequestContext): Promise<MembershipType[]> {
    return this.loaders.membershipsOf(context, 'TEAM', team.id, 'ENDED');
  }

  @Query(() => [ProfessionType], { description: 'The role catalogue, by group.' })
  roles(@CurrentActor() actor: Actor): Promise<ProfessionType[]> {
    return this.teamService.professions(actor);
  }

  @Mutation(() => TeamType, { description: 'Administrators make teams.' })
  createTeam(
    @CurrentActor() actor: Actor,
    @Args('name') name: string,
    @Args('description', { defaultValue: '' }) description: string,
    @Args('id', OWN_ID) id?: string | null,
  ): Promise<TeamType> {
    return this.teamService.createTeam(actor, name, description, id);
  }

  @Mutation(() => TeamType, { description: 'Leads and administrators rename a team.' })
  updateTeam(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('name', { type: () => String, nullable: true }) name: string | null,
    @Args('description', { type: () => String, nullable: true }) description: string | null,
  ): Promise<TeamType> {
    return this.teamService.updateTeam(actor, id, version, { name, description });
  }

  @Mutation(() => Boolean, {
    description: 'Deletes a team that owns no project. Its members leave it, as by `removeMembership`, and `team` still tells who was in it.',
  })
  async deleteTeam(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.teamService.deleteTeam(actor, id, version);
    return true;
  }

  @Mutation(() => ProfessionType, { description: 'Administrators extend the role catalogue.' })
  createRole(
    @CurrentActor() actor: Actor,
    @Args('group', { type: () => ProfessionGroupEnum }) group: ProfessionGroup,
    @Args('nameEn') nameEn: string,
    @Args('nameZh') nameZh: string,
    @Args('id', OWN_ID) id?: string | null,
  ): Promise<ProfessionType> {
    return this.teamService.createProfession(actor, group, nameEn, nameZh, id);
  }
}

@Resolver(() => MembershipType)
export class MembershipResolver {
  constructor(
    private readonly membershipService: MembershipService,
    private readonly loaders: StaffingLoaders,
  ) {}

  @ResolveField(() => TeamType)
  team(@Parent() membership: MembershipType, @Context() context: RequestContext): Promise<TeamType | null> {
    return this.loaders.team(context, membership.teamId);
  }

  @ResolveField(() => UserType)
  user(@Parent() membership: MembershipType, @Context() context: RequestContext): Promise<UserType | null> {
    return this.loaders.user(context, membership.userId);
  }

  @ResolveField(() => ProfessionType)
  role(@Parent() membership: MembershipType, @Context() context: RequestContext): Promise<ProfessionType | null> {
    return this.loaders.profession(context, membership.roleId);
  }

  @Mutation(() => MembershipType, { description: 'Leads and administrators add a person to a team.' })
  addMembership(@CurrentActor() actor: Actor, @Args('input') input: AddMembershipInput): Promise<MembershipType> {
    return this.membershipService.add(actor, input);
  }

  @Mutation(() => MembershipType, {
    description:
      'Changes role, rights, share of time or dates; a date of null clears it. Without `since` it was always so: a correction. With it, what was before that day stays as it was, and the answer is a membership of its own that begins on that day.',
  })
  updateMembership(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('roleId', { type: () => ID, nullable: true }) roleId?: string | null,
    @Args('teamRole', { type: () => TeamRoleEnum, nullable: true }) teamRole?: TeamRole | null,
    @Args('allocation', { type: () => Int, nullable: true }) allocation?: number | null,
    @Args('fromDate', { type: () => String, nullable: true }) fromDate?: string | null,
    @Args('toDate', { type: () => String, nullable: true }) toDate?: string | null,
    @Args('since', { type: () => String, nullable: true, description: 'First day (ISO) on which the change counts.' }) since?: string | null,
  ): Promise<MembershipType> {
    return this.membershipService.update(actor, id, version, { roleId, teamRole, allocation, fromDate, toDate }, since ?? null);
  }

  @Mutation(() => Boolean, {
    description:
      'Takes a person out of a team; a project of the team stops being theirs at once. The last day is yesterday, and the days before stay on record. Refused with MEMBERSHIP_ENDED where it ended before.',
  })
  async removeMembership(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('neverWas', { defaultValue: false, description: 'Takes it back: the person never was in the team by it.' }) neverWas: boolean,
  ): Promise<boolean> {
    await this.membershipService.remove(actor, id, version, neverWas);
    return true;
  }
}

@Resolver(() => UserType)
export class UserStaffingResolver {
  constructor(private readonly loaders: StaffingLoaders) {}

  @ResolveField(() => [MembershipType], { complexity: listCost(5), description: `The teams of the person. ${WHICH}` })
  memberships(@Parent() user: UserType, @Context() context: RequestContext, @Args() asOf: AsOfArgs): Promise<MembershipType[]> {
    return this.loaders.membershipsOf(context, 'USER', user.id, timeOf(asOf));
  }

  @ResolveField(() => [MembershipType], { complexity: listCost(5), description: 'Those that ended before today, the latest first.' })
  pastMemberships(@Parent() user: UserType, @Context() context: RequestContext): Promise<MembershipType[]> {
    return this.loaders.membershipsOf(context, 'USER', user.id, 'ENDED');
  }
}
