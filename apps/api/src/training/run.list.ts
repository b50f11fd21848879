import { ENGINE_REQUESTS, RUN_FIELDS, RUN_STATES, TEMPLATES } from '@trainyard/domain';
import { personIn } from '../access/people-named.ts';
import { ARCHIVED, defineList, inOrderOfWords, likePart, type OrderColumn } from '../platform/lists/list.ts';
import type { Statement } from '../platform/lists/statement.ts';
import { projectsNamed } from '../project/projects-named.ts';
import { ticketsKeyed } from '../ticket/tickets-keyed.ts';
import { GOING, LIVE } from './run-states.ts';

/** The dataset of a run, where the caller may know of it. */
export const dataset = (column: string, statement: Statement): string =>
  `(SELECT d.${column} FROM dataset d LEFT JOIN project p ON p.id = d.project_id WHERE d.id = r.dataset_id AND (p.id IS NULL OR ${statement.readable}))`;

export const ticket = (column: string): string => `(SELECT ${column} FROM ticket t WHERE t.id = r.ticket_id AND t.deleted_at IS NULL)`;

/** The figures of the result, as rows; of one that is none, no row. */
const RESULTS = `jsonb_array_elements(CASE jsonb_typeof(a.result -> 'metrics') WHEN 'array' THEN a.result -> 'metrics' END)`;
const SPLITS = ['TEST', 'VALIDATION', 'TRAIN'] as const;
/** A figure of the result, or of what was reported so far. */
function metric(statement: Statement, within: string): string {
  const [first = '', ...rest] = within.split('.');
  const split = rest.length > 0 ? SPLITS.find((one) => one === first.toUpperCase()) : undefined;
  const name = statement.param((split === undefined ? within : rest.join('.')).toLowerCase(), 'text');
  const splits = statement.param(split === undefined ? SPLITS : [split], 'text[]');
  return `COALESCE(
    (SELECT (m ->> 'value')::float8 FROM ${RESULTS} m
      WHERE lower(m ->> 'name') = ${name} AND m ->> 'split' = ANY (${splits}) ORDER BY array_position(${splits}, m ->> 'split') LIMIT 1),
    CASE WHEN lower(a.headline ->> 'name') = ${name} AND a.headline ->> 'split' = ANY (${splits}) THEN (a.headline ->> 'value')::float8 END)`;
}
/** The names of what a run has, as a SELECT of one column. */
export const metricNames = `SELECT lower(m ->> 'name') FROM ${RESULTS} m UNION SELECT lower(a.headline ->> 'name')`;
export const parameterNames = `SELECT jsonb_object_keys(r.spec -> 'parameters')`;
const parameter = (statement: Statement, within: string): string => `r.spec -> 'parameters' ->> ${statement.param(within, 'text')}`;
const parameterNumber = (statement: Statement, within: string): string => {
  const name = statement.param(within, 'text');
  return `CASE jsonb_typeof(r.spec -> 'parameters' -> ${name}) WHEN 'number' THEN (r.spec -> 'parameters' ->> ${name})::float8 END`;
};

/** Seconds that the last attempt has trained, as its card says. */
const DURATION = 'NULLIF(a.elapsed_ms, 0) / 1000';

const time = (by: string, nullable: boolean) => (): readonly OrderColumn[] => [{ by, as: 'timestamptz', nullable }];

/** Runs of the projects that one may read. */
export const RUN_LIST = defineList({
  name: 'runs',
  fields: RUN_FIELDS,
  table: 'run r',
  joins: 'JOIN project p ON p.id = r.project_id JOIN attempt a ON a.id = r.attempt_id',
  key: 'r.id',
  readable: (statement) => statement.readable,
  ofProject: (project) => `r.project_id = ${project}`,
  contains: (text, statement) => `${ticket('t.title')} ILIKE ${statement.param(`%${likePart(text)}%`, 'text')}`,
  order: () => [{ field: 'queued', descending: true }],
  sql: {
    number: { value: 'r.number', order: () => [{ by: 'r.number', as: 'int', nullable: false }] },
    project: { named: (names, statement) => `r.project_id = ANY (${projectsNamed(names, statement)})`, cell: 'p.key' },
    archived: ARCHIVED,
    ticket: {
      named: ({ texts }, statement) => `${ticket('t.id')} = ANY (${ticketsKeyed(texts, statement)})`,
      none: `${ticket('t.id')} IS NULL`,
      cell: `p.key || '-' || ${ticket('t.number')}`,
    },
    state: { value: 'r.state', order: inOrderOfWords(RUN_STATES, 'r.state') },
    kind: { value: `(r.spec ->> 'kind')` },
    template: { value: 'r.template', order: inOrderOfWords(TEMPLATES, 'r.template') },
    engine: { value: 'r.engine', order: inOrderOfWords(ENGINE_REQUESTS, 'r.engine') },
    dataset: {
      named: (names, statement) =>
        `${dataset('id', statement)} IN (SELECT d.id FROM dataset d WHERE d.name ILIKE ANY (${names.patterns}) OR d.id = ANY (${names.ids}))`,
      none: (statement) => `${dataset('id', statement)} IS NULL`,
      order: (statement) => [{ by: `lower(${dataset('name', statement)}) COLLATE "C"`, as: 'text COLLATE "C"', nullable: true }],
      cell: (statement) => dataset('name', statement),
    },
    group: { named: (names) => `r.group_id = ANY (${names.ids})`, none: 'r.group_id IS NULL', cell: 'r.group_id::text' },
    failure: { value: 'a.failure_code' },
    by: personIn('r.created_by'),
    queued: { value: 'r.queued_at', order: time('r.queued_at', false) },
    started: { value: 'r.started_at', order: time('r.started_at', true) },
    ended: { value: 'r.ended_at', order: time('r.ended_at', true) },
    duration: { value: DURATION, order: () => [{ by: DURATION, as: 'float8', nullable: true }] },
    is: {
      flags: {
        GOING: `r.state IN ${GOING}`,
        LIVE: `r.state IN ${LIVE}`,
        ENDED: `r.state NOT IN ${GOING}`,
        DOUBTFUL: 'a.doubt IS NOT NULL',
        UNREPAIRED: `r.state = 'FAILED' AND NOT EXISTS (SELECT FROM run later WHERE later.ticket_id = r.ticket_id AND later.number > r.number AND later.state = 'SUCCEEDED')`,
      },
    },
    'metric.*': {
      value: metric,
      members: metricNames,
      order: (statement, within) => [{ by: metric(statement, within), as: 'float8', nullable: true }],
    },
    'param.*': {
      value: parameter,
      members: parameterNames,
      number: parameterNumber,
      order: (statement, within) => [
        { by: parameterNumber(statement, within), as: 'float8', nullable: true },
        { by: `(${parameter(statement, within)}) COLLATE "C"`, as: 'text COLLATE "C"', nullable: true },
      ],
    },
  },
});
