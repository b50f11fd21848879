import { Args, ID, Int, Mutation, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { CommentService } from './comment.service.ts';
import { CommentType } from './comment.types.ts';

/** Saying something, and reading what was said, is offered by the room of what it is said about. */
@Resolver(() => CommentType)
export class CommentResolver {
  constructor(private readonly commentService: CommentService) {}

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
