import { Injectable } from '@nestjs/common';
import type { UserType } from '../access/access.types.ts';
import { AccountService } from '../access/account.service.ts';
import type { RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { grouped, inOrderOf, loader } from '../platform/sql/loader.ts';
import type { NamedDay } from '@trainyard/domain';
import { CalendarReader } from './calendar.reader.ts';
import type { CalendarType } from './calendar.types.ts';
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
  private readonly calendars = loader<string, CalendarType>(async (ids) => inOrderOf(ids, await this.calendarReader.calendarsByIds(ids), ({ id }) => id));
  private readonly namedDays = loader<{ calendarId: string; year: number }, NamedDay[]>((asked) => this.loadDays(asked));
  private readonly memberships = loader<Asked, MembershipType[]>((asked) => this.load(asked));

  constructor(
    private readonly teamService: TeamService,
    private readonly reader: MembershipReader,
    private readonly accounts: AccountService,
    private readonly calendarReader: CalendarReader,
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
  calendar(context: RequestContext, id: string): Promise<CalendarType | null> {
    return this.calendars(context).load(id);
  }
  async calendarDays(context: RequestContext, calendarId: string, year: number): Promise<NamedDay[]> {
    return (await this.namedDays(context).load({ calendarId, year })) ?? [];
  }
  async membershipsOf(context: RequestContext, kind: MembershipOwner, id: string, time: MembershipTime): Promise<MembershipType[]> {
    return (await this.memberships(context).load({ kind, id, time })) ?? [];
  }

  /** One query for all years between the first and the last that are asked for. */
  private async loadDays(asked: readonly { calendarId: string; year: number }[]): Promise<NamedDay[][]> {
    const years = asked.map(({ year }) => String(year).padStart(4, '0')).toSorted();
    const ids = [...new Set(asked.map(({ calendarId }) => calendarId))];
    const found = await this.calendarReader.daysOf(ids, `${years[0]}-01-01`, `${years.at(-1)}-12-31`);
    return asked.map(({ calendarId, year }) => found.filter((one) => one.calendarId === calendarId && Number(one.day.slice(0, 4)) === year));
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
