import { print, TICKET_FIELDS, type BacklogGroup, type Condition } from '@trainyard/domain';

/** What stands together in a backlog. */
export interface BacklogSectionOf {
  /** Id of the sprint, epic or person; null: what has none. */
  key: string | null;
  /** Of an epic. */
  ticketKey: string | null;
  name: string | null;
  /** What it asks the list of tickets for. */
  query: string;
}

const UNFINISHED: Condition = { field: 'is', negated: false, values: [{ is: 'WORD', word: 'UNFINISHED' }] };
/** They are the headings. */
const NO_EPICS: Condition = { field: 'type', negated: true, values: [{ is: 'WORD', word: 'EPIC' }] };
const FIELD: Readonly<Record<BacklogGroup, string>> = { SPRINT: 'sprint', EPIC: 'epic', ASSIGNEE: 'assignee' };

const asked = (conditions: readonly Condition[]): string =>
  print({ conditions: [...conditions], words: [], sort: [{ field: 'backlog', descending: false }] }, TICKET_FIELDS);

/** What all sections of a grouping have in common, where they are counted. */
export const countedQuery = (by: BacklogGroup): string => asked(by === 'EPIC' ? [UNFINISHED, NO_EPICS] : [UNFINISHED]);

/** The query of a section, in the order of the project; a sprint shows also what is done in it. @param named id of the sprint or person, key of the epic; null: those that have none */
export function sectionQuery(by: BacklogGroup, named: string | null): string {
  const having: Condition = { field: FIELD[by], negated: false, values: [named === null ? { is: 'NONE' } : { is: 'TEXT', text: named }] };
  if (by === 'SPRINT') return asked(named === null ? [having, UNFINISHED] : [having]);
  return asked(by === 'EPIC' ? [having, UNFINISHED, NO_EPICS] : [having, UNFINISHED]);
}

/** The sections in their order; last those that have none. */
export function sectionsOf(
  by: BacklogGroup,
  groups: readonly { key: string | null; name: string | null; ticketKey: string | null }[],
): readonly BacklogSectionOf[] {
  const named = groups.filter(({ key }) => key !== null);
  return [...named, { key: null, name: null, ticketKey: null }].map(({ key, name, ticketKey }) => ({
    key,
    name,
    ticketKey,
    query: sectionQuery(by, by === 'EPIC' ? ticketKey : key),
  }));
}

/** What the address of a backlog says. */
export interface BacklogSearch {
  group?: 'epic' | 'assignee';
}

export function backlogSearch({ group }: Record<string, unknown>): BacklogSearch {
  return group === 'epic' || group === 'assignee' ? { group } : {};
}
