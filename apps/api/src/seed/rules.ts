import type { INestApplicationContext } from '@nestjs/common';
import type { Actor } from '@trainyard/domain';
import { AutomationService } from '../automation/automation.service.ts';
import type { RuleActionInput, RuleTriggerInput } from '../automation/automation.types.ts';
import type { Column } from './ticket-story.ts';

/** A rule of a project; columns by their place on its board, from the left, from 0. */
export interface SeedRule {
  name: string;
  enabled: boolean;
  trigger: RuleTriggerInput;
  condition?: string;
  actions: readonly (RuleActionInput & { column?: number })[];
}

/** Made at the end: what is told of the past fired none of them. */
export async function makeRules(
  app: INestApplicationContext,
  lead: Actor,
  projectId: string,
  columns: readonly Column[],
  rules: readonly SeedRule[],
): Promise<void> {
  for (const { actions, ...rule } of rules)
    await app.get(AutomationService).create(lead, {
      ...rule,
      projectId,
      actions: actions.map(({ column, ...action }) => ({ ...action, ...(column !== undefined && { columnId: columns[column]?.id }) })),
    });
}
