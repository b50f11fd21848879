import { Args, ID, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';
import { pageCost } from '../platform/graphql/document-cost.ts';
import { CommentService } from './comment.service.ts';
import { CommentConnection, CommentType } from './comment.types.ts';
import { TicketType } from './ticket.types.ts';

@Resolver(() => TicketType)
export class CommentResolver {
  constructor(private readonly commentService: CommentService) {}

  @ResolveField(() => CommentConnection, { description: 'What was said about it, oldest first.', complexity: pageCost('first') })
  comments(
    @Parent() ticket: TicketType,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<CommentConnection> {
    return this.commentService.comments(ticket, first, after);
  }

  @Mutation(() => CommentType, { description: 'Says something about a ticket.' })
  addComment(
    @CurrentActor() actor: Actor,
    @Args('ticketId', { type: () => ID }) ticketId: string,
    @Args('body') body: string,
    @Args('id', OWN_ID) id?: string | null,
  ): Promise<CommentType> {
    return this.commentService.addComment(actor, ticketId, body, id);
  }

  @Mutation(() => CommentType, { description: 'Authors edit what they said.' })
  updateComment(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('body') body: string,
  ): Promise<CommentType> {
    return this.commentService.updateComment(actor, id, version, body);
  }

  @Mutation(() => Boolean, { description: 'Authors take back their own comments, moderators those of others.' })
  async deleteComment(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.commentService.deleteComment(actor, id, version);
    return true;
  }
}
