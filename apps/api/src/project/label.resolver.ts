import { Args, Context, ID, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor, LabelColor } from '@trainyard/domain';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';
import { LabelColorEnum, LabelType, UpdateLabelInput } from './label.types.ts';
import { ProjectLoaders } from './project.loaders.ts';
import { LabelService } from './label.service.ts';

@Resolver(() => LabelType)
export class LabelResolver {
  constructor(
    private readonly labelService: LabelService,
    private readonly loaders: ProjectLoaders,
  ) {}

  @ResolveField(() => Int, { description: 'Tickets on the board that carry it now.' })
  ticketCount(@Parent() label: LabelType, @Context() context: RequestContext): Promise<number> {
    return this.loaders.labelTicketCount(context, label.id);
  }

  @Mutation(() => LabelType, { description: 'A new label of a project.' })
  createLabel(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('name') name: string,
    @Args('color', { type: () => LabelColorEnum }) color: LabelColor,
    @Args('id', OWN_ID) id?: string | null,
  ): Promise<LabelType> {
    return this.labelService.createLabel(actor, projectId, name, color, id);
  }

  @Mutation(() => LabelType, { description: 'Leads of the team and administrators rename and recolour a label.' })
  updateLabel(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateLabelInput,
  ): Promise<LabelType> {
    return this.labelService.updateLabel(actor, id, version, input);
  }

  @Mutation(() => Boolean, { description: 'Leads of the team and administrators delete a label; it goes from every ticket that carries it.' })
  async deleteLabel(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.labelService.deleteLabel(actor, id, version);
    return true;
  }
}
