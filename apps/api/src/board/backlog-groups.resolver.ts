import { Args, ID, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor, BacklogGroup } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { countedCost, listCost, pageCost } from '../platform/graphql/document-cost.ts';
import { DomainError } from '../platform/domain-error.ts';
import { whereOf } from '../platform/lists/conditions.ts';
import { QueryArg, TimeZoneArg } from '../platform/lists/list-args.ts';
import { inTurn, queryOf, timeZoneOf } from '../platform/lists/reading.ts';
import { Statement } from '../platform/lists/statement.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { built } from '../platform/sql/prepared-client.ts';
import { ProjectType } from '../project/project.types.ts';
import { EPIC_OF, TICKET_LIST } from '../ticket/ticket.list.ts';
import { CARD_COLUMNS, CARD_SOURCES, cardOf, type CardRow } from '../ticket/ticket.rows.ts';
import { standingAt } from './backlog-places.ts';
import { BacklogGroupEnum, BacklogSumsType, BacklogWindow } from './backlog-groups.types.ts';

/** Tickets of one window. */
const WINDOW_MAX = 200;

/** What groups are in SQL, over `ticket t`; for a set of them (`sums`) what they are called, and their order. */
const GROUPS: Readonly<Record<BacklogGroup, { key: string; name: string; ticketKey: string; order: string; sources: string }>> = {
  SPRINT: { key: 't.sprint_id', name: 'g.name', ticketKey: 'NULL::text', order: `g.starts_on::text || g.id`, sources: 'LEFT JOIN sprint g ON g.id = sums.key' },
  EPIC: {
    key: EPIC_OF,
    name: 'g.title',
    ticketKey: `gp.key || '-' || g.number`,
    order: 'g.backlog_rank',
    sources: 'LEFT JOIN ticket g ON g.id = sums.key LEFT JOIN project gp ON gp.id = g.project_id',
  },
  ASSIGNEE: { key: 't.assignee_id', name: 'g.name', ticketKey: 'NULL::text', order: 'g.name_key', sources: 'LEFT JOIN app_user g ON g.id = sums.key' },
};

@Resolver(() => ProjectType)
export class BacklogGroupsResolver {
  constructor(private readonly database: Database) {}

  @ResolveField(() => [BacklogSumsType], {
    complexity: countedCost(listCost(20)),
    description:
      'The groups of its tickets that a query asks for, with what they come to; those that have none of it are last. Points and hours are those of leaves among what is asked for, by SPRINT of each sprint: of a parent and its child those of the child, of what was cancelled none.',
  })
  backlogGroups(
    @Parent() project: ProjectType,
    @CurrentActor() actor: Actor,
    @Args('by', { type: () => BacklogGroupEnum }) by: BacklogGroup,
    @QueryArg() text: string | null,
    @TimeZoneArg() timeZone: string | null,
  ): Promise<BacklogSumsType[]> {
    const { key, name, ticketKey, order, sources } = GROUPS[by];
    const { statement, where } = asked(actor, project.id, text, timeZone);
    const sql = /* sql */ `
      WITH asked AS MATERIALIZED (
        SELECT t.id, t.parent_id, ${key} AS key, t.points, t.device_hours, t.resolution IS NULL OR t.resolution = 'DONE' AS stays
        FROM ticket t ${TICKET_LIST.joins} ${statement.joins} WHERE ${where}
      ), spoken AS (
        -- of a parent and its child the child speaks; each sprint counts for itself, as its own sums do
        SELECT DISTINCT parent_id, ${by === 'SPRINT' ? 'key' : 'NULL::uuid'} AS within FROM asked WHERE stays AND parent_id IS NOT NULL
      ), sums AS (
        SELECT a.key, count(*)::int AS tickets, COALESCE(sum(a.points) FILTER (WHERE a.speaks), 0)::float8 AS points,
          count(*) FILTER (WHERE a.speaks AND a.points IS NULL)::int AS unestimated, COALESCE(sum(a.device_hours) FILTER (WHERE a.speaks), 0)::float8 AS "deviceHours"
        FROM (
          SELECT asked.*, stays AND s.parent_id IS NULL AS speaks FROM asked
          LEFT JOIN spoken s ON s.parent_id = asked.id${by === 'SPRINT' ? ' AND s.within IS NOT DISTINCT FROM asked.key' : ''}
        ) a GROUP BY 1)
      SELECT sums.*, ${name} AS name, ${ticketKey} AS "ticketKey" FROM sums ${sources} ORDER BY sums.key IS NULL, (${order}) COLLATE "C", sums.key`;
    return inTurn(this.database, actor, (tx) => rows<BacklogSumsType>(tx, built(sql), statement.parameters));
  }

  @ResolveField(() => BacklogWindow, {
    complexity: countedCost(pageCost('first')),
    description: `Tickets that a query asks for, in the order of the project whatever it says of one: \`first\` of them, ${WINDOW_MAX} at most, behind \`offset\`.`,
  })
  async backlogWindow(
    @Parent() project: ProjectType,
    @CurrentActor() actor: Actor,
    @Args('offset', { type: () => Int, defaultValue: 0 }) offset: number,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
    @Args('afterId', {
      type: () => ID,
      nullable: true,
      description: 'The ticket that stands right before the window, where it is known: what is before it is not read then. One that is gone: NEIGHBOUR_GONE.',
    })
    afterId: string | null,
    @QueryArg() text: string | null,
    @TimeZoneArg() timeZone: string | null,
  ): Promise<BacklogWindow> {
    if (offset < 0) throw new DomainError('BAD_INPUT', { field: 'offset', min: 0 });
    if (first < 1 || first > WINDOW_MAX) throw new DomainError('BAD_INPUT', { field: 'first', min: 1, max: WINDOW_MAX });
    return inTurn(this.database, actor, async (tx) => {
      const { statement, where } = asked(actor, project.id, text, timeZone);
      const before = afterId == null || offset === 0 ? null : await standingAt(tx, project.id, afterId);
      const from = before ? `AND (t.backlog_rank, t.id) > (${statement.param(before.rank, 'text')} COLLATE "C", ${statement.param(before.id, 'uuid')})` : '';
      // the order is that of an index: what is behind the window is not read
      const sql = /* sql */ `SELECT t.id FROM ticket t ${TICKET_LIST.joins} ${statement.joins} WHERE ${where} ${from}
        ORDER BY t.backlog_rank, t.id OFFSET ${statement.param(before ? 0 : offset, 'int')} LIMIT ${statement.param(first, 'int')}`;
      const ids = (await rows<{ id: string }>(tx, built(sql), statement.parameters)).map(({ id }) => id);
      const cards = await rows<CardRow>(tx, `SELECT ${CARD_COLUMNS} FROM ticket t ${CARD_SOURCES} WHERE t.id = ANY ($1::uuid[])`, [ids]);
      const byId = new Map(cards.map((card) => [card.id, cardOf(card, card)]));
      return { offset, nodes: ids.flatMap((id) => byId.get(id) ?? []), counted: () => this.count(actor, project.id, text, timeZone) };
    });
  }

  private count(actor: Actor, projectId: string, text: string | null, timeZone: string | null): Promise<number> {
    const { statement, where } = asked(actor, projectId, text, timeZone);
    const sql = `SELECT count(*)::int AS total FROM ticket t ${TICKET_LIST.joins} ${statement.joins} WHERE ${where}`;
    return inTurn(this.database, actor, async (tx) => (await row<{ total: number }>(tx, built(sql), statement.parameters))!.total);
  }
}

@Resolver(() => BacklogWindow)
export class BacklogWindowResolver {
  @ResolveField(() => Int, { complexity: listCost(5), description: 'All that the query asks for. They are counted where this is asked alone.' })
  total(@Parent() { counted }: BacklogWindow): Promise<number> {
    return counted();
  }
}

/** What is asked of the tickets of a project, within what the actor may read. */
function asked(actor: Actor, projectId: string, text: string | null, timeZone: string | null): { statement: Statement; where: string } {
  const statement = new Statement(actor, { now: new Date(), timeZone: timeZoneOf(timeZone ?? null) }, projectId);
  return { statement, where: whereOf(TICKET_LIST, queryOf(TICKET_LIST, text ?? null), statement) };
}
