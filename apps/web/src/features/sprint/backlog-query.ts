import { print, TICKET_FIELDS, type Condition } from '@trainyard/domain';

/** The query that finds what is in a sprint, or what waits in none (null), in the order of the project. */
export function backlogQuery(sprintId: string | null): string {
  const inSprint: Condition = { field: 'sprint', negated: false, values: [sprintId === null ? { is: 'NONE' } : { is: 'TEXT', text: sprintId }] };
  const unfinished: Condition = { field: 'is', negated: false, values: [{ is: 'WORD', word: 'UNFINISHED' }] };
  return print(
    { conditions: sprintId === null ? [inSprint, unfinished] : [inSprint], words: [], sort: [{ field: 'backlog', descending: false }] },
    TICKET_FIELDS,
  );
}
