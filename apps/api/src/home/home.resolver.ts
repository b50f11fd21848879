import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { HomeService } from './home.service.ts';
import { FirstStepType, HomeType, UpdateHomeInput } from './home.types.ts';
import { WorkNews } from './work-news.service.ts';

@Resolver(() => HomeType)
export class HomeResolver {
  constructor(
    private readonly service: HomeService,
    private readonly news: WorkNews,
  ) {}

  @Query(() => HomeType, { description: 'What stands on the home page of whoever asks. Each block asks for itself.' })
  home(@CurrentActor() actor: Actor): Promise<HomeType> {
    return this.service.home(actor);
  }

  @ResolveField(() => [FirstStepType], { nullable: true, description: 'The steps of the first day; null where all are done, or they are not wanted any more.' })
  async firstDay(@Parent() home: HomeType, @CurrentActor() actor: Actor): Promise<FirstStepType[] | null> {
    if (home.dismissed) return null;
    const steps = await this.service.firstDay(actor);
    return steps.every(({ done }) => done) ? null : steps;
  }

  @Mutation(() => HomeType, { description: 'Changes what stands on one’s own home page.' })
  updateHome(@CurrentActor() actor: Actor, @Args('input') input: UpdateHomeInput): Promise<HomeType> {
    return this.service.update(actor, input);
  }

  @Subscription(() => Date, {
    description: 'At once, and then whenever something changed in what one may read, at most once in two seconds. It does not say what: ask again.',
  })
  workNews(@Context() context: RequestContext): AsyncGenerator<{ workNews: Date }> {
    return this.news.follow(context);
  }
}
