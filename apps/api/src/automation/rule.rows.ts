import type { ProjectScope, RuleAction, RuleOffReason, Trigger } from '@trainyard/domain';
import { PROJECT_SCOPE } from '../platform/authorize.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import type { RuleActionType, RuleFault, RuleTriggerType, RuleType } from './automation.types.ts';

/** A rule as it is kept. */
export interface RuleRow {
  id: string;
  projectId: string;
  name: string;
  ownerId: string | null;
  ownerName: string | null;
  enabled: boolean;
  offReason: RuleOffReason | null;
  trigger: Trigger;
  condition: string;
  actions: RuleAction[];
  dueAt: Date | string | null;
  lastFiredAt: Date | string | null;
  version: number;
}

/** Columns of a rule over `rule r LEFT JOIN app_user owner`. */
export const RULE_COLUMNS = /* sql */ `
  r.id, r.project_id AS "projectId", r.name, r.owner_id AS "ownerId", owner.name AS "ownerName", r.enabled, r.off_reason AS "offReason", r.trigger, r.condition, r.actions,
  r.due_at AS "dueAt", (SELECT max(f.at) FROM rule_firing f WHERE f.rule_id = r.id) AS "lastFiredAt", r.version`;
export const RULE_SOURCES = 'rule r LEFT JOIN app_user owner ON owner.id = r.owner_id';

export const rulesOf = (tx: Tx, projectId: string): Promise<RuleRow[]> =>
  rows(tx, `SELECT ${RULE_COLUMNS} FROM ${RULE_SOURCES} WHERE r.project_id = $1 AND r.deleted_at IS NULL ORDER BY r.created_at, r.id`, [projectId]);

export type HeldRule = RuleRow & ProjectScope;

/** A rule that nobody else changes until the transaction ends; null where there is none. */
export const lockRule = (tx: Tx, id: string): Promise<HeldRule | null> =>
  row(
    tx,
    `SELECT ${RULE_COLUMNS}, ${PROJECT_SCOPE} FROM ${RULE_SOURCES} JOIN project p ON p.id = r.project_id WHERE r.id = $1 AND r.deleted_at IS NULL FOR UPDATE OF r`,
    [id],
  );

const NO_TRIGGER = { field: null, to: null, columnId: null, state: null, runStates: null, each: null, weekday: null, at: null };
const NO_ACTION = { columnId: null, field: null, value: null, labelId: null, who: null, personId: null, text: null, title: null, type: null };
const told = (value: string | number | null): string | null => (value === null ? null : String(value));

export const triggerTold = (trigger: Trigger): RuleTriggerType => ({
  ...NO_TRIGGER,
  ...(trigger as Partial<RuleTriggerType> & { on: Trigger['on'] }),
  ...('to' in trigger && { to: told(trigger.to) }),
});
export const actionTold = (action: RuleAction): RuleActionType => ({
  ...NO_ACTION,
  ...(action as Partial<RuleActionType> & { does: RuleAction['does'] }),
  ...('value' in action && { value: told(action.value) }),
});

export function ruleOf({ ownerName, trigger, actions, dueAt, lastFiredAt, ...rule }: RuleRow, faults: RuleFault[]): RuleType {
  return {
    ...rule,
    owner: rule.ownerId === null || ownerName === null ? null : { id: rule.ownerId, name: ownerName },
    trigger: triggerTold(trigger),
    actions: actions.map(actionTold),
    faults,
    dueAt: dueAt === null ? null : new Date(dueAt),
    lastFiredAt: lastFiredAt === null ? null : new Date(lastFiredAt),
  };
}
