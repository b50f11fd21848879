import { Injectable } from '@nestjs/common';
import type { UserType } from '../access/access.types.ts';
import { AccountService } from '../access/account.service.ts';
import type { RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { grouped, inOrderOf, loader } from '../platform/sql/loader.ts';
import { MembershipService } from './membership.service.ts';
import type { MembershipType, RoleType, TeamType } from './staffing.types.ts';
import { TeamService } from './team.service.ts';

/** One query a kind and request, however many memberships a page shows. */
@Injectable()
export class StaffingLoaders {
  private readonly teams = loader<string, TeamType>(async (ids) => inOrderOf(ids, await this.teamService.teamsByIds(ids), (team) => team.id));
  private readonly roles = loader<string, RoleType>(async (ids) => inOrderOf(ids, await this.teamService.rolesByIds(ids), (role) => role.id));
  private readonly users = loader<string, UserType>(async (ids, context) => {
    if (!context.actor) throw new DomainError('UNAUTHENTICATED');
    return inOrderOf(ids, await this.accounts.usersByIds(context.actor, ids), (user) => user.id);
  });
  private readonly byTeam = loader<string, MembershipType[]>(async (ids) =>
    grouped(ids, await this.memberships.ofTeams(ids), (membership) => membership.teamId),
  );
  private readonly byUser = loader<string, MembershipType[]>(async (ids) =>
    grouped(ids, await this.memberships.ofUsers(ids), (membership) => membership.userId),
  );

  constructor(
    private readonly teamService: TeamService,
    private readonly memberships: MembershipService,
    private readonly accounts: AccountService,
  ) {}

  team(context: RequestContext, id: string): Promise<TeamType | null> {
    return this.teams(context).load(id);
  }
  role(context: RequestContext, id: string): Promise<RoleType | null> {
    return this.roles(context).load(id);
  }
  user(context: RequestContext, id: string): Promise<UserType | null> {
    return this.users(context).load(id);
  }
  async membershipsOfTeam(context: RequestContext, id: string): Promise<MembershipType[]> {
    return (await this.byTeam(context).load(id)) ?? [];
  }
  async membershipsOfUser(context: RequestContext, id: string): Promise<MembershipType[]> {
    return (await this.byUser(context).load(id)) ?? [];
  }
}
