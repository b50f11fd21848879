import { Injectable } from '@nestjs/common';
import { recipients, type Involved } from '@trainyard/domain';
import type { LogEntry } from '../platform/log/log-entry.ts';
import { LogFeed } from '../platform/log/log-feed.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import { rows, type Tx } from '../platform/sql/database.ts';

/** Under it the reader's positions are kept. */
const READER = 'inbox';
const NOTABLE: readonly string[] = ['TICKET', 'COMMENT', 'RUN', 'RULE'];
/** Of what is about no ticket. */
const NOBODY: Involved = { assigneeId: null, creatorId: null, commenterIds: [], runOwnerId: null };

/** In the worker process: makes rows of inboxes of what is new in the log. */
@Injectable()
export class InboxFeed extends LogFeed {
  constructor(readers: LogReaders) {
    super(readers.reader(READER), 'ALL');
  }

  protected async take(tx: Tx, entries: readonly LogEntry[]): Promise<void> {
    const notable = entries.filter(({ entity }) => NOTABLE.includes(entity));
    const [first] = notable;
    if (!first) return;
    const involved = await involvedIn(
      tx,
      first.scope,
      notable.map(({ seq }) => seq),
    );
    const told = notable.flatMap((entry) => {
      const who = involved.get(entry.seq) ?? (entry.entity === 'RULE' ? NOBODY : null);
      return who ? recipients(entry, who).map((recipient) => ({ ...recipient, seq: entry.seq, at: entry.at })) : [];
    });
    if (told.length === 0) return;
    await tx.query(
      /* sql */ `
      INSERT INTO inbox_item (id, user_id, scope, seq, reason, why, at)
      SELECT gen_random_uuid(), u.id, $1, e.seq, e.reason, e.why, e.at
      FROM unnest($2::bigint[], $3::uuid[], $4::text[], $5::timestamptz[], $6::text[]) AS e (seq, user_id, reason, at, why)
      JOIN app_user u ON u.id = e.user_id AND NOT u.disabled
      WHERE NOT EXISTS (SELECT FROM inbox_muted m WHERE m.user_id = u.id AND m.reason = e.reason)`,
      [
        first.scope,
        told.map(({ seq }) => seq),
        told.map(({ userId }) => userId),
        told.map(({ reason }) => reason),
        told.map(({ at }) => at),
        told.map(({ why }) => why),
      ],
    );
  }
}

/** Who has to do with the tickets of entries, by the entry: those who had commented by then. */
async function involvedIn(tx: Tx, scope: string, seqs: readonly number[]): Promise<Map<number, Involved>> {
  const found = await rows<Involved & { seq: number }>(
    tx,
    /* sql */ `
    SELECT a.seq::int AS seq, t.assignee_id AS "assigneeId", t.created_by AS "creatorId", r.created_by AS "runOwnerId",
      CASE WHEN a.entity = 'COMMENT'
        THEN ARRAY(SELECT DISTINCT c.author_id FROM comment c WHERE c.subject_id = t.id AND c.created_at <= a.at AND c.author_id IS NOT NULL AND c.deleted_at IS NULL)
        ELSE '{}' END AS "commenterIds"
    FROM activity a JOIN ticket t ON t.id = a.ticket_id LEFT JOIN run r ON a.entity = 'RUN' AND r.id = a.entity_id
    WHERE a.scope = $1 AND a.seq = ANY ($2)`,
    [scope, seqs],
  );
  return new Map(found.map(({ seq, ...involved }) => [seq, involved]));
}
