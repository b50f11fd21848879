import { Injectable } from '@nestjs/common';
import { isAboutTickets, isTriggered, type Chain, type Trigger } from '@trainyard/domain';
import { Jobs } from '../platform/jobs/jobs.ts';
import type { LogEntry } from '../platform/log/log-entry.ts';
import { LogFeed } from '../platform/log/log-feed.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import { rows, type Tx } from '../platform/sql/database.ts';
import { RULES_READER } from './automation.service.ts';
import type { Due } from './firing.service.ts';
import { FIRE_JOB } from './rule.jobs.ts';

interface Waiting {
  id: string;
  trigger: Trigger;
  since: number;
}

/** In the worker process: finds, in what is new in the log, what rules wait for, and hands it to their job. */
@Injectable()
export class RuleFeed extends LogFeed {
  constructor(
    readers: LogReaders,
    private readonly jobs: Jobs,
  ) {
    super(readers.reader(RULES_READER), 'BEGUN');
  }

  protected async take(tx: Tx, entries: readonly LogEntry[]): Promise<void> {
    const [first] = entries;
    if (!first) return;
    const rules = await rows<Waiting>(
      tx,
      `SELECT r.id, r.trigger, r.since_seq::int AS since FROM rule r JOIN project p ON p.id = r.project_id
        WHERE r.project_id = $1 AND r.enabled AND p.state = 'ACTIVE' ORDER BY r.created_at, r.id`,
      [first.scope],
    );
    const due = entries.flatMap((entry) => rules.flatMap((rule) => (entry.seq > rule.since && isFor(rule, entry) ? [{ rule, entry }] : [])));
    if (due.length === 0) return;
    const chains = await chainsOf(
      tx,
      due.map(({ entry }) => entry),
    );
    const found = due.map(({ rule, entry }) => {
      const payload: Due = {
        ruleId: rule.id,
        key: String(entry.seq),
        causedBy: entry.seq,
        dueAt: null,
        since: null,
        ticketId: isAboutTickets(rule.trigger) ? entry.ticketId : null,
        chain: chains.get(entry.seq) ?? null,
      };
      return { payload, key: `${rule.id}/${payload.key}` };
    });
    await this.jobs.enqueueAll(tx, FIRE_JOB, found);
  }
}

/** What takes a firing back starts nothing. */
const isFor = ({ trigger }: Waiting, entry: LogEntry): boolean => !(entry.firingId !== null && entry.depth === 0) && isTriggered(trigger, entry);

/** The chains that led to entries. A run goes on with the one that queued it, for runners know of none. */
async function chainsOf(tx: Tx, entries: readonly LogEntry[]): Promise<Map<number, Chain>> {
  const byRules = entries.filter(({ firingId, entity }) => firingId !== null || entity === 'RUN');
  if (byRules.length === 0) return new Map();
  const found = await rows<Chain & { seq: number }>(
    tx,
    /* sql */ `
    SELECT e.seq::int AS seq, f.chain AS rules, f.root FROM unnest($1::bigint[], $2::uuid[], $3::uuid[], $4::uuid[]) AS e (seq, firing_id, run_id, ticket_id)
    JOIN rule_firing f ON f.id = COALESCE(e.firing_id, (
      SELECT a.firing_id FROM activity a WHERE a.ticket_id = e.ticket_id AND a.entity = 'RUN' AND a.entity_id = e.run_id AND a.seq < e.seq AND a.firing_id IS NOT NULL
      ORDER BY a.seq DESC LIMIT 1
    ))`,
    [
      byRules.map(({ seq }) => seq),
      byRules.map(({ firingId }) => firingId),
      byRules.map(({ entity, entityId }) => (entity === 'RUN' ? entityId : null)),
      byRules.map(({ ticketId }) => ticketId),
    ],
  );
  return new Map(found.map(({ seq, ...chain }) => [seq, chain]));
}
