import { TICKET_FIELDS } from '../ticket/fields.ts';
import { askingFor, toggled, valuesAsked } from './change-query.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import type { Query, Value } from './query.ts';

const query = (text: string): Query => {
  const parsed = parse(text, TICKET_FIELDS);
  if (!parsed.ok) throw new Error(text);
  return parsed.query;
};
const text = (one: Query): string => print(one, TICKET_FIELDS);
const ada: Value = { is: 'TEXT', text: 'Ada Lovelace' };
const bug: Value = { is: 'WORD', word: 'BUG' };

it.each([
  ['', 'assignee:"Ada Lovelace"'],
  ['type:bug crash', 'type:bug assignee:"Ada Lovelace" crash'],
  ['assignee:"ada lovelace"', ''],
  ['assignee:"ADA LOVELACE" type:bug', 'type:bug'],
  ['assignee:bo type:bug', 'assignee:"Ada Lovelace" type:bug'],
  ['assignee:bo,"Ada Lovelace"', 'assignee:"Ada Lovelace"'],
  ['-assignee:"Ada Lovelace"', 'assignee:"Ada Lovelace"'],
  ['assignee:none sort:points', 'assignee:"Ada Lovelace" sort:points'],
])('asks for one value alone, and for nothing the second time: %s', (before, after) => {
  expect(text(toggled(query(before), 'assignee', ada, true))).toBe(after);
});

it.each([
  ['type:task', 'type:task,bug'],
  ['type:bug,task', 'type:task'],
  ['type:bug', ''],
  ['assignee:me', 'assignee:me type:bug'],
])('adds a value to those asked for, or takes it away: %s', (before, after) => {
  expect(text(toggled(query(before), 'type', bug))).toBe(after);
});

it('says which values are asked for; nothing where two conditions both hold, or it is none of them', () => {
  expect(valuesAsked(query('type:bug,task'), 'type')).toEqual([bug, { is: 'WORD', word: 'TASK' }]);
  expect(valuesAsked(query('-type:bug'), 'type')).toEqual([]);
  expect(valuesAsked(query('label:a label:b'), 'label')).toEqual([]);
  expect(text(askingFor(query('label:a type:bug label:b'), 'label', [{ is: 'NONE' }]))).toBe('label:none type:bug');
});
