import { ArgsType, Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { TEAM_DESCRIPTION_MAX, PROFESSION_GROUPS, type ProfessionGroup, type TeamRole } from '@trainyard/domain';
import { TeamRoleEnum } from '../access/access.types.ts';
import { textCost } from '../platform/graphql/document-cost.ts';
import { enumOf } from '../platform/graphql/enum.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';

export const ProfessionGroupEnum = enumOf(PROFESSION_GROUPS);
registerEnumType(ProfessionGroupEnum, { name: 'RoleGroup', description: 'The three groups of professions.' });

@ObjectType('Role', { description: 'A profession of the role catalogue, named in both languages.' })
export class ProfessionType {
  @Field(() => ID)
  id: string;
  @Field({ description: 'A stable name, such as ML_ENGINEER.' })
  key: string;
  @Field(() => ProfessionGroupEnum)
  group: ProfessionGroup;
  @Field()
  nameEn: string;
  @Field()
  nameZh: string;
}

@ObjectType('Team', { description: 'A group of people who work together.' })
export class TeamType {
  @Field(() => ID)
  id: string;
  @Field()
  name: string;
  @Field({ complexity: textCost(TEAM_DESCRIPTION_MAX) })
  description: string;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
  @Field(() => Int, { description: 'People in it today, each counted once.' })
  memberCount: number;
  @Field(() => Date, { nullable: true, description: 'When it was deleted. Nothing of it can be changed since; who was in it stays on record.' })
  deletedAt: Date | null;
}

@ObjectType('Membership', { description: 'A person in a team: in which role, with how much of their time, from when to when.' })
export class MembershipType {
  @Field(() => ID)
  id: string;
  teamId: string;
  userId: string;
  roleId: string;
  @Field(() => TeamRoleEnum)
  teamRole: TeamRole;
  @Field(() => Int, { description: 'Percent of the person’s time, 0 to 100.' })
  allocation: number;
  @Field(() => String, { nullable: true, description: 'First day (ISO); null: since ever.' })
  fromDate: string | null;
  @Field(() => String, { nullable: true, description: 'Last day (ISO); null: open.' })
  toDate: string | null;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@ArgsType()
export class AsOfArgs {
  @Field(() => String, { nullable: true, description: 'A day (ISO).' })
  on?: string | null;
  @Field(() => Date, { nullable: true, description: 'By what was known then, corrections since left out. Only with `on`.' })
  knownAt?: Date | null;
}

@InputType({
  description:
    'A person joins a team. The same person may join several, one team in several roles, and one role again after a while; two memberships of one role never share a day.',
})
export class AddMembershipInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field(() => ID)
  teamId: string;
  @Field(() => ID)
  userId: string;
  @Field(() => ID)
  roleId: string;
  @Field(() => TeamRoleEnum)
  teamRole: TeamRole;
  @Field(() => Int)
  allocation: number;
  @Field(() => String, { nullable: true })
  fromDate?: string | null;
  @Field(() => String, { nullable: true })
  toDate?: string | null;
}
