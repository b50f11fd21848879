import { ResolveField, Resolver } from '@nestjs/graphql';
import { ProjectEventsType } from '../activity/activity.types.ts';
import { LiveRegistry, NEWS_OF } from '../activity/live-things.ts';
import { listCost } from '../platform/graphql/document-cost.ts';
import { AutomationReader } from './automation.reader.ts';
import { RuleType } from './automation.types.ts';
import { RULE_COLUMNS, RULE_SOURCES, type RuleRow } from './rule.rows.ts';

@Resolver(() => ProjectEventsType)
export class LiveRulesResolver {
  constructor(live: LiveRegistry, reader: AutomationReader) {
    live.register<RuleRow>({
      field: 'rules',
      sql: /* sql */ `SELECT ${RULE_COLUMNS} FROM ${RULE_SOURCES} WHERE r.deleted_at IS NULL AND r.id = ${NEWS_OF('RULE')}`,
      of: async (found, tx) => (found[0] ? reader.rulesWithFaults(tx, found, found[0].projectId) : []),
    });
  }

  @ResolveField(() => [RuleType], { complexity: listCost(5), description: 'Rules concerned.' })
  rules(events: ProjectEventsType): RuleType[] {
    return events.things['rules'] as RuleType[];
  }
}
