import { Args, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { familyProgress, type ChildProgress, type FamilyProgress } from '@trainyard/domain';
import type { RequestContext } from '../platform/actor.ts';
import { pageCost } from '../platform/graphql/document-cost.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { grouped, inOrderOf, loader } from '../platform/sql/loader.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { CARD_COLUMNS, CARD_SOURCES, cardOf, type CardRow } from './ticket.rows.ts';
import { FamilyProgressType, TicketConnection, TicketType } from './ticket.types.ts';

const CARD = `SELECT ${CARD_COLUMNS} FROM ticket t ${CARD_SOURCES}`;

/** What a ticket is a part of, and what its parts are: all of one project, so that who reads one may read the others. */
@Resolver(() => TicketType)
export class TicketFamilyResolver {
  private readonly parents = loader<string, TicketType>(async (ids) => {
    const found = await rows<CardRow>(this.database.direct, `${CARD} WHERE t.id = ANY ($1::uuid[]) AND t.deleted_at IS NULL`, [ids]);
    return inOrderOf(
      ids,
      found.map((card) => cardOf(card, card)),
      ({ id }) => id,
    );
  });
  private readonly progresses = loader<string, FamilyProgress>(async (ids) => {
    const found = await rows<ChildProgress & { parentId: string }>(
      this.database.direct,
      'SELECT parent_id AS "parentId", resolution, points FROM ticket WHERE parent_id = ANY ($1::uuid[]) AND deleted_at IS NULL',
      [ids],
    );
    return grouped(ids, found, ({ parentId }) => parentId).map(familyProgress);
  });

  constructor(private readonly database: Database) {}

  // Without parameter decorators Nest calls it directly: cards of a window ask for it.
  @ResolveField(() => TicketType, { nullable: true, description: 'What it is a part of.' })
  parent(ticket: TicketType, _args: unknown, context: RequestContext): Promise<TicketType | null> | null {
    return ticket.parentId === null ? null : this.parents(context).load(ticket.parentId);
  }

  @ResolveField(() => FamilyProgressType, { nullable: true, description: 'How far it is by its children.' })
  progress(ticket: TicketType, _args: unknown, context: RequestContext): Promise<FamilyProgress | null> {
    return this.progresses(context).load(ticket.id);
  }

  @ResolveField(() => TicketConnection, { description: 'Its children by number.', complexity: pageCost('first') })
  async children(
    @Parent() ticket: TicketType,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<TicketConnection> {
    const limit = pageSize(first);
    const [number = 0] = decodeCursor(after, 1) ?? [];
    const [found, total] = await Promise.all([
      rows<CardRow>(this.database.direct, `${CARD} WHERE t.parent_id = $1 AND t.deleted_at IS NULL AND t.number > $2 ORDER BY t.number LIMIT $3`, [
        ticket.id,
        number,
        limit + 1,
      ]),
      row<{ count: number }>(this.database.direct, 'SELECT count(*)::int AS count FROM ticket WHERE parent_id = $1 AND deleted_at IS NULL', [ticket.id]),
    ]);
    const { nodes, pageInfo } = page(found, limit, (card) => [card.number]);
    return { nodes: nodes.map((card) => cardOf(card, card)), totalCount: total?.count ?? 0, totalCountIsCapped: false, pageInfo };
  }
}
