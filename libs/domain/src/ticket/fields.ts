import type { FieldSpecs } from '../query/fields.ts';
import { RESOLUTIONS, TICKET_STATES } from './state.ts';
import { LIFECYCLE_STAGES, TICKET_TYPES } from './ticket.ts';

/** Facts of a ticket that `is:` asks for. UNFINISHED: its state is not DONE. BACKLOG: it lies in no column. */
export const TICKET_FLAGS = ['UNFINISHED', 'BACKLOG'] as const;

/** The fields of a ticket: what can be filtered, sorted and told as a column. */
export const TICKET_FIELDS = {
  key: { type: 'NAME', filter: true, sort: true, column: true },
  title: { type: 'TEXT', filter: true, sort: true, column: true },
  project: { type: 'NAME', filter: true, column: true },
  state: { type: 'WORD', words: TICKET_STATES, filter: true, sort: true, column: true },
  resolution: { type: 'WORD', words: RESOLUTIONS, none: true, filter: true, column: true },
  type: { type: 'WORD', words: TICKET_TYPES, filter: true, sort: true, column: true },
  stage: { type: 'WORD', words: LIFECYCLE_STAGES, none: true, filter: true, sort: true, column: true },
  points: { type: 'NUMBER', none: true, filter: true, sort: true, column: true },
  assignee: { type: 'PERSON', none: true, filter: true, sort: true, column: true },
  label: { type: 'NAME', none: true, filter: true, column: true },
  board: { type: 'NAME', none: true, filter: true },
  column: { type: 'NAME', none: true, filter: true, column: true },
  run: { type: 'WORD', words: ['QUEUED', 'STARTING', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'], none: true, filter: true, column: true },
  comments: { type: 'NUMBER', filter: true, sort: true, column: true },
  author: { type: 'PERSON', none: true, filter: true, column: true },
  created: { type: 'TIME', filter: true, sort: true, column: true },
  updated: { type: 'TIME', filter: true, sort: true, column: true },
  is: { type: 'FLAG', words: TICKET_FLAGS, filter: true },
} as const satisfies FieldSpecs;
