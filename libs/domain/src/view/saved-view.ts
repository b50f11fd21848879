import { PERSON_FIELDS } from '../access/fields.ts';
import { DATASET_FIELDS } from '../dataset/fields.ts';
import type { FieldSpecs } from '../query/fields.ts';
import { TICKET_FIELDS } from '../ticket/fields.ts';
import { RUN_FIELDS } from '../training/fields.ts';

/** The lists that views are saved of. */
export const VIEW_LISTS = ['TICKETS', 'RUNS', 'DATASETS', 'PEOPLE'] as const;
export type ViewList = (typeof VIEW_LISTS)[number];

/** The fields that the query of a view speaks of. */
export const VIEW_FIELDS: Readonly<Record<ViewList, FieldSpecs>> = {
  TICKETS: TICKET_FIELDS,
  RUNS: RUN_FIELDS,
  DATASETS: DATASET_FIELDS,
  PEOPLE: PERSON_FIELDS,
};

export const VIEW_NAME_MAX = 80;
/** Views that a person keeps of one list in one place, a project or the organisation. */
export const VIEWS_EACH = 100;
/** Views of one list that are shared in one place. */
export const VIEWS_SHARED = 200;
