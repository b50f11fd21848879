import { Args, Context, ID, Int, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { loader } from '../platform/sql/loader.ts';
import { TicketType } from '../ticket/ticket.types.ts';
import { ColumnType } from './board.types.ts';
import { PolicyService } from './policy.service.ts';
import { ColumnCheckInput, ColumnPolicy, TicketGate } from './policy.types.ts';

@Resolver(() => ColumnType)
export class ColumnPolicyResolver {
  private readonly policies = loader<string, ColumnPolicy>(async (ids) => {
    const found = await this.service.policies(ids);
    return ids.map((id) => found.get(id) ?? { requiredFields: [], checks: [] });
  });

  constructor(private readonly service: PolicyService) {}

  @ResolveField(() => ColumnPolicy, { complexity: 5, description: 'What it asks of tickets that come into it.' })
  policy(@Parent() { id }: ColumnType, @Context() context: RequestContext): Promise<ColumnPolicy> {
    return this.policies(context).load(id) as Promise<ColumnPolicy>;
  }

  @Mutation(() => ColumnType, { description: 'Says what a column asks of tickets that come into it: all of it, each time.' })
  setColumnPolicy(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('requiredFields', { type: () => [String] }) requiredFields: string[],
    @Args('checks', { type: () => [ColumnCheckInput] }) checks: ColumnCheckInput[],
  ): Promise<ColumnType> {
    return this.service.setPolicy(actor, id, version, requiredFields, checks);
  }
}

@Resolver(() => TicketType)
export class TicketGateResolver {
  private readonly gatesOf = loader<TicketType, TicketGate[]>(async (tickets) => {
    const found = await this.service.gatesOf(tickets);
    return tickets.map(({ id }) => found.get(id) ?? []);
  });

  constructor(private readonly service: PolicyService) {}

  @ResolveField(() => [TicketGate], { complexity: listCost(5), description: 'What the column it lies in and those behind it ask of it.' })
  gates(@Parent() ticket: TicketType, @Context() context: RequestContext): Promise<TicketGate[]> {
    return this.gatesOf(context).load(ticket) as Promise<TicketGate[]>;
  }

  @Mutation(() => TicketType, {
    description: 'Ticks an item of a definition of done for a ticket, or takes the tick back. Not versioned: what is said last holds.',
  })
  tickCheck(
    @CurrentActor() actor: Actor,
    @Args('ticketId', { type: () => ID }) ticketId: string,
    @Args('checkId', { type: () => ID }) checkId: string,
    @Args('done') done: boolean,
  ): Promise<TicketType> {
    return this.service.tick(actor, ticketId, checkId, done);
  }
}
