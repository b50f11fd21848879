import { Injectable } from '@nestjs/common';
import type { UserType } from '../access/access.types.ts';
import { AccountService } from '../access/account.service.ts';
import type { RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { grouped, inOrderOf, loader } from '../platform/sql/loader.ts';
import { MembershipReader, type MembershipOwner, type MembershipTime } from './membership.reader.ts';
import type { MembershipType, ProfessionType, TeamType } from './staffing.types.ts';
import { TeamService } from './team.service.ts';

interface Asked {
  kind: MembershipOwner;
  id: string;
  time: MembershipTime;
}

/** One query a kind and request, however many memberships a page shows. */
@Injectable()
export class StaffingLoaders {
  private readonly teams = loader<string, TeamType>(async (ids) => inOrderOf(ids, await this.teamService.teamsByIds(ids), (team) => team.id));
  private readonly professions = loader<string, ProfessionType>(async (ids) => inOrderOf(ids, await this.teamService.professionsByIds(ids), ({ id }) => id));
  private readonly users = loader<string, UserType>(async (ids, context) => {
    if (!context.actor) throw new DomainError('UNAUTHENTICATED');
    return inOrderOf(ids, await this.accounts.usersByIds(context.actor, ids), (user) => user.id);
  });
  private readonly memberships = loader<Asked, MembershipType[]>((asked) => this.load(asked));

  constructor(
    private readonly teamService: TeamService,
    private readonly reader: MembershipReader,
    private readonly accounts: AccountService,
  ) {}

  team(context: RequestContext, id: string): Promise<TeamType | null> {
    return this.teams(context).load(id);
  }
  profession(context: RequestContext, id: string): Promise<ProfessionType | null> {
    return this.professions(context).load(id);
  }
  user(context: RequestContext, id: string): Promise<UserType | null> {
    return this.users(context).load(id);
  }
  async membershipsOf(context: RequestContext, kind: MembershipOwner, id: string, time: MembershipTime): Promise<MembershipType[]> {
    return (await this.memberships(context).load({ kind, id, time })) ?? [];
  }

  /** One query a kind and time. */
  private async load(asked: readonly Asked[]): Promise<MembershipType[][]> {
    const alike = [...Map.groupBy(asked, ({ kind, time }) => JSON.stringify([kind, time])).values()];
    const found = await Promise.all(
      alike.map(async (group) => {
        const { kind, time } = group[0]!;
        const ids = group.map(({ id }) => id);
        const ownerOf = (one: MembershipType): string => (kind === 'TEAM' ? one.teamId : one.userId);
        return grouped(ids, await this.reader.of(kind, ids, time), ownerOf).map((memberships, i) => [group[i]!, memberships] as const);
      }),
    );
    const byAsked = new Map(found.flat());
    return asked.map((one) => byAsked.get(one) ?? []);
  }
}
