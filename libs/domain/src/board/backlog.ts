/** What the tickets of a backlog are grouped by. */
export const BACKLOG_GROUPS = ['SPRINT', 'EPIC', 'ASSIGNEE'] as const;
export type BacklogGroup = (typeof BACKLOG_GROUPS)[number];
