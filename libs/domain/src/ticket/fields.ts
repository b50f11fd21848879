import { ARCHIVED_FIELD, type FieldSpec } from '../query/fields.ts';
import { RESOLUTIONS, TICKET_STATES } from './state.ts';
import { LIFECYCLE_STAGES, PRIORITIES, TICKET_KINDS } from './ticket.ts';

/** Facts of a ticket that `is:` asks for. UNFINISHED: its state is not DONE. BACKLOG: it lies in no column. OVER_LIMIT: in one that holds more than its limit. OVERDUE: its day has passed. BLOCKED: by a ticket that is not done. */
export const TICKET_FLAGS = ['UNFINISHED', 'BACKLOG', 'OVER_LIMIT', 'OVERDUE', 'BLOCKED'] as const;

/** Kinds of what a person sets: each has one check in the api, one editor and one way to be told in the web. */
type ValueKind = 'TITLE' | 'MARKDOWN' | 'WORD' | 'POINTS' | 'HOURS' | 'DAY' | 'PARENT' | 'PERSON' | 'LABELS';

interface TicketFieldSpec extends FieldSpec {
  /** A person sets it. */
  set?: {
    /** Its name in inputs and in the log. */
    as: string;
    kind: ValueKind;
    /** What a new ticket has that does not name it. Null also means that it can be taken away. Left out: each ticket has one. */
    initial?: null | '' | readonly [];
    /** It stands in the panel of facts. */
    fact?: true;
  };
  /** A card says it in a sentence. */
  onCard?: true;
}

/**
 * The fields of a ticket: what can be filtered, sorted, told as a column, set, and said on a card. `entered`: since when it lies where it lies;
 * `ended`: since when it is done; `place`: the order of boards, work in progress first; `backlog`: the order of the project; `epic`: the one it is a part of, or a
 * part of a part.
 */
export const TICKET_FIELDS = {
  key: { type: 'NAME', filter: true, sort: true, column: true },
  title: { type: 'TEXT', filter: true, sort: true, column: true, set: { as: 'title', kind: 'TITLE' } },
  project: { type: 'NAME', filter: true, column: true },
  archived: ARCHIVED_FIELD,
  state: { type: 'WORD', words: TICKET_STATES, filter: true, sort: true, column: true },
  resolution: { type: 'WORD', words: RESOLUTIONS, none: true, filter: true, column: true },
  type: { type: 'WORD', words: TICKET_KINDS, filter: true, sort: true, column: true, set: { as: 'type', kind: 'WORD', fact: true } },
  priority: {
    type: 'WORD',
    words: PRIORITIES,
    none: true,
    filter: true,
    sort: true,
    column: true,
    set: { as: 'priority', kind: 'WORD', initial: null, fact: true },
    onCard: true,
  },
  parent: { type: 'NAME', none: true, filter: true, column: true, set: { as: 'parentId', kind: 'PARENT', initial: null, fact: true } },
  epic: { type: 'NAME', none: true, filter: true },
  stage: {
    type: 'WORD',
    words: LIFECYCLE_STAGES,
    none: true,
    filter: true,
    sort: true,
    group: true,
    column: true,
    set: { as: 'stage', kind: 'WORD', initial: null, fact: true },
  },
  points: {
    type: 'NUMBER',
    none: true,
    filter: true,
    sort: true,
    column: true,
    set: { as: 'points', kind: 'POINTS', initial: null, fact: true },
    onCard: true,
  },
  hours: {
    type: 'NUMBER',
    none: true,
    filter: true,
    sort: true,
    column: true,
    set: { as: 'deviceHours', kind: 'HOURS', initial: null, fact: true },
  },
  start: { type: 'DAY', none: true, filter: true, sort: true, column: true, set: { as: 'startDate', kind: 'DAY', initial: null, fact: true } },
  due: { type: 'DAY', none: true, filter: true, sort: true, column: true, set: { as: 'dueDate', kind: 'DAY', initial: null, fact: true }, onCard: true },
  assignee: {
    type: 'PERSON',
    none: true,
    filter: true,
    sort: true,
    group: true,
    column: true,
    set: { as: 'assigneeId', kind: 'PERSON', initial: null, fact: true },
    onCard: true,
  },
  label: { type: 'NAME', none: true, filter: true, group: true, column: true, set: { as: 'labelIds', kind: 'LABELS', initial: [], fact: true }, onCard: true },
  board: { type: 'NAME', none: true, filter: true },
  column: { type: 'NAME', none: true, filter: true, column: true },
  sprint: { type: 'NAME', none: true, filter: true, column: true },
  run: { type: 'WORD', words: ['QUEUED', 'STARTING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'], none: true, filter: true, column: true },
  comments: { type: 'NUMBER', filter: true, sort: true, column: true, onCard: true },
  files: { type: 'NUMBER', filter: true, sort: true, column: true, onCard: true },
  author: { type: 'PERSON', none: true, filter: true, column: true },
  created: { type: 'TIME', filter: true, sort: true, column: true },
  updated: { type: 'TIME', filter: true, sort: true, column: true },
  entered: { type: 'TIME', filter: true, sort: true, column: true },
  ended: { type: 'TIME', none: true, filter: true, sort: true, column: true },
  place: { type: 'NUMBER', sort: true },
  backlog: { type: 'NUMBER', sort: true },
  description: { type: 'TEXT', set: { as: 'description', kind: 'MARKDOWN', initial: '' } },
  is: { type: 'FLAG', words: TICKET_FLAGS, filter: true },
} as const satisfies Readonly<Record<string, TicketFieldSpec>>;

type Fields = typeof TICKET_FIELDS;
type SetName = { [Name in keyof Fields]: Fields[Name] extends { set: object } ? Name : never }[keyof Fields];
type WordOf<Field> = Field extends { words: readonly (infer Word)[] } ? Word : never;
type Filled<Field> = Field extends { set: { kind: infer Kind } }
  ? Kind extends 'WORD'
    ? WordOf<Field>
    : Kind extends 'POINTS' | 'HOURS'
      ? number
      : Kind extends 'LABELS'
        ? string[]
        : string
  : never;

/** What people set of a ticket, by its names in inputs and in the log. */
export type TicketValues = {
  [Name in SetName as Fields[Name]['set']['as']]: Filled<Fields[Name]> | (Fields[Name]['set'] extends { initial: null } ? null : never);
};

/** A field that a person sets, with its name in the table. */
export type SetField = {
  [Name in SetName]: { name: Name; words: readonly WordOf<Fields[Name]>[]; fact?: true } & Fields[Name]['set'] &
    (Fields[Name]['set'] extends { initial: unknown } ? unknown : { initial?: undefined });
}[SetName];

/** What people set, in the order of the table. */
export const SET_FIELDS = Object.entries(TICKET_FIELDS).flatMap(([name, field]) =>
  'set' in field ? [{ name, words: 'words' in field ? field.words : [], ...field.set }] : [],
) as readonly SetField[];

type Initial = {
  [Name in SetName as Fields[Name]['set'] extends { initial: unknown } ? Fields[Name]['set']['as'] : never]: TicketValues[Fields[Name]['set']['as']];
};
const initial: unknown = Object.fromEntries(SET_FIELDS.flatMap((field) => (field.initial === undefined ? [] : [[field.as, field.initial]])));
/** What a new ticket has of what it does not name. */
export const INITIAL_VALUES = initial as Readonly<Initial>;

export type CardFact = { [Name in keyof Fields]: Fields[Name] extends { onCard: true } ? Name : never }[keyof Fields];
/** What a card says in a sentence. */
export const CARD_FACTS = Object.entries(TICKET_FIELDS).flatMap(([name, field]) => ('onCard' in field ? [name] : [])) as readonly CardFact[];
