import type { Action, Changes, EntityKind } from '../activity/activity.ts';

/** Why something is in a person's inbox. */
export const INBOX_REASONS = ['ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED'] as const;
export type InboxReason = (typeof INBOX_REASONS)[number];

/** What a person has to do with what they are told of; the first that holds. QUEUED: they queued the run. */
export const INBOX_WHYS = ['ASSIGNEE', 'AUTHOR', 'COMMENTER', 'QUEUED'] as const;
export type InboxWhy = (typeof INBOX_WHYS)[number];

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
  why: InboxWhy;
}

const RUN_ENDS: Readonly<Record<string, InboxReason>> = { SUCCEEDED: 'RUN_SUCCEEDED', FAILED: 'RUN_FAILED' };

/** Who is told of an entry of the log, each once and never whoever did it. */
export function recipients(entry: NotableEntry, involved: Involved): Recipient[] {
  const [reason, candidates] = told(entry, involved);
  if (reason === null) return [];
  const whyOf = new Map<string, InboxWhy>();
  for (const [why, ids] of Object.entries(candidates) as [InboxWhy, readonly (string | null)[]][])
    for (const id of ids) if (id !== null && id !== entry.actorId && !whyOf.has(id)) whyOf.set(id, why);
  return [...whyOf].map(([userId, why]) => ({ userId, reason, why }));
}

type Candidates = Partial<Record<InboxWhy, readonly (string | null)[]>>;

function told({ entity, action, changes }: NotableEntry, involved: Involved): [reason: InboxReason | null, candidates: Candidates] {
  if (entity === 'TICKET') {
    const assignee = changes['assigneeId']?.to;
    return typeof assignee === 'string' ? ['ASSIGNED', { ASSIGNEE: [assignee] }] : [null, {}];
  }
  if (entity === 'COMMENT' && action === 'CREATED')
    return ['COMMENTED', { ASSIGNEE: [involved.assigneeId], AUTHOR: [involved.creatorId], COMMENTER: involved.commenterIds }];
  if (entity === 'RUN') return [RUN_ENDS[String(changes['state']?.to)] ?? null, { QUEUED: [involved.runOwnerId] }];
  return [null, {}];
}
