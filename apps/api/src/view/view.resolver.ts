import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { parse, VIEW_FIELDS, type Actor, type ViewList } from '@trainyard/domain';
import { PersonLoader } from '../access/person.loader.ts';
import { PersonType } from '../access/person.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { ViewService } from './view.service.ts';
import { CreateSavedViewInput, SavedViewProblem, SavedViewType, UpdateSavedViewInput, ViewListEnum } from './view.types.ts';

@Resolver(() => SavedViewType)
export class ViewResolver {
  constructor(
    private readonly service: ViewService,
    private readonly people: PersonLoader,
  ) {}

  @Query(() => [SavedViewType], { complexity: listCost(20), description: "One's own views and those that are shared, by name." })
  savedViews(
    @CurrentActor() actor: Actor,
    @Args('list', { type: () => ViewListEnum }) list: ViewList,
    @Args('projectId', { type: () => ID, nullable: true, description: 'Those of a project; left out: those over all projects.' }) projectId?: string | null,
  ): Promise<SavedViewType[]> {
    return this.service.views(actor, list, projectId ?? null);
  }

  @ResolveField(() => PersonType, { nullable: true, description: 'Who saved it.' })
  owner(@Parent() view: SavedViewType, @Context() context: RequestContext): Promise<PersonType | null> {
    return this.people.load(context, view.ownerId);
  }

  @ResolveField(() => SavedViewProblem, { nullable: true, description: 'Set where the list does not understand its query any more, which stays as it is.' })
  problem(@Parent() { list, query }: SavedViewType): SavedViewProblem | null {
    const parsed = parse(query, VIEW_FIELDS[list]);
    return parsed.ok ? null : (parsed.errors[0] ?? null);
  }

  @Mutation(() => SavedViewType, { description: 'Saves a view.' })
  createSavedView(@CurrentActor() actor: Actor, @Args('input') input: CreateSavedViewInput): Promise<SavedViewType> {
    return this.service.create(actor, input);
  }

  @Mutation(() => SavedViewType, {
    description: 'Owners change their views; leads of the team change those that are shared in a project, administrators all that are shared.',
  })
  updateSavedView(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateSavedViewInput,
  ): Promise<SavedViewType> {
    return this.service.update(actor, id, version, input);
  }

  @Mutation(() => Boolean, { description: 'Deletes a view, for those who may change it.' })
  async deleteSavedView(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.service.delete(actor, id, version);
    return true;
  }
}
