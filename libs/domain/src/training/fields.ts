import { ARCHIVED_FIELD, type FieldSpecs } from '../query/fields.ts';
import { FAILURE_CODES } from './failure.ts';
import { RUN_STATES } from './run-state.ts';
import { ENGINE_REQUESTS, RUN_KINDS } from './spec.ts';
import { TEMPLATES } from './templates.ts';

/** Facts of a run that `is:` asks for. GOING: not ended. LIVE: in a runner's hands. DOUBTFUL: its result should be looked at twice. UNREPAIRED: failed, and no later run of its ticket succeeded. */
export const RUN_FLAGS = ['GOING', 'LIVE', 'ENDED', 'DOUBTFUL', 'UNREPAIRED'] as const;

/** The fields of a run. `metric.loss` is of the test, else validation, else training samples; `metric.test.loss` of those alone. `duration`: seconds of training. */
export const RUN_FIELDS = {
  number: { type: 'NUMBER', filter: true, sort: true, column: true },
  project: { type: 'NAME', filter: true, column: true },
  archived: ARCHIVED_FIELD,
  ticket: { type: 'NAME', none: true, filter: true, column: true },
  state: { type: 'WORD', words: RUN_STATES, filter: true, sort: true, column: true },
  kind: { type: 'WORD', words: RUN_KINDS, filter: true, column: true },
  template: { type: 'WORD', words: TEMPLATES, filter: true, sort: true, column: true },
  engine: { type: 'WORD', words: ENGINE_REQUESTS, filter: true, sort: true, column: true },
  dataset: { type: 'NAME', none: true, filter: true, sort: true, column: true },
  failure: { type: 'WORD', words: FAILURE_CODES, none: true, filter: true, column: true },
  group: { type: 'NAME', none: true, filter: true, column: true },
  by: { type: 'PERSON', none: true, filter: true, column: true },
  queued: { type: 'TIME', filter: true, sort: true, column: true },
  started: { type: 'TIME', none: true, filter: true, sort: true, column: true },
  ended: { type: 'TIME', none: true, filter: true, sort: true, column: true },
  duration: { type: 'NUMBER', none: true, filter: true, sort: true, column: true },
  is: { type: 'FLAG', words: RUN_FLAGS, filter: true },
  'metric.*': { type: 'NUMBER', none: true, filter: true, sort: true, column: true },
  'param.*': { type: 'VALUE', none: true, filter: true, sort: true, column: true },
} as const satisfies FieldSpecs;
