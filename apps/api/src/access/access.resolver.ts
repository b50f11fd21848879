import { Args, Context, ID, Int, Mutation, ObjectType, Field, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor, Locale, TokenScope } from '@trainyard/domain';
import type { FastifyRequest } from 'fastify';
import { CurrentActor, CurrentRequest, Public, replyOf, type RequestContext } from '../platform/actor.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';
import { searchCost } from '../platform/graphql/document-cost.ts';
import { QueryArg, TimeZoneArg } from '../platform/lists/list-args.ts';
import { PageInfo } from '../platform/lists/page.types.ts';
import {
  AccessTokenType,
  CreatedAccessTokenType,
  CreateUserInput,
  LocaleEnum,
  SessionType,
  SetUpInput,
  SetupType,
  TokenScopeEnum,
  UpdateUserInput,
  UserType,
  ViewerType,
} from './access.types.ts';
import { AccountService } from './account.service.ts';
import { PasswordProof } from './password-proof.service.ts';
import { SignInService } from './sign-in.service.ts';
import { TokenService } from './token.service.ts';
import { ViewerService } from './viewer.service.ts';

@ObjectType({ description: 'A page of accounts, by name.' })
export class UserConnection {
  @Field(() => [UserType])
  nodes: UserType[];
  @Field(() => Int, { description: 'Accounts in all; of a `query` at most 1,000.' })
  totalCount: number;
  @Field({ description: 'There are more than `totalCount` says.' })
  totalCountIsCapped: boolean;
  @Field(() => PageInfo)
  pageInfo: PageInfo;
}

@Resolver(() => ViewerType)
export class AccessResolver {
  constructor(
    private readonly accounts: AccountService,
    private readonly proof: PasswordProof,
    private readonly signIns: SignInService,
    private readonly tokens: TokenService,
    private readonly viewers: ViewerService,
  ) {}

  @Public()
  @Query(() => SetupType, { description: 'Whether this installation waits for its first administrator. Public.' })
  setup(): Promise<SetupType> {
    return this.viewers.setup();
  }

  @Query(() => ViewerType, { description: 'The signed-in person.' })
  viewer(@CurrentActor() actor: Actor): Promise<ViewerType> {
    return this.viewers.viewer(actor);
  }

  @ResolveField(() => [SessionType], { description: 'Where the person is signed in.' })
  sessions(@CurrentActor() actor: Actor, @CurrentRequest() request: FastifyRequest): Promise<SessionType[]> {
    return this.tokens.sessions(actor, request.sessionId);
  }

  @ResolveField(() => [AccessTokenType], { description: "The person's tokens that are not revoked." })
  accessTokens(@CurrentActor() actor: Actor): Promise<AccessTokenType[]> {
    return this.tokens.tokens(actor);
  }

  @Query(() => UserConnection, {
    description: 'Accounts by name; `search` looks in names, and in addresses for those who see them. With `query`: what it says, in its order.',
    complexity: searchCost('first'),
  })
  users(
    @CurrentActor() actor: Actor,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
    @QueryArg() query: string | null,
    @TimeZoneArg() timeZone: string | null,
  ): Promise<UserConnection> {
    return this.accounts.users(actor, {
      projectId: null,
      query: query ?? null,
      timeZone: timeZone ?? null,
      first,
      after: after ?? null,
      search: search ?? null,
    });
  }

  @Public()
  @Mutation(() => ViewerType, { description: 'Makes the organisation and its first owner, and signs them in. Works once. Public.' })
  async setUp(@Args('input') input: SetUpInput, @CurrentRequest() request: FastifyRequest, @Context() context: RequestContext): Promise<ViewerType> {
    await this.accounts.setUp(input, request, replyOf(context));
    return this.viewers.viewerOf(request);
  }

  @Public()
  @Mutation(() => ViewerType, { description: 'Signs in by a session cookie. Public.' })
  async signIn(
    @Args('email') email: string,
    @Args('password') password: string,
    @CurrentRequest() request: FastifyRequest,
    @Context() context: RequestContext,
  ): Promise<ViewerType> {
    await this.signIns.signIn(email, password, request, replyOf(context));
    return this.viewers.viewerOf(request);
  }

  @Mutation(() => Boolean, { description: 'Ends this session.' })
  async signOut(@CurrentRequest() request: FastifyRequest, @Context() context: RequestContext): Promise<boolean> {
    await this.signIns.signOut(request, replyOf(context));
    return true;
  }

  @Mutation(() => Boolean, { description: 'Ends every session of the person, this one too.' })
  async signOutEverywhere(@CurrentActor() actor: Actor, @Context() context: RequestContext): Promise<boolean> {
    await this.signIns.signOutEverywhere(actor, replyOf(context));
    return true;
  }

  @Mutation(() => Boolean, { description: "Ends another of one's sessions." })
  async endSession(@CurrentActor() actor: Actor, @CurrentRequest() request: FastifyRequest, @Args('id', { type: () => ID }) id: string): Promise<boolean> {
    await this.signIns.endSession(actor, request.sessionId, id);
    return true;
  }

  @Mutation(() => Boolean, { description: "Ends one's sessions but this one." })
  async endOtherSessions(@CurrentActor() actor: Actor, @CurrentRequest() request: FastifyRequest): Promise<boolean> {
    await this.signIns.endOtherSessions(actor, request.sessionId);
    return true;
  }

  @Mutation(() => Boolean, { description: "Changes one's own password and ends one's other sessions." })
  async changePassword(
    @CurrentActor() actor: Actor,
    @Args('current') current: string,
    @Args('next') next: string,
    @CurrentRequest() request: FastifyRequest,
    @Context() context: RequestContext,
  ): Promise<boolean> {
    await this.accounts.changePassword(actor, current, next, request, replyOf(context));
    return true;
  }

  @Mutation(() => Boolean, {
    description:
      'Gives the password again, at a browser. Whatever answers PASSWORD_REQUIRED goes through for 10 minutes after it, as it does after signing in.',
  })
  async provePassword(@CurrentActor() actor: Actor, @CurrentRequest() request: FastifyRequest, @Args('password') password: string): Promise<boolean> {
    await this.proof.prove(actor, request.sessionId, password);
    return true;
  }

  @Mutation(() => UserType, { description: "Changes one's own name." })
  changeName(@CurrentActor() actor: Actor, @Args('version', { type: () => Int }) version: number, @Args('name') name: string): Promise<UserType> {
    return this.accounts.changeName(actor, version, name);
  }

  @Mutation(() => ViewerType, { description: "Chooses one's language." })
  async setLocale(@CurrentActor() actor: Actor, @Args('locale', { type: () => LocaleEnum }) locale: Locale): Promise<ViewerType> {
    await this.accounts.setLocale(actor, locale);
    return this.viewers.viewer(actor);
  }

  @Mutation(() => CreatedAccessTokenType, {
    description: 'A new personal access token; its secret is shown this once. With the scope ADMIN, or for more than 31 days, it asks for provePassword.',
  })
  createAccessToken(
    @CurrentActor() actor: Actor,
    @CurrentRequest() request: FastifyRequest,
    @Args('name') name: string,
    @Args('scopes', { type: () => [TokenScopeEnum] }) scopes: TokenScope[],
    @Args('expiresAt', { type: () => Date, nullable: true }) expiresAt: Date | null,
    @Args('id', OWN_ID) id?: string | null,
  ): Promise<CreatedAccessTokenType> {
    return this.tokens.create(actor, request.sessionId, { name, scopes, expiresAt: expiresAt ?? null }, id);
  }

  @Mutation(() => Boolean, { description: 'The token stops working at once.' })
  async revokeAccessToken(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<boolean> {
    await this.tokens.revoke(actor, id);
    return true;
  }

  @Mutation(() => UserType, { description: 'Administrators add people.' })
  createUser(@CurrentActor() actor: Actor, @Args('input') input: CreateUserInput): Promise<UserType> {
    return this.accounts.createUser(actor, input);
  }

  @Mutation(() => UserType, { description: 'Administrators change accounts; only owners change owners.' })
  updateUser(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateUserInput,
  ): Promise<UserType> {
    return this.accounts.updateUser(actor, id, version, input);
  }
}
