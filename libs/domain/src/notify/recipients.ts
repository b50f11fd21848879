import type { Action, Changes, EntityKind } from '../activity/activity.ts';

/** Why something is in a person's inbox. */
export const INBOX_REASONS = ['ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED'] as const;
export type InboxReason = (typeof INBOX_REASONS)[number];

/** Unread items are counted up to here. */
export const UNREAD_MAX = 100;

export interface NotableEntry {
  entity: EntityKind;
  action: Action;
  changes: Changes;
  /** Who did it; null: the server. */
  actorId: string | null;
}

/** Who has to do with the thing of an entry. */
export interface Involved {
  assigneeId: string | null;
  creatorId: string | null;
  /** Those who commented on the ticket. */
  commenterIds: readonly string[];
  /** Who queued the run. */
  runOwnerId: string | null;
}

export interface Recipient {
  userId: string;
  reason: InboxReason;
}

const RUN_ENDS: Readonly<Record<string, InboxReason>> = { SUCCEEDED: 'RUN_SUCCEEDED', FAILED: 'RUN_FAILED' };

/** Who is told of an entry of the log, each once and never whoever did it. */
export function recipients(entry: NotableEntry, involved: Involved): Recipient[] {
  const [reason, candidates] = told(entry, involved);
  if (reason === null) return [];
  const ids = new Set(candidates.filter((id) => id !== null && id !== entry.actorId));
  return [...ids].map((userId) => ({ userId: userId as string, reason }));
}

function told({ entity, action, changes }: NotableEntry, involved: Involved): [reason: InboxReason | null, candidates: readonly (string | null)[]] {
  if (entity === 'TICKET') {
    const assignee = changes['assigneeId']?.to;
    return typeof assignee === 'string' ? ['ASSIGNED', [assignee]] : [null, []];
  }
  if (entity === 'COMMENT' && action === 'CREATED') return ['COMMENTED', [involved.assigneeId, involved.creatorId, ...involved.commenterIds]];
  if (entity === 'RUN') return [RUN_ENDS[String(changes['state']?.to)] ?? null, [involved.runOwnerId]];
  return [null, []];
}
