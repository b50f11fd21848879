import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LOCALES, ORG_ROLES, TEAM_ROLES, TOKEN_SCOPES, type Locale, type OrgRole, type TeamRole, type TokenScope } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';

export const OrgRoleEnum = enumOf(ORG_ROLES);
export const TeamRoleEnum = enumOf(TEAM_ROLES);
export const TokenScopeEnum = enumOf(TOKEN_SCOPES);
export const LocaleEnum = enumOf(LOCALES);
registerEnumType(OrgRoleEnum, { name: 'OrgRole', description: 'What a person may do in the organisation as a whole.' });
registerEnumType(TeamRoleEnum, { name: 'TeamRole', description: 'What a person may do in one team.' });
registerEnumType(TokenScopeEnum, { name: 'TokenScope', description: 'What a personal access token may do: READ, also WRITE, or also ADMIN.' });
registerEnumType(LocaleEnum, { name: 'Locale', description: 'A language of the interface.' });

@ObjectType('Organisation', { description: 'The organisation this installation belongs to.' })
export class OrganisationType {
  @Field(() => ID)
  id: string;
  @Field()
  name: string;
}

@ObjectType('User', { description: 'An account. The address is shown to the person, to administrators and to team leads.' })
export class UserType {
  @Field(() => ID)
  id: string;
  @Field()
  name: string;
  @Field({ description: 'Empty for those who may not see it.' })
  email: string;
  @Field(() => OrgRoleEnum)
  orgRole: OrgRole;
  @Field({ description: 'True when the account cannot sign in.' })
  disabled: boolean;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
  @Field()
  createdAt: Date;
}

@ObjectType('ViewerTeam', { description: 'A team the signed-in person is in now.' })
export class ViewerTeamType {
  @Field(() => ID)
  teamId: string;
  @Field(() => TeamRoleEnum)
  role: TeamRole;
}

@ObjectType('Session', { description: 'A browser that is signed in.' })
export class SessionType {
  @Field(() => ID)
  id: string;
  @Field(() => String, { nullable: true })
  userAgent: string | null;
  @Field()
  createdAt: Date;
  @Field()
  lastSeenAt: Date;
  @Field(() => String, { nullable: true, description: 'Where it was last used from.' })
  address: string | null;
  @Field({ description: 'Whether it is the one asking.' })
  current: boolean;
}

@ObjectType('AccessToken', { description: 'A personal access token; its secret is stored only as a hash.' })
export class AccessTokenType {
  @Field(() => ID)
  id: string;
  @Field()
  name: string;
  @Field(() => [TokenScopeEnum])
  scopes: TokenScope[];
  @Field()
  createdAt: Date;
  @Field(() => Date, { nullable: true })
  lastUsedAt: Date | null;
  @Field(() => Date, { nullable: true, description: 'Null: until it is revoked.' })
  expiresAt: Date | null;
}

@ObjectType('CreatedAccessToken', { description: 'A new token with its secret.' })
export class CreatedAccessTokenType {
  @Field(() => AccessTokenType)
  token: AccessTokenType;
  @Field({ description: 'Shown this once. Send it as `Authorization: Bearer <secret>`.' })
  secret: string;
}

@ObjectType('Viewer', { description: 'The signed-in person.' })
export class ViewerType {
  @Field(() => UserType)
  user: UserType;
  @Field(() => OrganisationType)
  organisation: OrganisationType;
  @Field(() => LocaleEnum, { nullable: true, description: 'Null until they chose one.' })
  locale: Locale | null;
  @Field(() => [ViewerTeamType], { description: 'With the organisation role, what the permission table decides by.' })
  teams: ViewerTeamType[];
}

@ObjectType('DemoSignIn', { description: 'How to look around in the demonstration workspace.' })
export class DemoSignInType {
  @Field()
  email: string;
  @Field()
  password: string;
}

@ObjectType('Setup', { description: 'What the sign-in page must know before anybody signed in.' })
export class SetupType {
  @Field({ description: 'True while there is no account: the first visitor makes the administrator.' })
  needed: boolean;
  @Field(() => DemoSignInType, { nullable: true, description: 'Only while the seeded demonstration account keeps its password.' })
  demo: DemoSignInType | null;
}

@InputType({ description: 'The organisation and its first owner.' })
export class SetUpInput {
  @Field()
  organisationName: string;
  @Field()
  name: string;
  @Field()
  email: string;
  @Field()
  password: string;
  @Field(() => LocaleEnum, { nullable: true })
  locale?: Locale | null;
}

@InputType({ description: 'A new account; the person changes the password after the first sign-in.' })
export class CreateUserInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field()
  name: string;
  @Field()
  email: string;
  @Field()
  password: string;
  @Field(() => OrgRoleEnum)
  orgRole: OrgRole;
}

@InputType({ description: 'Changes to an account; what is left out stays.' })
export class UpdateUserInput {
  @Field(() => String, { nullable: true })
  name?: string | null;
  @Field(() => OrgRoleEnum, { nullable: true })
  orgRole?: OrgRole | null;
  @Field(() => Boolean, { nullable: true, description: 'True signs the person out everywhere and revokes nothing else.' })
  disabled?: boolean | null;
  @Field(() => String, { nullable: true, description: 'A new password; signs the person out everywhere and revokes their access tokens.' })
  password?: string | null;
}
