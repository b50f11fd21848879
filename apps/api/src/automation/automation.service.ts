import { Injectable } from '@nestjs/common';
import {
  changesBetween,
  checkedActions,
  checkedTrigger,
  faultsIn,
  nextDue,
  RULE_NAME_MAX,
  RULES_EACH,
  type Actor,
  type ProjectScope,
  type RuleAction,
  type Trigger,
} from '@trainyard/domain';
import { demandProject, PROJECT_SCOPE, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { line } from '../platform/input.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { LogReaders, type LogReader } from '../platform/log/log-reader.ts';
import { queryOf } from '../platform/lists/reading.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, databaseNow, row, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { TICKET_LIST } from '../ticket/ticket.list.ts';
import type { CreateRuleInput, RuleActionInput, RuleTriggerInput, RuleType, UpdateRuleInput } from './automation.types.ts';
import { lockRule, RULE_COLUMNS, RULE_SOURCES, ruleOf, type RuleRow } from './rule.rows.ts';
import { worldOf, type ProjectWorld } from './rule-world.ts';

/** Under it the reader's positions are kept. */
export const RULES_READER = 'rules';

type Written = Pick<RuleRow, 'name' | 'condition' | 'enabled' | 'trigger' | 'actions'>;

/** Rules are made, changed, switched and taken away. */
@Injectable()
export class AutomationService {
  private readonly reader: LogReader;

  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    readers: LogReaders,
  ) {
    this.reader = readers.reader(RULES_READER);
  }

  async create(actor: Actor, input: CreateRuleInput): Promise<RuleType> {
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'RULE', input.id);
      const { projectId } = demandProject(actor, 'rule.manage', await projectFor(tx, input.projectId));
      const rule: Written = {
        name: line('name', input.name, RULE_NAME_MAX),
        condition: conditionIn(input.condition ?? ''),
        enabled: input.enabled ?? false,
        ...whenThen(input.trigger, input.actions),
      };
      const { id, before } = await creation.find({ projectId, ...rule }, (one) => this.readable(tx, actor, one));
      if (before) return before;
      const world = await worldOf(tx, projectId, [rule]);
      demandWhole(rule, world);
      const there = await row<{ count: number }>(tx, 'SELECT count(*)::int AS count FROM rule WHERE project_id = $1 AND deleted_at IS NULL', [projectId]);
      if ((there?.count ?? 0) >= RULES_EACH) throw new DomainError('BAD_INPUT', { field: 'projectId', reason: 'TOO_MANY', max: RULES_EACH });
      await tx.query(
        /* sql */ `INSERT INTO rule (id, project_id, name, owner_id, enabled, trigger, condition, actions, since_seq, due_at, due_zone)
          VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
        [
          ...[id, projectId, rule.name, actor.userId, rule.enabled, rule.trigger, rule.condition, JSON.stringify(rule.actions)],
          await this.reader.begin(tx, projectId),
          ...(await dueOf(tx, rule, world)),
        ],
      );
      await this.activity.append(tx, projectId, actor.userId, [{ entity: 'RULE', entityId: id, action: 'CREATED', changes: changesBetween({}, rule) }]);
      return this.mustLoad(tx, id, world);
    });
  }

  /** What it does changes in somebody's name: theirs who says so. */
  async update(actor: Actor, id: string, version: number, input: UpdateRuleInput): Promise<RuleType> {
    return this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'rule.manage', await lockRule(tx, id));
      sameVersion(before, version);
      const after: Written = {
        name: input.name == null ? before.name : line('name', input.name, RULE_NAME_MAX),
        condition: input.condition == null ? before.condition : conditionIn(input.condition),
        enabled: input.enabled ?? before.enabled,
        ...(input.trigger || input.actions
          ? whenThen(input.trigger ?? before.trigger, input.actions ?? before.actions.map(asked))
          : {
              trigger: before.trigger,
              actions: before.actions,
            }),
      };
      const changes = changesBetween<Written>(before, after);
      const world = await worldOf(tx, before.projectId, [before, after]);
      if (Object.keys(changes).length === 0) return this.mustLoad(tx, id, world);
      const begins = after.enabled && !before.enabled;
      const empowers = begins || changes['trigger'] !== undefined || changes['condition'] !== undefined || changes['actions'] !== undefined;
      if (empowers) demandWhole(after, world);
      const ownerId = empowers ? actor.userId : before.ownerId;
      if (ownerId !== before.ownerId) changes['ownerId'] = { from: before.ownerId, to: ownerId };
      // A time that has passed and was not seen to yet stays: what is only called otherwise is done all the same.
      const isTimed = !after.enabled || begins || changes['trigger'] !== undefined;
      const [dueAt, dueZone] = isTimed ? await dueOf(tx, after, world) : [null, null];
      await tx.query(
        /* sql */ `UPDATE rule SET name = $2, owner_id = $3, enabled = $4, trigger = $5, condition = $6, actions = $7, off_reason = CASE WHEN $4 THEN NULL ELSE off_reason END,
          since_seq = CASE WHEN $8 THEN $9 ELSE since_seq END, due_at = CASE WHEN $12 THEN $10 ELSE due_at END, due_zone = CASE WHEN $12 THEN $11 ELSE due_zone END, version = version + 1, updated_at = now() WHERE id = $1`,
        [
          ...[id, after.name, ownerId, after.enabled, after.trigger, after.condition, JSON.stringify(after.actions)],
          empowers,
          await this.head(tx, before.projectId),
          dueAt,
          dueZone,
          isTimed,
        ],
      );
      await this.activity.append(tx, before.projectId, actor.userId, [{ entity: 'RULE', entityId: id, action: 'UPDATED', changes }]);
      return this.mustLoad(tx, id, world);
    });
  }

  /** What it did stays, with its name. */
  async delete(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'rule.manage', await lockRule(tx, id));
      sameVersion(before, version);
      await tx.query('UPDATE rule SET enabled = false, deleted_at = now(), due_at = NULL, version = version + 1 WHERE id = $1', [id]);
      const { name, condition, enabled, trigger, actions } = before;
      await this.activity.append(tx, before.projectId, actor.userId, [
        {
          entity: 'RULE',
          entityId: id,
          action: 'DELETED',
          changes: changesBetween({ name, condition, enabled, trigger, actions }, {
            name: null,
            condition: null,
            enabled: null,
            trigger: null,
            actions: null,
          } as object),
        },
      ]);
    });
  }

  private async readable(tx: Tx, actor: Actor, id: string): Promise<RuleType | null> {
    const found = await row<RuleRow>(
      tx,
      `SELECT ${RULE_COLUMNS} FROM ${RULE_SOURCES} JOIN project p ON p.id = r.project_id WHERE r.id = $3 AND r.deleted_at IS NULL AND ${READABLE_PROJECT(1)}`,
      [...readableBy(actor), id],
    );
    return found && ruleOf(found, faultsIn(found, await worldOf(tx, found.projectId, [found])));
  }

  private async mustLoad(tx: Tx, id: string, world: ProjectWorld): Promise<RuleType> {
    const found = await row<RuleRow>(tx, `SELECT ${RULE_COLUMNS} FROM ${RULE_SOURCES} WHERE r.id = $1`, [id]);
    if (!found) throw new Error(`rule ${id} vanished under its lock`);
    return ruleOf(found, faultsIn(found, world));
  }

  /** The project's last entry: what comes behind it is new. */
  private head(tx: Tx, projectId: string): Promise<number> {
    return this.reader.begin(tx, projectId);
  }
}

/** A project whose rules nobody else makes or counts until the transaction ends. */
function projectFor(tx: Tx, id: string): Promise<(ProjectScope & { projectId: string }) | null> {
  return row(tx, `SELECT p.id AS "projectId", ${PROJECT_SCOPE} FROM project p WHERE p.id = $1 FOR NO KEY UPDATE`, [id]);
}

/** An order or a group says nothing of a single ticket. */
function conditionIn(text: string): string {
  const clean = text.trim();
  const { sort, group } = queryOf(TICKET_LIST, clean);
  if (sort.length > 0 || group !== undefined) throw new DomainError('BAD_INPUT', { field: 'condition', reason: 'NO_CONDITION' });
  return clean;
}

export function whenThen(trigger: RuleTriggerInput | Trigger, actions: readonly RuleActionInput[]): { trigger: Trigger; actions: RuleAction[] } {
  const when = decided(checkedTrigger(trigger as RuleTriggerInput)).trigger;
  return { trigger: when, actions: decided(checkedActions(actions, when)).actions };
}
const asked = (action: RuleAction): RuleActionInput =>
  ({ ...action, ...('value' in action && { value: action.value === null ? null : String(action.value) }) }) as RuleActionInput;

/** Nobody keeps a rule that cannot do what it says. */
function demandWhole(rule: Written, world: ProjectWorld): void {
  const [fault] = faultsIn(rule, world);
  if (fault) throw new DomainError('RULE_BROKEN', { kind: fault.kind, of: fault.field, value: fault.value });
}

/** When it is due next, and in which zone that was counted. */
async function dueOf(tx: Tx, { trigger, enabled }: Written, { project }: ProjectWorld): Promise<[Date | null, string | null]> {
  return enabled && trigger.on === 'SCHEDULE' ? [nextDue(trigger, await databaseNow(tx), project.timeZone), project.timeZone] : [null, null];
}
