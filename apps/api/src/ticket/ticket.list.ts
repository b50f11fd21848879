import { dayAt, SET_FIELDS, TICKET_FIELDS, TICKET_STATES, type SetField, type TicketState } from '@trainyard/domain';
import { personIn } from '../access/people-named.ts';
import { ARCHIVED, defineList, inOrderOfWords, likePart, namesInCell, type FieldSql } from '../platform/lists/list.ts';
import type { Statement } from '../platform/lists/statement.ts';
import { projectsNamed } from '../project/projects-named.ts';
import { VALUE_COLUMNS } from './ticket.rows.ts';
import { isTicketKey, ticketsKeyed } from './tickets-keyed.ts';

const NUMBER = /^\d{1,9}$/;

const assignee: FieldSql = {
  ...personIn('t.assignee_id'),
  order: (statement) => {
    statement.join('LEFT JOIN app_user assignee ON assignee.id = t.assignee_id');
    return [{ by: 'assignee.name_key', as: 'text COLLATE "C"', nullable: true }];
  },
};
/** It lies in no column of any board. */
const UNPLACED = 'NOT EXISTS (SELECT FROM placement k WHERE k.ticket_id = t.id AND NOT k.hidden)';
/** Looked for once, and not for each ticket: nearly all lie elsewhere. */
const OVER_LIMIT = `t.id IN (SELECT k.ticket_id FROM board_column c JOIN board b ON b.id = c.board_id AND b.archived_at IS NULL
  JOIN placement k ON k.column_id = c.id AND NOT k.hidden WHERE c.ticket_count > c.wip_limit)`;
const FURTHEST_FIRST = ['IN_PROGRESS', 'OPEN', 'DONE'] as const satisfies readonly TicketState[];
const placed = (told: string): string =>
  `(SELECT ${told} FROM placement k JOIN board_column c ON c.id = k.column_id WHERE k.ticket_id = t.id AND NOT k.hidden ORDER BY k.board_id LIMIT 1)`;
/** Columns behind the one it lies in: what is further comes first. */
const COLUMNS_BEHIND = placed('(SELECT count(*)::int FROM board_column behind WHERE behind.board_id = c.board_id AND behind.rank > c.rank)');
const RANK = placed(`p.key || ' ' || k.rank`);

const latestRun = (statement: Statement): string => {
  statement.join('LEFT JOIN run latest ON latest.id = t.latest_run_id');
  return 'latest.state';
};

/** By tickets that the reader may read: others are not there for them. */
const BLOCKED = (
  statement: Statement,
): string => `t.has_blockers AND EXISTS (SELECT FROM ticket_link l JOIN ticket b ON b.id = l.from_id JOIN project p ON p.id = b.project_id
  WHERE l.to_id = t.id AND l.kind = 'BLOCKS' AND b.state <> 'DONE' AND b.deleted_at IS NULL AND ${statement.readable})`;
/** Days are those of whoever asks. */
const OVERDUE = (statement: Statement): string =>
  `t.state <> 'DONE' AND t.due_date < ${statement.param(dayAt(statement.asked.now, statement.asked.timeZone), 'date')}`;

/** The epic that `ticket t` is a part of, or a part of a part; an epic is its own. */
export const EPIC_OF = `CASE WHEN t.type = 'EPIC' THEN t.id WHEN t.parent_id IS NOT NULL THEN
  (SELECT CASE WHEN q.type = 'EPIC' THEN q.id ELSE (SELECT g.id FROM ticket g WHERE g.id = q.parent_id AND g.type = 'EPIC') END FROM ticket q WHERE q.id = t.parent_id) END`;

/** Kinds whose values are what their column says. */
const PLAIN = {
  WORD: (value: string, words: readonly string[]): FieldSql => ({ value, order: inOrderOfWords(words, value) }),
  POINTS: (value: string): FieldSql => ({ value, order: () => [{ by: `${value}::float8`, as: 'float8', nullable: true }] }),
  HOURS: (value: string): FieldSql => ({ value: `${value}::float8`, order: () => [{ by: `${value}::float8`, as: 'float8', nullable: true }] }),
  DAY: (value: string): FieldSql => ({ value, order: () => [{ by: value, as: 'date', nullable: true }], cell: `${value}::text` }),
  MARKDOWN: (value: string): FieldSql => ({ value }),
};
type PlainField = Extract<SetField, { kind: keyof typeof PLAIN }>;
const isPlain = (field: SetField): field is PlainField => Object.hasOwn(PLAIN, field.kind);
const plain: Partial<Record<PlainField['name'], FieldSql>> = {};
for (const field of SET_FIELDS) if (isPlain(field)) plain[field.name] = PLAIN[field.kind](`t.${VALUE_COLUMNS[field.as]}`, field.words);

/** Tickets that are not deleted, of the projects that one may read. */
export const TICKET_LIST = defineList({
  name: 'tickets',
  fields: TICKET_FIELDS,
  table: 'ticket t',
  joins: 'JOIN project p ON p.id = t.project_id',
  key: 't.id',
  readable: (statement) => `t.deleted_at IS NULL AND ${statement.readable}`,
  ofProject: (project) => `t.project_id = ${project}`,
  contains: (text, statement) => {
    const inTitle = `t.title ILIKE ${statement.param(`%${likePart(text)}%`, 'text')}`;
    if (isTicketKey(text)) return `${inTitle} OR t.id = ANY (${ticketsKeyed([text], statement)})`;
    return NUMBER.test(text) && statement.projectId !== null ? `${inTitle} OR t.number = ${statement.param(Number(text), 'int')}` : inTitle;
  },
  order: (projectId) => [projectId === null ? { field: 'updated', descending: true } : { field: 'key', descending: false }],
  sql: {
    ...(plain as Record<PlainField['name'], FieldSql>),
    key: {
      named: (names, statement) => `t.id = ANY (${ticketsKeyed(names.texts, statement)})`,
      order: (statement) => [
        ...(statement.projectId === null ? [{ by: 'p.key COLLATE "C"', as: 'text COLLATE "C"', nullable: false } as const] : []),
        { by: 't.number', as: 'int', nullable: false },
      ],
      cell: `p.key || '-' || t.number`,
    },
    title: { value: 't.title', order: () => [{ by: 'lower(t.title) COLLATE "C"', as: 'text COLLATE "C"', nullable: false }] },
    project: { named: (names, statement) => `t.project_id = ANY (${projectsNamed(names, statement)})`, cell: 'p.key' },
    archived: ARCHIVED,
    state: { value: 't.state', order: inOrderOfWords(TICKET_STATES, 't.state') },
    resolution: { value: 't.resolution' },
    assignee,
    label: {
      named: (names, statement) => `t.label_ids && ARRAY(SELECT l.id FROM label l JOIN project p ON p.id = l.project_id
        WHERE (l.name_key = ANY (${names.normal}) OR l.id = ANY (${names.ids})) AND ${statement.readable})`,
      none: `t.label_ids = '{}'`,
      cell: `(SELECT ${namesInCell('l.name', { order: 'l.name_key' })} FROM label l WHERE l.id = ANY (t.label_ids))`,
    },
    parent: {
      named: (names, statement) => `t.parent_id = ANY (${ticketsKeyed(names.texts, statement)})`,
      none: 't.parent_id IS NULL',
      cell: `(SELECT p.key || '-' || q.number FROM ticket q WHERE q.id = t.parent_id)`,
    },
    epic: {
      named: (names, statement) =>
        `(t.id = ANY (${ticketsKeyed(names.texts, statement)}) OR t.parent_id IN (SELECT e.id FROM ticket e WHERE e.id = ANY (${ticketsKeyed(names.texts, statement)})
          UNION ALL SELECT q.id FROM ticket q WHERE q.parent_id = ANY (${ticketsKeyed(names.texts, statement)})))`,
      none: `(${EPIC_OF}) IS NULL`,
    },
    board: {
      named: (names) => `EXISTS (SELECT FROM placement k JOIN board b ON b.id = k.board_id
        WHERE k.ticket_id = t.id AND NOT k.hidden AND (b.name ILIKE ANY (${names.patterns}) OR b.id = ANY (${names.ids})))`,
      none: UNPLACED,
    },
    column: {
      named: (names) => `EXISTS (SELECT FROM placement k JOIN board_column c ON c.id = k.column_id
        WHERE k.ticket_id = t.id AND NOT k.hidden AND (c.name ILIKE ANY (${names.patterns}) OR c.id = ANY (${names.ids})))`,
      none: UNPLACED,
      cell: `(SELECT ${namesInCell('c.name', { order: 'k.board_id' })} FROM placement k JOIN board_column c ON c.id = k.column_id WHERE k.ticket_id = t.id AND NOT k.hidden)`,
    },
    sprint: {
      named: (names) =>
        `t.sprint_id = ANY (ARRAY(SELECT s.id FROM sprint s WHERE s.state <> 'CLOSED' AND (s.name ILIKE ANY (${names.patterns}) OR s.id = ANY (${names.ids}))))`,
      none: 't.sprint_id IS NULL',
      cell: '(SELECT s.name FROM sprint s WHERE s.id = t.sprint_id)',
    },
    // Asked of the ticket itself: of a join, PostgreSQL does not know how many have none.
    run: { value: latestRun, none: 't.latest_run_id IS NULL' },
    comments: { value: 't.comment_count', order: () => [{ by: 't.comment_count', as: 'int', nullable: false }] },
    files: { value: 't.attachment_count', order: () => [{ by: 't.attachment_count', as: 'int', nullable: false }] },
    author: personIn('t.created_by'),
    created: { value: 't.created_at', order: () => [{ by: 't.created_at', as: 'timestamptz', nullable: false }] },
    updated: { value: 't.updated_at', order: () => [{ by: 't.updated_at', as: 'timestamptz', nullable: false }] },
    entered: { value: 't.entered_at', order: () => [{ by: 't.entered_at', as: 'timestamptz', nullable: false }] },
    ended: { value: 't.ended_at', order: () => [{ by: 't.ended_at', as: 'timestamptz', nullable: true }] },
    place: {
      order: (statement) => [
        ...inOrderOfWords(FURTHEST_FIRST, 't.state')(statement),
        { by: COLUMNS_BEHIND, as: 'int', nullable: true },
        { by: `${RANK} COLLATE "C"`, as: 'text COLLATE "C"', nullable: true },
      ],
    },
    backlog: { order: () => [{ by: 't.backlog_rank COLLATE "C"', as: 'text COLLATE "C"', nullable: false }] },
    is: { flags: { UNFINISHED: `t.state <> 'DONE'`, BACKLOG: UNPLACED, OVER_LIMIT, OVERDUE, BLOCKED } },
  },
});
