import { Context, Field, Int, ObjectType, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../platform/actor.ts';
import { ProjectType } from '../project/project.types.ts';
import { TicketCounting } from './ticket-counts.ts';

@ObjectType('ProjectProgress', { description: 'The tickets of a project by their state; as many as the list finds.' })
export class ProjectProgressType {
  @Field(() => Int)
  open: number;
  @Field(() => Int)
  inProgress: number;
  @Field(() => Int)
  done: number;
}

@Resolver(() => ProjectType)
export class ProjectProgressResolver {
  constructor(private readonly counting: TicketCounting) {}

  @ResolveField(() => ProjectProgressType, { complexity: 4, description: 'How far its tickets are.' })
  async progress(@Parent() project: ProjectType, @Context() context: RequestContext): Promise<ProjectProgressType> {
    const { OPEN: open, IN_PROGRESS: inProgress, DONE: done } = await this.counting.of(context, project.id);
    return { open, inProgress, done };
  }
}
