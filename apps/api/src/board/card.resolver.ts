import { Args, ID, Int, Mutation, Resolver } from '@nestjs/graphql';
import { TICKETS_AT_ONCE, type Actor, type Resolution, type TicketState } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { ResolutionEnum, TicketStateEnum, TicketType } from '../ticket/ticket.types.ts';
import { LaneInput } from './asked-board.types.ts';
import { ChangeTicketsService } from './change-tickets.service.ts';
import { ChangedTicket, TicketChangeInput } from './change-tickets.types.ts';
import { CardService } from './card.service.ts';
import { CreateTicketInput } from './card.types.ts';
import { MoveService, type Into } from './move.service.ts';

/** So many are changed at once by most. */
const TICKETS_USUALLY = 50;
const laneOf = ({ by, lane, labelIds, seen }: LaneInput): Into => ({ by, lane: lane ?? null, labelIds: labelIds ?? null, seen: seen ?? null });

@Resolver(() => TicketType)
export class CardResolver {
  constructor(
    private readonly cards: CardService,
    private readonly moves: MoveService,
    private readonly many: ChangeTicketsService,
  ) {}

  @Mutation(() => TicketType, { description: 'A new card, at the end of its column unless afterId places it (null: the top).' })
  createTicket(@CurrentActor() actor: Actor, @Args('input') input: CreateTicketInput): Promise<TicketType> {
    return this.cards.createTicket(actor, input);
  }

  @Mutation(() => TicketType, {
    description:
      'Puts a card behind another (afterId), or to the top of a column (null); with `into` also into a lane: both or neither. Not versioned: a move names its neighbour, and a lane what was `seen`.',
  })
  moveTicket(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('columnId', { type: () => ID }) columnId: string,
    @Args('afterId', { type: () => ID, nullable: true }) afterId: string | null,
    @Args('rank', { type: () => String, nullable: true, description: 'Back to where a card of this rank belongs, in place of `afterId`.' }) rank: string | null,
    @Args('into', { type: () => LaneInput, nullable: true }) into: LaneInput | null,
  ): Promise<TicketType> {
    return this.moves.moveTicket(actor, id, columnId, rank == null ? { afterId: afterId ?? null } : { rank }, into && laneOf(into));
  }

  @Mutation(() => TicketType, {
    description: 'Takes a card off its board: it stays in the backlog, as far as it is. One that lies on no board is answered as it is.',
  })
  takeOffBoard(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<TicketType> {
    return this.moves.takeOffBoard(actor, id);
  }

  @Mutation(() => TicketType, {
    description:
      'Says how far a ticket is, and how it ended (null: as DONE, where it is done). A card whose column means another state goes to the top of the first column of its board that means this one. Not versioned: what is said last holds.',
  })
  setTicketState(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('state', { type: () => TicketStateEnum }) state: TicketState,
    @Args('resolution', { type: () => ResolutionEnum, nullable: true }) resolution: Resolution | null,
  ): Promise<TicketType> {
    return this.many.setTicketState(actor, id, state, resolution ?? null);
  }

  @Mutation(() => [ChangedTicket], {
    complexity: listCost(TICKETS_USUALLY),
    description: `Changes up to ${TICKETS_AT_ONCE} tickets, in the order they are named. Each is answered for itself: changed, unchanged or refused.`,
  })
  changeTickets(@CurrentActor() actor: Actor, @Args('changes', { type: () => [TicketChangeInput] }) changes: TicketChangeInput[]): Promise<ChangedTicket[]> {
    return this.many.changeTickets(actor, changes);
  }

  @Mutation(() => TicketType, { description: 'Deletes a ticket; restoreTicket undoes it.' })
  deleteTicket(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<TicketType> {
    return this.cards.deleteTicket(actor, id, version);
  }

  @Mutation(() => TicketType, { description: 'Undo of a delete.' })
  restoreTicket(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<TicketType> {
    return this.cards.restoreTicket(actor, id);
  }
}
