import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor, InboxReason } from '@trainyard/domain';
import { PersonLoader } from '../access/person.loader.ts';
import { PersonType } from '../access/person.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { pageCost } from '../platform/graphql/document-cost.ts';
import { InboxService } from './inbox.service.ts';
import { InboxConnection, InboxItemType, InboxReasonEnum, InboxSetting } from './inbox.types.ts';

@Resolver(() => InboxItemType)
export class InboxResolver {
  constructor(
    private readonly service: InboxService,
    private readonly people: PersonLoader,
  ) {}

  @Query(() => InboxConnection, { complexity: pageCost('first'), description: 'What concerns whoever asks, newest first.' })
  inbox(
    @CurrentActor() actor: Actor,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('read', { type: () => Boolean, nullable: true, description: 'What was read, or what was not; both where it is left out.' }) read: boolean | null,
  ): Promise<InboxConnection> {
    return this.service.inbox(actor, first, after, read ?? null);
  }

  @Query(() => Int, { description: 'How much of the inbox is unread, up to 100.' })
  unreadCount(@CurrentActor() actor: Actor): Promise<number> {
    return this.service.unreadCount(actor);
  }

  @Query(() => [InboxSetting], { description: 'Of which kinds of news one is told, all of them in one order.' })
  inboxSettings(@CurrentActor() actor: Actor): Promise<InboxSetting[]> {
    return this.service.settings(actor);
  }

  @ResolveField(() => PersonType, { nullable: true, description: 'Who did it; null for the server.' })
  actor(@Parent() item: InboxItemType, @Context() context: RequestContext): Promise<PersonType | null> {
    return this.people.load(context, item.actorId);
  }

  @Mutation(() => [InboxItemType], { description: "Marks items of one's own inbox as read, and answers them." })
  markRead(@CurrentActor() actor: Actor, @Args('ids', { type: () => [ID] }) ids: string[]): Promise<InboxItemType[]> {
    return this.service.markRead(actor, ids);
  }

  @Mutation(() => [InboxItemType], { description: "Marks items of one's own inbox as not read, and answers them." })
  markUnread(@CurrentActor() actor: Actor, @Args('ids', { type: () => [ID] }) ids: string[]): Promise<InboxItemType[]> {
    return this.service.markUnread(actor, ids);
  }

  @Mutation(() => [InboxSetting], { description: 'Whether one is told of a kind of news from now on; answers all settings.' })
  setInboxReason(
    @CurrentActor() actor: Actor,
    @Args('reason', { type: () => InboxReasonEnum }) reason: InboxReason,
    @Args('on') on: boolean,
  ): Promise<InboxSetting[]> {
    return this.service.setReason(actor, reason, on);
  }

  @Mutation(() => Int, { description: "Marks all of one's own inbox as read; answers how much is unread then." })
  markAllRead(@CurrentActor() actor: Actor): Promise<number> {
    return this.service.markAllRead(actor);
  }
}
