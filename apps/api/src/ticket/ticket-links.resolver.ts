import { Args, Context, ID, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { LINK_SIDES, sideOf, type Actor, type Link, type LinkSide } from '@trainyard/domain';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { grouped, loader } from '../platform/sql/loader.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { TicketLinksService } from './ticket-links.service.ts';
import { CARD_COLUMNS, CARD_SOURCES, cardOf, type CardRow } from './ticket.rows.ts';
import { LinkSideEnum, TicketLinkType, TicketType } from './ticket.types.ts';

/** A link of ticket `ofId` with the ticket at its other end. */
type LinkedRow = CardRow & Link & { ofId: string };
const linked = (which: string): string => /* sql */ `
  SELECT ${CARD_COLUMNS}, l.of_id AS "ofId", l.from_id AS "fromId", l.to_id AS "toId", l.kind
  FROM (${which}) l JOIN ticket t ON t.id = l.other_id ${CARD_SOURCES}
  WHERE t.deleted_at IS NULL AND ${READABLE_PROJECT(1)} ORDER BY l.created_at, t.id`;
const OF_FROM = 'SELECT from_id AS of_id, to_id AS other_id, from_id, to_id, kind, created_at FROM ticket_link WHERE from_id = ANY ($3::uuid[])';
const OF_TO = 'SELECT to_id AS of_id, from_id AS other_id, from_id, to_id, kind, created_at FROM ticket_link WHERE to_id = ANY ($3::uuid[])';
const LINKS = linked(`${OF_FROM} UNION ALL ${OF_TO}`);
const BLOCKERS = linked(`${OF_TO} AND kind = 'BLOCKS'`);

/** A ticket's links to others that the caller may read: what they may not read is not there for them. */
@Resolver(() => TicketType)
export class TicketLinksResolver {
  private readonly all = loader<string, LinkedRow[]>((ids, { actor }) => this.read(LINKS, ids, actor));
  private readonly blocking = loader<string, LinkedRow[]>((ids, { actor }) => this.read(BLOCKERS, ids, actor));

  constructor(
    private readonly database: Database,
    private readonly service: TicketLinksService,
  ) {}

  // Without parameter decorators Nest calls it directly: this runs for every card of a window.
  @ResolveField(() => [TicketType], { complexity: 2, description: 'What blocks it, done or not.' })
  blockers(ticket: TicketType, _args: unknown, context: RequestContext): TicketType[] | Promise<TicketType[]> {
    if (!ticket.hasBlockers) return [];
    return this.blocking(context)
      .load(ticket.id)
      .then((found) => (found ?? []).map((card) => cardOf(card, card)));
  }

  @ResolveField(() => [TicketLinkType], { complexity: listCost(10), description: 'What it is to other tickets.' })
  async links(@Parent() ticket: TicketType, @Context() context: RequestContext): Promise<TicketLinkType[]> {
    const found = (await this.all(context).load(ticket.id)) ?? [];
    return found
      .map((card) => ({ side: sideOf(card, ticket.id), ticket: cardOf(card, card) }))
      .toSorted((a, b) => LINK_SIDES.indexOf(a.side) - LINK_SIDES.indexOf(b.side));
  }

  @Mutation(() => TicketType, {
    description: 'Says what a ticket is to another one, of any project that one may read. A ring of tickets that block each other is refused.',
  })
  linkTickets(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('side', { type: () => LinkSideEnum }) side: LinkSide,
    @Args('otherId', { type: () => ID }) otherId: string,
  ): Promise<TicketType> {
    return this.service.link(actor, id, side, otherId);
  }

  @Mutation(() => TicketType, { description: 'Takes back what linkTickets said.' })
  unlinkTickets(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('side', { type: () => LinkSideEnum }) side: LinkSide,
    @Args('otherId', { type: () => ID }) otherId: string,
  ): Promise<TicketType> {
    return this.service.unlink(actor, id, side, otherId);
  }

  private async read(sql: string, ids: readonly string[], actor: Actor | null): Promise<LinkedRow[][]> {
    if (!actor) throw new DomainError('UNAUTHENTICATED');
    return grouped(ids, await rows<LinkedRow>(this.database.direct, sql, [...readableBy(actor), ids]), ({ ofId }) => ofId);
  }
}
