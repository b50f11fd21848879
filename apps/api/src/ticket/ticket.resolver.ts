import { Args, ID, Int, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { TICKET_DESCRIPTION_MAX, type Actor } from '@trainyard/domain';
import { PersonType } from '../access/person.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { searchCost, textCost } from '../platform/graphql/document-cost.ts';
import { QueryArg, TimeZoneArg } from '../platform/lists/list-args.ts';
import { TicketReader } from './ticket.reader.ts';
import { TicketService } from './ticket.service.ts';
import { TicketConnection, TicketType, UpdateTicketInput } from './ticket.types.ts';

@Resolver(() => TicketType)
export class TicketResolver {
  constructor(
    private readonly reading: TicketReader,
    private readonly ticketService: TicketService,
  ) {}

  @Query(() => TicketType, { nullable: true, description: 'One ticket, by id or by key such as NLP-12.' })
  ticket(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID, nullable: true }) id: string | null,
    @Args('key', { type: () => String, nullable: true }) key: string | null,
  ): Promise<TicketType | null> {
    return this.reading.ticket(actor, id, key);
  }

  @Query(() => TicketConnection, {
    description:
      'Tickets you may read, of a project or of all. With `query`, or of all: what it says, in its order; else newest change first, in a project by number. Without, `search` looks in titles and for a number or key, whose ticket comes first.',
    complexity: searchCost('first'),
  })
  tickets(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID, nullable: true }) projectId: string | null,
    @Args('search', { type: () => String, nullable: true }) search: string | null,
    @QueryArg() query: string | null,
    @TimeZoneArg() timeZone: string | null,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<TicketConnection> {
    return this.reading.tickets(actor, {
      projectId: projectId ?? null,
      search: search ?? null,
      query: query ?? null,
      timeZone: timeZone ?? null,
      first,
      after: after ?? null,
    });
  }

  // Without parameter decorators Nest calls these directly: they run for every card of a window.
  @ResolveField(() => String, { complexity: textCost(TICKET_DESCRIPTION_MAX), description: 'Markdown.' })
  description(ticket: TicketType, _args: unknown, context: RequestContext): string | Promise<string> {
    return ticket.description ?? this.reading.details(context, ticket.id).then((details) => details.description);
  }
  @ResolveField(() => PersonType, { nullable: true, description: 'Who made it.' })
  createdBy(ticket: TicketType, _args: unknown, context: RequestContext): PersonType | null | Promise<PersonType | null> {
    return ticket.createdBy === undefined ? this.reading.details(context, ticket.id).then((details) => details.createdBy) : ticket.createdBy;
  }
  @ResolveField(() => Date, { description: 'When it was made.' })
  createdAt(ticket: TicketType, _args: unknown, context: RequestContext): Date | Promise<Date> {
    return ticket.createdAt ?? this.reading.details(context, ticket.id).then((details) => details.createdAt);
  }
  @ResolveField(() => Date, { description: 'When it was last changed or moved.' })
  updatedAt(ticket: TicketType, _args: unknown, context: RequestContext): Date | Promise<Date> {
    return ticket.updatedAt ?? this.reading.details(context, ticket.id).then((details) => details.updatedAt);
  }

  @Mutation(() => TicketType, { description: 'Changes the named fields of a ticket.' })
  updateTicket(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateTicketInput,
  ): Promise<TicketType> {
    return this.ticketService.updateTicket(actor, id, version, input);
  }
}
