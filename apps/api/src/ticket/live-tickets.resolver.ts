import { ResolveField, Resolver } from '@nestjs/graphql';
import { ProjectEventsType } from '../activity/activity.types.ts';
import { LiveRegistry } from '../activity/live-things.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { CARD_COLUMNS, CARD_SOURCES, cardOf, type CardRow } from './ticket.rows.ts';
import { TicketType } from './ticket.types.ts';

@Resolver(() => ProjectEventsType)
export class LiveTicketsResolver {
  constructor(live: LiveRegistry) {
    live.register<CardRow>({
      field: 'tickets',
      sql: /* sql */ `
        SELECT ${CARD_COLUMNS} FROM ticket t ${CARD_SOURCES}
        WHERE t.id = ANY (ARRAY(SELECT DISTINCT "ticketId" FROM news WHERE "ticketId" IS NOT NULL)) AND t.deleted_at IS NULL`,
      of: (cards) => cards.map((card) => cardOf(card, card)),
    });
  }

  @ResolveField(() => [TicketType], { complexity: listCost(50), description: 'Tickets concerned that are on the board.' })
  tickets(events: ProjectEventsType): TicketType[] {
    return events.things['tickets'] as TicketType[];
  }
}
