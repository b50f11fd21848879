import type { FieldSpec } from '../query/fields.ts';
import { daysOf, instantsOf, type AskedAt } from '../query/times.ts';
import type { Condition, Query, Value } from '../query/query.ts';
import { normalForm } from '../text.ts';
import { TICKET_FIELDS } from '../ticket/fields.ts';
import { dayAt } from '../time/zones.ts';
import type { TicketThen } from './ticket-then.ts';

/** What things are called, by their ids. */
export interface NamesNow {
  /** In whose name it is asked. */
  me: string;
  project: { id: string; key: string; name: string; archived: boolean };
  columns: ReadonlyMap<string, { name: string; boardId: string; board: string }>;
  labels: ReadonlyMap<string, string>;
  people: ReadonlyMap<string, string>;
  sprints: ReadonlyMap<string, string>;
  /** Keys of tickets that are parents. */
  keys: ReadonlyMap<string, string>;
}

/** Null: the log does not tell. */
type Truth = boolean | null;

const not = (truth: Truth): Truth => (truth === null ? null : !truth);
const any = (truths: readonly Truth[]): Truth => (truths.includes(true) ? true : truths.includes(null) ? null : false);
const all = (truths: readonly Truth[]): Truth => (truths.includes(false) ? false : truths.includes(null) ? null : true);

/** Whether a condition holds for a ticket as it was; what it asks for and the log does not tell makes it null, unless the rest decides. */
export function holds(query: Query, ticket: TicketThen, names: NamesNow, asked: AskedAt): { truth: Truth; unknown: string[] } {
  const each = query.conditions.map((condition) => ({ field: condition.field, truth: conditionHolds(condition, ticket, names, asked) }));
  const words = query.words.map(({ text, negated }) => {
    const found = containsWord(ticket, text, names);
    return negated ? !found : found;
  });
  const truth = ticket.deleted ? false : all([...each.map((one) => one.truth), ...words]);
  return { truth, unknown: truth === null ? each.flatMap((one) => (one.truth === null ? [one.field] : [])) : [] };
}

function containsWord(ticket: TicketThen, text: string, { project }: NamesNow): boolean {
  if (ticket.title.toLowerCase().includes(text.toLowerCase())) return true;
  return `${project.key}-${ticket.number}` === text.toUpperCase() || String(ticket.number) === text;
}

function conditionHolds({ field, negated, values }: Condition, ticket: TicketThen, names: NamesNow, asked: AskedAt): Truth {
  const truth = any(values.map((value) => valueHolds(field, value, ticket, names, asked)));
  return negated ? not(truth) : truth;
}

function valueHolds(field: string, value: Value, ticket: TicketThen, names: NamesNow, asked: AskedAt): Truth {
  if (field === 'is') return value.is === 'WORD' ? flagOf(value.word, ticket, asked) : false;
  const has = valueOf(field, ticket, names);
  if (has === undefined) return null;
  if (value.is === 'NONE') return has === null || (Array.isArray(has) && has.length === 0);
  if (has === null) return false;
  const spec: FieldSpec = TICKET_FIELDS[field as keyof typeof TICKET_FIELDS];
  switch (value.is) {
    case 'ME':
      return Array.isArray(has) && has.some((name) => name === names.me);
    case 'WORD':
      return has === value.word;
    case 'TEXT': {
      if (!Array.isArray(has)) return String(has).toLowerCase().includes(value.text.toLowerCase());
      const wanted = normalForm(value.text);
      return has.some((name) => normalForm(name) === wanted);
    }
    case 'NUMBERS': {
      const { from, to } = value;
      const number = Number(has);
      return (!from || (from.open ? number > from.value : number >= from.value)) && (!to || (to.open ? number < to.value : number <= to.value));
    }
    case 'TIMES': {
      if (spec.type === 'DAY') {
        const { from, to } = daysOf(value.from, value.to, asked);
        return (!from || String(has) >= from) && (!to || String(has) <= to);
      }
      const { from, before } = instantsOf(value.from, value.to, asked);
      const at = Number(has);
      return (!from || at >= from.getTime()) && (!before || at < before.getTime());
    }
  }
}

/** Things with names are told as all that they may be called by; undefined: the log does not tell; null: there is none. */
function valueOf(field: string, ticket: TicketThen, names: NamesNow): string | number | readonly string[] | null | undefined {
  const called = (id: string | null, name: string | undefined): readonly string[] | null => (id === null ? null : [id, ...(name === undefined ? [] : [name])]);
  const column = ticket.columnId === null ? undefined : names.columns.get(ticket.columnId);
  switch (field) {
    case 'key':
      return [ticket.id, `${names.project.key}-${ticket.number}`];
    case 'title':
      return ticket.title;
    case 'project':
      return [names.project.id, names.project.key, names.project.name];
    case 'archived':
      return names.project.archived ? 'YES' : 'NO';
    case 'state':
      return ticket.state;
    case 'resolution':
      return ticket.resolution;
    case 'type':
      return ticket.type;
    case 'priority':
      return ticket.priority;
    case 'stage':
      return ticket.stage;
    case 'points':
      return ticket.points;
    case 'hours':
      return ticket.deviceHours;
    case 'start':
      return ticket.startDate;
    case 'due':
      return ticket.dueDate;
    case 'parent':
      return called(ticket.parentId, ticket.parentId === null ? undefined : names.keys.get(ticket.parentId));
    case 'assignee':
      return called(ticket.assigneeId, ticket.assigneeId === null ? undefined : names.people.get(ticket.assigneeId));
    case 'author':
      return called(ticket.authorId, ticket.authorId === null ? undefined : names.people.get(ticket.authorId));
    case 'label':
      if (ticket.labelsUnknown) return undefined;
      return ticket.labelIds.flatMap((id) => called(id, names.labels.get(id)) ?? []);
    case 'column':
      return called(ticket.columnId, column?.name);
    case 'board':
      return column ? [column.boardId, column.board] : null;
    case 'sprint':
      return called(ticket.sprintId, ticket.sprintId === null ? undefined : names.sprints.get(ticket.sprintId));
    case 'run':
      return ticket.run;
    case 'comments':
      return ticket.comments;
    case 'files':
      return ticket.files;
    case 'created':
      return ticket.createdAt;
    case 'updated':
      return ticket.updatedAt;
    case 'entered':
      return ticket.enteredAt;
    case 'ended':
      return ticket.endedAt;
    default:
      return undefined;
  }
}

function flagOf(word: string, ticket: TicketThen, asked: AskedAt): Truth {
  switch (word) {
    case 'UNFINISHED':
      return ticket.state !== 'DONE';
    case 'BACKLOG':
      return ticket.columnId === null;
    case 'OVERDUE':
      return ticket.state !== 'DONE' && ticket.dueDate !== null && ticket.dueDate < dayAt(asked.now, asked.timeZone);
    case 'BLOCKED':
      return ticket.blocked ?? null;
    default:
      // How full a column was then, the log of one ticket does not say.
      return null;
  }
}
