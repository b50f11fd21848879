import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Actor, BacklogGroup } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { askedCost, listCost } from '../platform/graphql/document-cost.ts';
import { whereOf } from '../platform/lists/conditions.ts';
import { QueryArg, TimeZoneArg } from '../platform/lists/list-args.ts';
import { inTurn, queryOf, timeZoneOf } from '../platform/lists/reading.ts';
import { Statement } from '../platform/lists/statement.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { built } from '../platform/sql/prepared-client.ts';
import { ProjectType } from '../project/project.types.ts';
import { EPIC_OF, TICKET_LIST } from '../ticket/ticket.list.ts';
import { BacklogGroupEnum, BacklogSumsType } from './backlog-groups.types.ts';

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
    complexity: askedCost(listCost(20)),
    description: 'The groups of its tickets that a query asks for, with what they come to; those that have none of it are last.',
  })
  backlogGroups(
    @Parent() project: ProjectType,
    @CurrentActor() actor: Actor,
    @Args('by', { type: () => BacklogGroupEnum }) by: BacklogGroup,
    @QueryArg() text: string | null,
    @TimeZoneArg() timeZone: string | null,
  ): Promise<BacklogSumsType[]> {
    const { key, name, ticketKey, order, sources } = GROUPS[by];
    const statement = new Statement(actor, { now: new Date(), timeZone: timeZoneOf(timeZone ?? null) }, project.id);
    const where = whereOf(TICKET_LIST, queryOf(TICKET_LIST, text ?? null), statement);
    const sql = /* sql */ `
      WITH sums AS (
        SELECT ${key} AS key, count(*)::int AS tickets, COALESCE(sum(t.points), 0)::float8 AS points, count(*) FILTER (WHERE t.points IS NULL)::int AS unestimated,
          COALESCE(sum(t.device_hours), 0)::float8 AS "deviceHours"
        FROM ticket t ${TICKET_LIST.joins} ${statement.joins} WHERE ${where} GROUP BY 1)
      SELECT sums.*, ${name} AS name, ${ticketKey} AS "ticketKey" FROM sums ${sources} ORDER BY sums.key IS NULL, (${order}) COLLATE "C", sums.key`;
    return inTurn(this.database, actor, (tx) => rows<BacklogSumsType>(tx, built(sql), statement.parameters));
  }
}
