import { can, THING_KINDS, type Actor, type ThingKind } from '@trainyard/domain';
import type { Statement } from '../platform/lists/statement.ts';
import { ONLINE_SECONDS } from '../training/online-runners.ts';

type Column =
  | 'title'
  | 'key'
  | 'number'
  | 'of'
  | 'projectKey'
  | 'boardId'
  | 'personId'
  | 'personName'
  | 'ticketType'
  | 'ticketState'
  | 'resolution'
  | 'runState'
  | 'datasetState'
  | 'sprintState'
  | 'online';

/** In the order of a row; all branches of the union have all. */
const COLUMNS: Readonly<Record<Column, string>> = {
  title: 'text',
  key: 'text',
  number: 'int',
  of: 'text',
  projectKey: 'text',
  boardId: 'uuid',
  personId: 'uuid',
  personName: 'text',
  ticketType: 'text',
  ticketState: 'text',
  resolution: 'text',
  runState: 'text',
  datasetState: 'text',
  sprintState: 'text',
  online: 'boolean',
};

/** Where things of a kind lie, who may know of them, and what they are found by. */
export interface ThingSql {
  kind: ThingKind;
  /** How many are found at most. */
  most: number;
  from: string;
  id: string;
  /** Who may not know of a thing does not find it, and nothing tells that it is there. */
  readable: (statement: Statement) => string;
  /** What is put away is found by its key or number alone. */
  inUse: string;
  title: string;
  /** All that is looked through for words; where it is left out, the title. */
  text?: string;
  /** There is an index of the titles. */
  isIndexed?: boolean;
  /** Found by its key over `project p`: its own, or that of its ticket `t`. */
  keyed?: 'PROJECT' | 'TICKET' | 'OF_TICKET';
  number?: string;
  /** The newest of those that fit alike comes first. */
  recent: string;
  /** What a line shows besides, joined to what was found alone. */
  beside?: string;
  columns: Partial<Record<Column, string>>;
}

/** The board one would look at first. */
const FIRST_BOARD = '(SELECT b.id FROM board b WHERE b.project_id = p.id AND b.archived_at IS NULL ORDER BY b.rank, b.id LIMIT 1)';
const PLACE = `LEFT JOIN LATERAL (SELECT k.board_id FROM placement k WHERE k.ticket_id = t.id AND NOT k.hidden ORDER BY k.board_id LIMIT 1) place ON true`;
const PERSON = { personId: 'u.id', personName: 'u.name' };
const OF_PROJECT = { of: 'p.name', projectKey: 'p.key' };
const TICKET_KEY = `p.key || '-' || t.number`;

const KINDS: Readonly<Record<ThingKind, Omit<ThingSql, 'kind'>>> = {
  TICKET: {
    most: 12,
    from: 'ticket t JOIN project p ON p.id = t.project_id',
    id: 't.id',
    readable: (statement) => `t.deleted_at IS NULL AND ${statement.readable}`,
    inUse: `p.state = 'ACTIVE'`,
    title: 't.title',
    isIndexed: true,
    keyed: 'TICKET',
    number: 't.number',
    recent: 't.updated_at',
    beside: `LEFT JOIN app_user u ON u.id = t.assignee_id ${PLACE}`,
    columns: {
      ...{ ...OF_PROJECT, ...PERSON, key: TICKET_KEY, number: 't.number', boardId: 'place.board_id' },
      ...{ ticketType: 't.type', ticketState: 't.state', resolution: 't.resolution' },
    },
  },
  PROJECT: {
    most: 6,
    from: 'project p',
    id: 'p.id',
    readable: (statement) => statement.readable,
    inUse: `p.state = 'ACTIVE'`,
    title: 'p.name',
    text: `p.key || ' ' || p.name`,
    keyed: 'PROJECT',
    recent: 'p.created_at',
    columns: { key: 'p.key', projectKey: 'p.key', boardId: FIRST_BOARD },
  },
  BOARD: {
    most: 6,
    from: 'board b JOIN project p ON p.id = b.project_id',
    id: 'b.id',
    readable: (statement) => `b.archived_at IS NULL AND ${statement.readable}`,
    inUse: `p.state = 'ACTIVE'`,
    title: 'b.name',
    text: `b.name || ' ' || p.name`,
    recent: 'b.created_at',
    columns: { ...OF_PROJECT, boardId: 'b.id' },
  },
  SPRINT: {
    most: 6,
    from: 'sprint s JOIN project p ON p.id = s.project_id',
    id: 's.id',
    readable: (statement) => statement.readable,
    inUse: `p.state = 'ACTIVE'`,
    title: 's.name',
    text: `s.name || ' ' || p.name`,
    recent: 's.starts_on::timestamptz',
    columns: { ...OF_PROJECT, boardId: 's.board_id', sprintState: 's.state' },
  },
  PERSON: {
    most: 6,
    from: 'app_user u',
    id: 'u.id',
    readable: () => 'true',
    inUse: 'NOT u.disabled',
    title: 'u.name',
    text: 'u.name_key',
    recent: 'u.created_at',
    columns: PERSON,
  },
  RUN: {
    most: 6,
    from: 'run r JOIN project p ON p.id = r.project_id JOIN ticket t ON t.id = r.ticket_id',
    id: 'r.id',
    readable: (statement) => `t.deleted_at IS NULL AND ${statement.readable}`,
    inUse: `p.state = 'ACTIVE'`,
    title: 't.title',
    isIndexed: true,
    keyed: 'OF_TICKET',
    number: 'r.number',
    recent: 'r.queued_at',
    beside: 'LEFT JOIN app_user u ON u.id = r.created_by',
    columns: { ...OF_PROJECT, ...PERSON, key: TICKET_KEY, number: 'r.number', runState: 'r.state' },
  },
  DATASET: {
    most: 6,
    from: 'dataset d LEFT JOIN project p ON p.id = d.project_id',
    id: 'd.id',
    readable: (statement) => `(d.project_id IS NULL OR ${statement.readable})`,
    inUse: `(d.project_id IS NULL OR p.state = 'ACTIVE')`,
    title: 'd.name',
    recent: 'd.created_at',
    beside: 'LEFT JOIN app_user u ON u.id = d.created_by',
    columns: { ...OF_PROJECT, ...PERSON, datasetState: 'd.state' },
  },
  RUNNER: {
    most: 6,
    from: 'runner r',
    id: 'r.id',
    readable: () => 'true',
    inUse: 'true',
    title: 'r.name',
    text: `r.name || ' ' || r.host`,
    recent: 'r.last_seen_at',
    columns: { of: 'r.host', online: `r.last_seen_at > now() - make_interval(secs => ${ONLINE_SECONDS})` },
  },
};

/** The kinds of which somebody may know anything at all. */
export const kindsFor = (actor: Actor): ThingSql[] =>
  THING_KINDS.filter((kind) => kind !== 'RUNNER' || can(actor, 'runner.read')).map((kind) => ({ kind, ...KINDS[kind] }));

/** What lines show of the things that `hits` names by id, with how well they fit. */
export function linesOf({ kind, from, id, title, recent, beside = '', columns }: ThingSql, hits: string): string {
  const told: Partial<Record<string, string>> = { title, ...columns };
  const line = Object.entries(COLUMNS).map(([name, type]) => `(${told[name] ?? 'NULL'})::${type} AS "${name}"`);
  return `SELECT '${kind}' AS kind, ${id}, hit.fit, ${recent} AS recent, ${line.join(', ')} FROM ${from} JOIN (${hits}) hit (id, fit) ON hit.id = ${id} ${beside}`;
}
