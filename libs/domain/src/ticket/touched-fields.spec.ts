import { parse } from '../query/parse.ts';
import { SET_FIELDS, TICKET_FIELDS } from './fields.ts';
import { askedFields, touchedFields } from './touched-fields.ts';

const updated = (...names: string[]) => ({ entity: 'TICKET', action: 'UPDATED', changes: Object.fromEntries(names.map((name) => [name, { from: 1, to: 2 }])) });
const touched = (entry: Parameters<typeof touchedFields>[0]): string[] | null => {
  const found = touchedFields(entry);
  return found && [...found].toSorted();
};

it.each([
  [updated('assigneeId'), ['assignee', 'updated']],
  [updated('labelIds', 'title'), ['label', 'title', 'updated']],
  [{ ...updated('columnId', 'rank', 'state'), action: 'MOVED' }, ['board', 'column', 'ended', 'entered', 'is', 'state', 'updated']],
  [{ ...updated('columnId', 'rank'), action: 'MOVED' }, ['board', 'column', 'entered', 'is', 'updated']],
  [updated('dueDate'), ['due', 'is', 'updated']],
  [updated('somethingNew'), null],
  [{ ...updated('title'), action: 'CREATED' }, null],
  [{ ...updated('title'), action: 'DELETED' }, null],
  [{ entity: 'COMMENT', action: 'CREATED', changes: {} }, ['comments']],
  [{ entity: 'ATTACHMENT', action: 'DELETED', changes: {} }, ['files']],
  [{ entity: 'RUN', action: 'UPDATED', changes: {} }, ['run']],
  [{ entity: 'LABEL', action: 'UPDATED', changes: {} }, null],
  [{ entity: 'TICKET', action: 'UPDATED', changes: null }, null],
] as const)('knows what %j may have changed', (entry, fields) => {
  expect(touched(entry)).toEqual(fields);
});

it('knows every field that people set', () => {
  for (const { as, name } of SET_FIELDS) expect(touched(updated(as))).toEqual(expect.arrayContaining([name, 'updated']));
});

it('finds what a query looks at', () => {
  const asked = (text: string): string[] => {
    const parsed = parse(text, TICKET_FIELDS);
    if (!parsed.ok) throw new Error(text);
    return [...askedFields(parsed.query)];
  };
  expect(asked('type:bug -assignee:me sort:points')).toEqual(['type', 'assignee']);
  expect(asked('"a phrase" is:unfinished')).toEqual(['is', 'title']);
  expect(asked('')).toEqual([]);
});
