import { Injectable } from '@nestjs/common';
import { webhookEventOf } from '@trainyard/domain';
import { Jobs } from '../platform/jobs/jobs.ts';
import type { LogEntry } from '../platform/log/log-entry.ts';
import { LogFeed } from '../platform/log/log-feed.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import { row, rows, type Tx } from '../platform/sql/database.ts';
import { DELIVER_JOB, deliverKey, WEBHOOK_READER } from './webhook-log.ts';

/** In the worker process: makes deliveries, and the jobs that send them, of what is new in the log. */
@Injectable()
export class WebhookFeed extends LogFeed {
  constructor(
    readers: LogReaders,
    private readonly jobs: Jobs,
  ) {
    super(readers.reader(WEBHOOK_READER), 'BEGUN');
  }

  /** One delivery for each entry and each webhook that is to be told of it. */
  protected async take(tx: Tx, entries: readonly LogEntry[]): Promise<void> {
    const told: { seq: number; event: string; team: string | null }[] = [];
    for (const entry of entries) {
      const event = webhookEventOf(entry.entity, entry.action);
      if (event === null) continue;
      const isOfTeam = entry.entity === 'MEMBERSHIP';
      const team = isOfTeam ? await teamOf(tx, entry) : null;
      if (!isOfTeam || team !== null) told.push({ seq: entry.seq, event, team });
    }
    const [first] = entries;
    if (told.length === 0 || !first) return;
    const made = await rows<{ deliveryId: string; round: number }>(
      tx,
      /* sql */ `
      INSERT INTO webhook_delivery (id, webhook_id, scope, seq, event)
      SELECT gen_random_uuid(), w.id, $1, e.seq, e.event
      FROM unnest($2::bigint[], $3::text[], $4::uuid[]) AS e (seq, event, team)
      JOIN webhook w ON w.active AND e.event = ANY (w.events)
      JOIN project p ON p.id = w.project_id AND p.state = 'ACTIVE'
      WHERE CASE WHEN e.team IS NULL THEN w.project_id = $1 AND e.seq > w.project_seq ELSE p.team_id = e.team AND e.seq > w.organisation_seq END
      ORDER BY e.seq, w.created_at, w.id
      RETURNING id AS "deliveryId", round`,
      [first.scope, told.map(({ seq }) => seq), told.map(({ event }) => event), told.map(({ team }) => team)],
    );
    await this.jobs.enqueueAll(
      tx,
      DELIVER_JOB,
      made.map((payload) => ({ payload, key: deliverKey(payload) })),
    );
  }
}

/** The team of a membership: where the entry does not say, the one that made it does. */
async function teamOf(tx: Tx, { scope, entityId, changes }: LogEntry): Promise<string | null> {
  const said = changes['teamId']?.to ?? changes['teamId']?.from;
  if (typeof said === 'string') return said;
  const made = await row<{ team: string | null }>(
    tx,
    `SELECT changes #>> '{teamId,to}' AS team FROM activity WHERE entity_id = $1 AND scope = $2 AND entity = 'MEMBERSHIP' AND action = 'CREATED'`,
    [entityId, scope],
  );
  return made?.team ?? null;
}
