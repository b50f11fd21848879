import { DATASET_FIELDS, DATASET_STATES } from '@trainyard/domain';
import { personIn } from '../access/people-named.ts';
import { ARCHIVED, defineList, inOrderOfWords, likePart } from '../platform/lists/list.ts';
import { projectsNamed } from '../project/projects-named.ts';

/** Datasets of the organisation and of the projects that one may read. */
export const DATASET_LIST = defineList({
  name: 'datasets',
  fields: DATASET_FIELDS,
  table: 'dataset d',
  joins: 'LEFT JOIN project p ON p.id = d.project_id',
  key: 'd.id',
  readable: (statement) => `p.id IS NULL OR ${statement.readable}`,
  // What a project may use: its own and those of the organisation.
  ofProject: (project) => `d.project_id IS NULL OR d.project_id = ${project}`,
  contains: (text, statement) => `d.name ILIKE ${statement.param(`%${likePart(text)}%`, 'text')}`,
  order: () => [{ field: 'created', descending: true }],
  sql: {
    name: { value: 'd.name', order: () => [{ by: 'lower(d.name) COLLATE "C"', as: 'text COLLATE "C"', nullable: false }] },
    kind: { value: 'd.kind' },
    source: { value: 'd.source' },
    state: { value: 'd.state', order: inOrderOfWords(DATASET_STATES, 'd.state') },
    project: { named: (names, statement) => `d.project_id = ANY (${projectsNamed(names, statement)})`, none: 'd.project_id IS NULL', cell: 'p.key' },
    archived: ARCHIVED,
    samples: { value: 'd.sample_count', order: () => [{ by: 'd.sample_count', as: 'int', nullable: true }] },
    size: { value: 'd.size_bytes', order: () => [{ by: 'd.size_bytes::float8', as: 'float8', nullable: true }] },
    by: personIn('d.created_by'),
    created: { value: 'd.created_at', order: () => [{ by: 'd.created_at', as: 'timestamptz', nullable: false }] },
  },
});
