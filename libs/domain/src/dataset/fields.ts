import { ARCHIVED_FIELD, type FieldSpecs } from '../query/fields.ts';
import { DATASET_KINDS, DATASET_SOURCES, DATASET_STATES } from './dataset.ts';

/** The fields of a dataset. `project:none`: it is the whole organisation's. */
export const DATASET_FIELDS = {
  name: { type: 'TEXT', filter: true, sort: true, column: true },
  kind: { type: 'WORD', words: DATASET_KINDS, filter: true, column: true },
  source: { type: 'WORD', words: DATASET_SOURCES, filter: true, column: true },
  state: { type: 'WORD', words: DATASET_STATES, filter: true, sort: true, column: true },
  project: { type: 'NAME', none: true, filter: true, column: true },
  archived: ARCHIVED_FIELD,
  samples: { type: 'NUMBER', none: true, filter: true, sort: true, column: true },
  size: { type: 'NUMBER', none: true, filter: true, sort: true, column: true },
  by: { type: 'PERSON', none: true, filter: true, column: true },
  created: { type: 'TIME', filter: true, sort: true, column: true },
} as const satisfies FieldSpecs;
