/** What the log speaks of. */
export const ENTITY_KINDS = [
  'ORGANISATION',
  'USER',
  'TEAM',
  'MEMBERSHIP',
  'ROLE',
  'CALENDAR',
  'WORKING_PATTERN',
  'TIME_OFF',
  'PROJECT',
  'BOARD',
  'COLUMN',
  'LABEL',
  'SPRINT',
  'RELEASE',
  'TICKET',
  'COMMENT',
  'ATTACHMENT',
  'RUN',
  'RULE',
  'DATASET',
  'RUNNER',
  'ACCESS_TOKEN',
] as const;
export type EntityKind = (typeof ENTITY_KINDS)[number];

export const ACTIONS = ['CREATED', 'UPDATED', 'MOVED', 'DELETED', 'RERANKED'] as const;
export type Action = (typeof ACTIONS)[number];

/** Field-level change: what it was, what it is. Bodies of text are recorded whole. */
export type Changes = Record<string, { from: unknown; to: unknown }>;

/** The fields that differ, for the log; undefined in `after` means untouched. */
export function changesBetween<T extends object>(before: T, after: Partial<T>): Changes {
  const changes: Changes = {};
  for (const [field, to] of Object.entries(after)) {
    if (to === undefined) continue;
    const from = (before as Record<string, unknown>)[field] ?? null;
    if (JSON.stringify(from) !== JSON.stringify(to ?? null)) changes[field] = { from, to: to ?? null };
  }
  return changes;
}
