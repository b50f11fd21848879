import { Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { RunnerService } from './runner.service.ts';
import { RunnerType } from './runner.types.ts';

@Resolver(() => RunnerType)
export class RunnerResolver {
  constructor(private readonly service: RunnerService) {}

  @Query(() => [RunnerType], { description: 'All runners ever heard of, those online first.' })
  runners(@CurrentActor() actor: Actor): Promise<RunnerType[]> {
    return this.service.runners(actor);
  }
}
