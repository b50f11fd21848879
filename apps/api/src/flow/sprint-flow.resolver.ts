import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { LookBackReader } from './look-back.reader.ts';
import { SprintLookBackType } from './look-back.types.ts';
import { SprintDayReader } from './sprint-day.reader.ts';
import { SprintDayType } from './sprint-day.types.ts';

/** What they cost: the second reads twelve weeks of a project. */
const [DAY_COST, LOOK_BACK_COST] = [300, 1_500];

@Resolver()
export class SprintFlowResolver {
  constructor(
    private readonly days: SprintDayReader,
    private readonly back: LookBackReader,
  ) {}

  @Query(() => SprintDayType, { nullable: true, complexity: DAY_COST, description: 'What happened in a sprint since the last working day began.' })
  sprintDay(@CurrentActor() actor: Actor, @Args('sprintId', { type: () => ID }) sprintId: string): Promise<SprintDayType | null> {
    return this.days.day(actor, sprintId);
  }

  @Query(() => SprintLookBackType, {
    nullable: true,
    complexity: LOOK_BACK_COST,
    description: 'What a retrospective begins with. Null: the sprint has not started, or the reader may not know of it.',
  })
  sprintLookBack(@CurrentActor() actor: Actor, @Args('sprintId', { type: () => ID }) sprintId: string): Promise<SprintLookBackType | null> {
    return this.back.lookBack(actor, sprintId);
  }
}
