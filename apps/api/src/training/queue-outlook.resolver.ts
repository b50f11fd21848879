import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import type { Actor, EngineRequest, Template } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { QueueOutlooks } from './queue-outlook.ts';
import { QueueOutlookType } from './queue-outlook.types.ts';
import { EngineRequestEnum, TemplateEnum } from './run.types.ts';

@Resolver(() => QueueOutlookType)
export class QueueOutlookResolver {
  constructor(private readonly outlooks: QueueOutlooks) {}

  @Query(() => QueueOutlookType, {
    complexity: ({ childComplexity }) => 100 + 5 * childComplexity,
    description: 'What a run would meet that is queued now from a ticket.',
  })
  queueOutlook(
    @CurrentActor() actor: Actor,
    @Args('ticketId', { type: () => ID }) ticketId: string,
    @Args('template', { type: () => TemplateEnum }) template: Template,
    @Args('datasetId', { type: () => ID }) datasetId: string,
    @Args('engine', { type: () => EngineRequestEnum }) engine: EngineRequest,
    @Args('dropout', { description: 'Whether it drops activations.' }) dropout: boolean,
  ): Promise<QueueOutlookType> {
    return this.outlooks.outlook(actor, { ticketId, template, datasetId, engine, dropout });
  }
}
