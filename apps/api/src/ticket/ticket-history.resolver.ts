import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { ActivityConnection } from '../activity/activity.types.ts';
import { HistoryService } from '../activity/history.service.ts';
import { pageCost } from '../platform/graphql/document-cost.ts';
import { TicketType } from './ticket.types.ts';

@Resolver(() => TicketType)
export class TicketHistoryResolver {
  constructor(private readonly history: HistoryService) {}

  @ResolveField(() => ActivityConnection, { description: 'Its history, newest first.', complexity: pageCost('first') })
  activity(
    @Parent() ticket: TicketType,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<ActivityConnection> {
    return this.history.ofTicket(ticket.id, first, after);
  }
}
