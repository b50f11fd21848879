import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import type { Actor, Stage } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { COUNTED_MAX, CountedTicketsReader } from './counted-tickets.reader.ts';
import { CountedTicketsType, FlowStageEnum, KnownEnum, ReportTicketType, type Known } from './flow.types.ts';

/** What they cost: the first reads the past of a project. */
const STAGE_COST = 500;
const TICKETS_COST = 200;

@Resolver()
export class CountedTicketsResolver {
  constructor(private readonly counted: CountedTicketsReader) {}

  @Query(() => CountedTicketsType, { complexity: STAGE_COST, description: 'The tickets at a stage at the end of a day, as `projectFlow` counts them.' })
  flowTickets(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('day', { description: 'ISO day of the project.' }) day: string,
    @Args('stage', { type: () => FlowStageEnum }) stage: Stage,
    @Args('asOf', { type: () => Date, nullable: true, description: 'A past moment: nothing later is known. Null: now.' }) asOf: Date | null,
    @Args('known', { type: () => KnownEnum, defaultValue: 'THEN' }) known: Known,
  ): Promise<CountedTicketsType> {
    return this.counted.atStage(actor, { projectId, day, stage, asOf: asOf ?? null, known });
  }

  @Query(() => [ReportTicketType], {
    complexity: TICKETS_COST,
    description: `Tickets that a report names, in the order asked for: ${COUNTED_MAX} at most, deleted ones among them, erased ones not.`,
  })
  reportTickets(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('ids', { type: () => [ID] }) ids: string[],
  ): Promise<ReportTicketType[]> {
    return this.counted.tickets(actor, projectId, ids);
  }
}
