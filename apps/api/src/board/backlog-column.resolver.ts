import { Args, ID, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { BacklogColumnService } from './backlog-column.service.ts';
import { BacklogColumnType } from './backlog-column.types.ts';
import { BoardType } from './board.types.ts';

@Resolver(() => BoardType)
export class BacklogColumnResolver {
  constructor(private readonly columns: BacklogColumnService) {}

  @ResolveField(() => BacklogColumnType, {
    nullable: true,
    complexity: 10,
    description: 'Its column "Backlog", where it is offered for removal; null: it is not.',
  })
  backlogColumn(@Parent() { id }: BoardType): Promise<BacklogColumnType | null> {
    return this.columns.offered(id);
  }

  @Mutation(() => Boolean, {
    description:
      'Removes the column "Backlog" that a board offers: its cards go to the top of the backlog in their order, those of a running sprint to the next column.',
  })
  async retireBacklogColumn(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.columns.retire(actor, id, version);
    return true;
  }

  @Mutation(() => Boolean, { description: 'The column "Backlog" of a board stays: it is not offered for removal again. Said twice it is said once.' })
  async keepBacklogColumn(@CurrentActor() actor: Actor, @Args('boardId', { type: () => ID }) boardId: string): Promise<boolean> {
    await this.columns.keep(actor, boardId);
    return true;
  }
}
