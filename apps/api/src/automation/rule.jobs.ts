import { Injectable, Logger } from '@nestjs/common';
import { messageOf, nextDue } from '@trainyard/domain';
import { Jobs } from '../platform/jobs/jobs.ts';
import { matching } from '../platform/lists/matching.ts';
import type { Statement } from '../platform/lists/statement.ts';
import { Database, databaseNow, row, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { TICKET_LIST } from '../ticket/ticket.list.ts';
import { FiringService, isOfBefore, loadRule, type Due, type LoadedRule } from './firing.service.ts';
import { actorFor } from './owner.ts';
import { RuleSwitch } from './rule-switch.ts';

/** One event for one rule. */
export const FIRE_JOB = 'rule';
/** What schedules have become due, and whether owners still stand behind their rules. */
export const DUE_JOB = 'rules-due';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
/** A database that is away comes back; a fault of ours is not mended by trying. */
const RETRIES = [SECOND, 10 * SECOND, MINUTE, 5 * MINUTE, 30 * MINUTE];
/** What finds more tickets goes on in a further job. */
const TICKETS_EACH = 500;

/** One event, of whose tickets those up to one have their jobs already. */
type Found = Due & { after?: string };

/** In the worker process: fires rules. */
@Injectable()
export class RuleJobs {
  private readonly log = new Logger(RuleJobs.name);
  ticketsEach = TICKETS_EACH;

  constructor(
    private readonly jobs: Jobs,
    private readonly database: Database,
    private readonly firing: FiringService,
    private readonly switches: RuleSwitch,
  ) {
    jobs.define<Found>(FIRE_JOB, { run: (due, { isLast }) => this.run(due, isLast), retries: RETRIES });
    jobs.define(DUE_JOB, { run: () => this.lookAtClock(), retries: [] });
    jobs.every('* * * * *', DUE_JOB);
  }

  /** What is about tickets, and names none yet, is a job for each. */
  async run(due: Found, isLast = false): Promise<void> {
    try {
      await this.fire(due);
    } catch (error) {
      if (isLast) await this.firing.giveUp(due, error);
      throw error;
    }
  }

  private async fire(due: Found): Promise<void> {
    if (due.ticketId !== null) return void (await this.firing.fire(due));
    const isSpread = await this.database.transaction((tx) => this.spread(tx, due));
    if (!isSpread) await this.firing.fire(due);
  }

  private async spread(tx: Tx, { after, ...due }: Found): Promise<boolean> {
    const rule = await loadRule(tx, due.ruleId);
    if (!rule || isOfBefore(due, rule) || !('each' in rule.trigger) || rule.trigger.each !== 'TICKETS') return false;
    const ids = await this.found(tx, rule, due.causedBy, after);
    // What is wrong with the rule, its firing says.
    if (!ids) return false;
    const each = ids.map((ticketId): Due => ({ ...due, key: `${due.key}/${ticketId}`, ticketId }));
    await this.jobs.enqueueAll(
      tx,
      FIRE_JOB,
      each.map((one) => ({ payload: one, key: `${rule.id}/${one.key}` })),
    );
    const last = ids.at(-1);
    if (last !== undefined && ids.length === this.ticketsEach) {
      const further: Found = { ...due, after: last };
      await this.jobs.enqueue(tx, FIRE_JOB, further, `${rule.id}/${due.key}>${last}`);
    }
    return true;
  }

  /** Tickets that the condition finds; of a sprint those that it began or ended with. */
  private async found(tx: Tx, rule: LoadedRule, causedBy: number | null, after?: string): Promise<string[] | null> {
    const sprint =
      causedBy === null
        ? null
        : await row<{ id: string }>(tx, `SELECT entity_id AS id FROM activity WHERE scope = $1 AND seq = $2 AND entity = 'SPRINT'`, [rule.projectId, causedBy]);
    const { timeZone } = (await row<{ timeZone: string }>(tx, 'SELECT time_zone AS "timeZone" FROM project WHERE id = $1', [rule.projectId]))!;
    const also = (statement: Statement): string | null =>
      [
        sprint && `EXISTS (SELECT FROM sprint_ticket k WHERE k.sprint_id = ${statement.param(sprint.id, 'uuid')} AND k.ticket_id = t.id)`,
        after !== undefined && `t.id > ${statement.param(after, 'uuid')}`,
      ]
        .filter(Boolean)
        .join(' AND ') || null;
    try {
      return await matching(tx, TICKET_LIST, actorFor(rule), { query: rule.condition, timeZone, projectId: rule.projectId }, { most: this.ticketsEach, also });
    } catch (error) {
      if (error instanceof DomainError) return null;
      throw error;
    }
  }

  /** Once a minute; what was due while no worker ran is done once, and late. */
  async lookAtClock(): Promise<void> {
    await this.switches.offAll().catch((error: unknown) => this.log.error(`Owners of rules could not be looked at: ${messageOf(error)}`));
    for (const id of await this.dueNow())
      await this.lookAtRule(id).catch((error: unknown) => this.log.error(`The schedule of rule ${id} could not be looked at: ${messageOf(error)}`));
  }

  private async lookAtRule(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const rule = await row<{
        projectId: string;
        trigger: { on: string; weekday: number | null; at: string };
        dueAt: Date;
        since: number;
        projectState: string;
        zone: string;
        dueZone: string;
        now: Date;
      }>(
        tx,
        /* sql */ `SELECT r.project_id AS "projectId", r.trigger, r.due_at AS "dueAt", r.due_zone AS "dueZone", r.since_seq::int AS since, p.state AS "projectState", p.time_zone AS zone, clock_timestamp() AS now
            FROM rule r JOIN project p ON p.id = r.project_id WHERE r.id = $1 AND r.enabled AND (r.due_at <= now() OR r.due_zone <> p.time_zone) FOR UPDATE OF r`,
        [id],
      );
      if (!rule) return;
      await tx.query('UPDATE rule SET due_at = $2, due_zone = $3 WHERE id = $1', [id, nextDue(rule.trigger, rule.now, rule.zone), rule.zone]);
      // A project that is archived misses its times.
      if (rule.dueAt > rule.now || rule.projectState !== 'ACTIVE') return;
      const dueAt = rule.dueAt.toISOString();
      const due: Due = { ruleId: id, key: `at-${rule.dueAt.getTime()}`, causedBy: null, dueAt, since: rule.since, ticketId: null, chain: null };
      await this.jobs.enqueue(tx, FIRE_JOB, due, `${id}/${due.key}`);
    });
  }

  private async dueNow(): Promise<string[]> {
    const now = await databaseNow(this.database.direct);
    const found = await rows<{ id: string }>(
      this.database.direct,
      `SELECT r.id FROM rule r JOIN project p ON p.id = r.project_id WHERE r.enabled AND (r.due_at <= $1 OR r.due_zone <> p.time_zone) ORDER BY r.due_at, r.id`,
      [now],
    );
    return found.map(({ id }) => id);
  }
}
