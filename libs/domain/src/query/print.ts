import { fieldOf, type FieldSpecs } from './fields.ts';
import type { Bound, Condition, Moment, Query, Value, Word } from './query.ts';

/** Text that nothing reads as more than text. */
const PLAIN = /^[\p{L}\p{N}_@#][\p{L}\p{N}_@#.+/-]*$/u;
const READ_OTHERWISE = new Set(['none', 'me']);

/** The text that says a query: to parse it gives the same query again. */
export function print(query: Query, fields: FieldSpecs): string {
  const parts = [...query.conditions.map((condition) => conditionText(condition, fields)), ...query.words.map(wordText)];
  if (query.sort.length > 0) parts.push(`sort:${query.sort.map(({ field, descending }) => (descending ? '-' : '') + field).join(',')}`);
  if (query.group !== undefined) parts.push(`group:${query.group}`);
  return parts.join(' ');
}

function conditionText({ field, negated, values }: Condition, fields: FieldSpecs): string {
  // A number that was meant as text stays text only in quotes.
  const isLoose = fieldOf(fields, field)?.spec.type === 'VALUE';
  return `${negated ? '-' : ''}${field}:${values.map((value) => valueText(value, isLoose)).join(',')}`;
}

const wordText = ({ text, negated }: Word): string => (negated ? '-' : '') + (PLAIN.test(text) ? text : quoted(text));

function valueText(value: Value, isLoose: boolean): string {
  switch (value.is) {
    case 'NONE':
      return 'none';
    case 'ME':
      return 'me';
    case 'WORD':
      return value.word.toLowerCase();
    case 'TEXT':
      return PLAIN.test(value.text) && !READ_OTHERWISE.has(value.text.toLowerCase()) && !(isLoose && /^\d/.test(value.text)) ? value.text : quoted(value.text);
    case 'NUMBERS':
      return rangeText(value.from, value.to, String, () => false);
    case 'TIMES':
      return rangeText(value.from, value.to, momentText, (moment) => moment.at === 'AGO' || moment.at === 'AHEAD');
  }
}

const quoted = (text: string): string => `"${text.replaceAll(/["“”\\]/g, '\\$&')}"`;

/** @param alone whether a value with nothing before it says more than that value */
function rangeText<T>(from: Bound<T> | null, to: Bound<T> | null, text: (value: T) => string, alone: (value: T) => boolean): string {
  if (from && to) return text(from.value) === text(to.value) && !alone(from.value) ? text(from.value) : `${text(from.value)}..${text(to.value)}`;
  if (from) return `${from.open ? '>' : '>='}${text(from.value)}`;
  return to ? `${to.open ? '<' : '<='}${text(to.value)}` : '';
}

function momentText(moment: Moment): string {
  switch (moment.at) {
    case 'DAY':
      return moment.day;
    case 'INSTANT':
      return moment.instant;
    case 'AGO':
      return `-${moment.amount}${moment.unit}`;
    case 'AHEAD':
      return `+${moment.amount}${moment.unit}`;
    case 'TODAY':
    case 'YESTERDAY':
    case 'TOMORROW':
      return moment.at.toLowerCase();
  }
}
