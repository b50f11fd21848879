import type { Action, Changes, EntityKind } from '../activity/activity.ts';

/** Why something is in a person's inbox. RULE: a rule says something; RULE_OFF: the server switched one off. */
export const INBOX_REASONS = ['ASSIGNED', 'COMMENTED', 'RUN_SUCCEEDED', 'RUN_FAILED', 'RULE', 'RULE_OFF'] as const;
export type InboxReason = (typeof INBOX_REASONS)[number];

/** What a person has to do with what they are told of; the first that holds. QUEUED: they queued the run. NAMED: the rule names them. OWNER and LEAD: of a rule and its project. */
export const INBOX_WHYS = ['ASSIGNEE', 'AUTHOR', 'COMMENTER', 'QUEUED', 'NAMED', 'OWNER', 'LEAD'] as const;
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

/** Who is told of an entry of the log, each once and never whoever did it: but a rule may name the one in whose name it acts. */
export function recipients(entry: NotableEntry, involved: Involved): Recipient[] {
  const [reason, candidates] = told(entry, involved);
  if (reason === null) return [];
  const whyOf = new Map<string, InboxWhy>();
  for (const [why, ids] of Object.entries(candidates) as [InboxWhy, readonly (string | null)[]][])
    for (const id of ids) if (id !== null && (id !== entry.actorId || entry.entity === 'RULE') && !whyOf.has(id)) whyOf.set(id, why);
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
  if (entity === 'RULE') return toldByRule(changes);
  return [null, {}];
}

/** The entry itself names them. */
function toldByRule(changes: Changes): [reason: InboxReason | null, candidates: Candidates] {
  const warned = changes['warned']?.to as { ownerId: string | null; leadIds: readonly string[] } | undefined;
  if (warned) return ['RULE_OFF', { OWNER: [warned.ownerId], LEAD: warned.leadIds }];
  const named = changes['notified']?.to as readonly { userId: string }[] | undefined;
  return named ? ['RULE', { NAMED: named.map(({ userId }) => userId) }] : [null, {}];
}
