import { Injectable } from '@nestjs/common';
import {
  chainedTo,
  deedsBeside,
  effectOf,
  faultsIn,
  FOLLOWS_EACH_MAX,
  FOLLOWS_MAX,
  isAboutTickets,
  isLoop,
  type Actor,
  type Chain,
  type Effect,
  type ErrorCode,
  type ErrorParams,
  type FiringOutcome,
  type ProjectScope,
  type RuleAction,
} from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { CardService } from '../board/card.service.ts';
import { ChangeTicketsService } from '../board/change-tickets.service.ts';
import { lastUpTo } from '../board/placement.ts';
import { PROJECT_SCOPE } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { setCause } from '../platform/log/cause.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { matching } from '../platform/lists/matching.ts';
import { Database, GIVEN_UP, row, sqlState, type Tx } from '../platform/sql/database.ts';
import { CommentService } from '../subject/comment.service.ts';
import { readersAmong } from '../ticket/ticket-input.ts';
import { TICKET_LIST } from '../ticket/ticket.list.ts';
import { CARD_COLUMNS, CARD_SOURCES, type CardRow } from '../ticket/ticket.rows.ts';
import { TICKET_SUBJECT } from '../ticket/ticket.writes.ts';
import { Queueing } from '../training/queueing.ts';
import { actorFor, lostOwner, OWNER_COLUMNS, type OwnerRow } from './owner.ts';
import { RULE_COLUMNS, RULE_SOURCES, type RuleRow } from './rule.rows.ts';
import { RuleSwitch } from './rule-switch.ts';
import { worldOf } from './rule-world.ts';

/** One event for one rule, and for one ticket where it is about tickets. */
export interface Due {
  ruleId: string;
  /** What makes it the same event, however often it comes. */
  key: string;
  causedBy: number | null;
  dueAt: string | null;
  /** From where on the rule listened when it was due; null: told by its cause. */
  since: number | null;
  ticketId: string | null;
  /** What led to it, where a rule did. */
  chain: Chain | null;
}

export type LoadedRule = RuleRow &
  OwnerRow &
  ProjectScope & {
    /** Entries up to here were written before it was what it is. */
    since: number;
  };

/** It came before the rule was changed, or switched off and on: the rule of then is gone. */
export const isOfBefore = ({ causedBy, since }: Due, rule: LoadedRule): boolean =>
  causedBy === null ? since !== null && since !== rule.since : causedBy <= rule.since;

/** A rule that is on, with its owner as they are now; it stays so until the transaction ends. */
export const loadRule = (tx: Tx, id: string): Promise<LoadedRule | null> =>
  row(
    tx,
    /* sql */ `SELECT ${RULE_COLUMNS}, ${OWNER_COLUMNS}, r.since_seq::int AS since, ${PROJECT_SCOPE} FROM ${RULE_SOURCES} JOIN project p ON p.id = r.project_id
      WHERE r.id = $1 AND r.enabled AND r.deleted_at IS NULL AND p.state = 'ACTIVE' FOR SHARE OF r`,
    [id],
  );

type Seen = CardRow & { authorId: string | null };

/** Somebody was quicker: looked at again, it is decided anew. */
const AGAIN: readonly ErrorCode[] = ['STALE_VERSION', 'NEIGHBOUR_GONE'];
const TRIES = 5;

/** A firing that cannot be done; nothing of it is. */
class Refused extends Error {
  constructor(
    readonly rule: LoadedRule,
    readonly error: Pick<DomainError, 'code' | 'params'>,
  ) {
    super(error.code);
  }
}

async function faultOf(tx: Tx, error: unknown): Promise<Pick<DomainError, 'code' | 'params'>> {
  if (sqlState(error) !== GIVEN_UP) return { code: 'INTERNAL', params: {} };
  const patience = await row<{ seconds: number }>(tx, `SELECT extract(epoch FROM current_setting('statement_timeout')::interval)::int AS seconds`);
  return { code: 'QUERY_TOO_SLOW', params: { seconds: patience?.seconds ?? null } };
}

/** What is broken is so for each event: it is said once of a version. */
const isTold = async (tx: Tx, { rule, error: { code, params } }: Refused): Promise<boolean> =>
  (await row(tx, `SELECT FROM rule_firing f WHERE f.rule_id = $1 AND f.rule_version = $2 AND f.outcome = 'REFUSED' AND f.reason = $3::jsonb LIMIT 1`, [
    rule.id,
    rule.version,
    JSON.stringify({ code, params }),
  ])) !== null;

/** Whether what follows other rules has been done from their first cause as often as it may be. */
async function isTooOften(tx: Tx, { id, projectId }: LoadedRule, { chain, ticketId }: Due): Promise<boolean> {
  if (!chain) return false;
  // Its firings are found by their time: none of them is older than the cause.
  const [, dueAt] = /^at-(\d+)/.exec(chain.root) ?? [];
  const done = await row<{ all: number; each: number }>(
    tx,
    /* sql */ `SELECT count(*)::int AS "all", count(*) FILTER (WHERE f.ticket_id = $3)::int AS each FROM rule_firing f WHERE f.rule_id = $1 AND f.root = $2 AND f.outcome = 'DONE'
      AND f.at >= COALESCE($4::timestamptz, (SELECT a.at FROM activity a WHERE a.scope = $5 AND a.seq = $6::bigint), '-infinity')`,
    [id, chain.root, ticketId, dueAt === undefined ? null : new Date(Number(dueAt)), projectId, dueAt === undefined ? chain.root : null],
  );
  return done!.all >= FOLLOWS_MAX || done!.each >= FOLLOWS_EACH_MAX;
}

/** What a rule does when its event has come: all of it in one transaction, once. */
@Injectable()
export class FiringService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly tickets: ChangeTicketsService,
    private readonly cards: CardService,
    private readonly comments: CommentService,
    private readonly queueing: Queueing,
    private readonly switches: RuleSwitch,
  ) {}

  /** Answers what became of it; null: the rule has nothing to do with it, or it was done before. */
  async fire(due: Due): Promise<FiringOutcome | null> {
    for (let tries = 1; ; tries++) {
      try {
        const done = await this.database.transaction((tx) => this.fireIn(tx, due));
        if (done !== 'OWNER_LOST') return done;
        await this.switches.off(due.ruleId);
        return null;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (AGAIN.includes(error.error.code) && tries < TRIES) continue;
        return this.database.transaction(async (tx) =>
          error.error.code === 'RULE_BROKEN' && (await isTold(tx, error)) ? null : this.end(tx, error.rule, due, 'REFUSED', { reason: error.error }),
        );
      }
    }
  }

  /** What was tried for the last time is not silent either. */
  async giveUp(due: Due, error: unknown): Promise<void> {
    await this.database.transaction(async (tx) => {
      const rule = await loadRule(tx, due.ruleId);
      if (!rule || isOfBefore(due, rule)) return;
      await this.end(tx, rule, due, 'REFUSED', { reason: error instanceof DomainError ? error : await faultOf(tx, error) });
    });
  }

  private async fireIn(tx: Tx, due: Due): Promise<FiringOutcome | 'OWNER_LOST' | null> {
    const rule = await loadRule(tx, due.ruleId);
    if (!rule || isOfBefore(due, rule)) return null;
    if (lostOwner(rule, rule) !== null) return 'OWNER_LOST';
    const world = await worldOf(tx, rule.projectId, [rule]);
    const [fault] = faultsIn(rule, world);
    if (fault) throw new Refused(rule, { code: 'RULE_BROKEN', params: { kind: fault.kind, of: fault.field, value: fault.value } });
    const actor = actorFor(rule);
    let ticket: Seen | null = null;
    if (due.ticketId !== null) {
      const asked = { query: rule.condition, timeZone: world.project.timeZone, projectId: rule.projectId };
      const [found] = await matching(tx, TICKET_LIST, actor, asked, { ids: [due.ticketId], most: 1 });
      if (found === undefined) return null;
      ticket = await row<Seen>(
        tx,
        `SELECT ${CARD_COLUMNS}, t.created_by AS "authorId" FROM ticket t ${CARD_SOURCES} WHERE t.id = $1 AND t.deleted_at IS NULL`,
        [found],
      );
      if (!ticket) return null;
    } else if (isAboutTickets(rule.trigger)) return null;
    if (isLoop(rule.id, due.chain) || (await isTooOften(tx, rule, due))) return this.end(tx, rule, due, 'LOOP');

    const effects = ticket ? effectOf(rule.actions, ticket) : [];
    const beside = deedsBeside(rule.actions);
    if (effects.length === 0 && beside.length === 0) return this.end(tx, rule, due, 'UNCHANGED');
    const firingId = randomUUID();
    // Who is told is whoever it is once the rule has done its part.
    const assigned = effects.find(({ field }) => field === 'assigneeId');
    const after = ticket && assigned ? { ...ticket, assigneeId: assigned.to as string | null } : ticket;
    const notified = beside.flatMap((action) => (action.does === 'NOTIFY' ? told(action, after) : []));
    const named = beside.flatMap((action) => (action.does === 'NOTIFY' && action.who === 'PERSON' ? (action.personId ?? []) : []));
    const readers = await readersAmong(tx, rule, named);
    const stranger = named.find((id) => !readers.has(id));
    if (stranger !== undefined) throw new Refused(rule, { code: 'BAD_INPUT', params: { field: 'personId', reason: 'UNKNOWN' } });
    // First of all: of two that come with the same event one waits here, and finds it done.
    const outcome = await this.end(tx, rule, due, 'DONE', { firingId, notified });
    if (outcome === null) return null;
    try {
      if (ticket) await this.change(tx, actor, ticket, effects);
      for (const action of beside) await this.doBeside(tx, actor, rule.projectId, ticket, action);
    } catch (error) {
      if (error instanceof DomainError) throw new Refused(rule, error);
      throw error;
    }
    return outcome;
  }

  private async change(tx: Tx, actor: Actor, { id, version }: Seen, effects: readonly Effect[]): Promise<void> {
    if (effects.length === 0) return;
    const move = effects.find(({ field }) => field === 'columnId');
    const set = effects.filter((one) => one !== move);
    const columnId = move?.to as string | undefined;
    await this.tickets.changeOneIn(tx, actor, {
      id,
      version,
      ...(set.length > 0 && { values: Object.fromEntries(set.map(({ field, to }) => [field, to])) }),
      ...(columnId !== undefined && { place: { columnId, afterId: await lastUpTo(tx, columnId, null, id) } }),
    });
  }

  private async doBeside(tx: Tx, actor: Actor, projectId: string, ticket: Seen | null, action: RuleAction): Promise<void> {
    if (action.does === 'CREATE_TICKET')
      await this.cards.createIn(tx, actor, { projectId, title: action.title, type: action.type, columnId: action.columnId, description: '', labelIds: [] });
    if (!ticket) return;
    if (action.does === 'COMMENT') await this.comments.addIn(tx, actor, { kind: TICKET_SUBJECT, id: ticket.id }, action.text);
    if (action.does === 'QUEUE_RUN') await this.queueing.repeatIn(tx, actor, ticket.id);
  }

  /** Writes the firing, and into the log that it was; null: it is there already. */
  private async end(
    tx: Tx,
    rule: LoadedRule,
    due: Due,
    outcome: FiringOutcome,
    {
      firingId = randomUUID(),
      reason = null,
      notified = [],
    }: { firingId?: string; reason?: Pick<DomainError, 'code' | 'params'> | null; notified?: readonly Told[] } = {},
  ): Promise<FiringOutcome | null> {
    const chain = chainedTo(rule.id, due.chain, due.causedBy === null ? due.key : String(due.causedBy));
    const why: { code: ErrorCode; params: ErrorParams } | null = reason && { code: reason.code, params: reason.params };
    const written = await row(
      tx,
      /* sql */ `INSERT INTO rule_firing (id, project_id, rule_id, rule_version, key, cause_seq, due_at, ticket_id, outcome, reason, chain, root)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING RETURNING id`,
      [firingId, rule.projectId, rule.id, rule.version, due.key, due.causedBy, due.dueAt, due.ticketId, outcome, why, chain.rules, chain.root],
    );
    if (!written) return null;
    if (outcome === 'UNCHANGED') return outcome;
    setCause(tx, { causedBy: due.causedBy, depth: chain.rules.length, firingId });
    await this.activity.append(tx, rule.projectId, rule.ownerId, [
      {
        entity: 'RULE',
        entityId: rule.id,
        ticketId: due.ticketId,
        action: 'UPDATED',
        changes: {
          fired: { from: null, to: outcome },
          // Its name as it is now: whoever reads the log need not know of rules.
          rule: { from: null, to: rule.name },
          ...(why && { reason: { from: null, to: why } }),
          ...(notified.length > 0 && { notified: { from: null, to: notified } }),
        },
      },
    ]);
    return outcome;
  }
}

/** Who is told what. */
interface Told {
  userId: string;
  text: string;
}

function told({ who, personId, text }: Extract<RuleAction, { does: 'NOTIFY' }>, ticket: Seen | null): Told[] {
  const userId = who === 'PERSON' ? personId : who === 'ASSIGNEE' ? ticket?.assigneeId : ticket?.authorId;
  return userId == null ? [] : [{ userId, text }];
}
