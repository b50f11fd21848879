import { namesOf, normalForm, print, tokens, wordsOf, type FieldSpec, type FieldSpecs } from '@trainyard/domain';

/** What may stand where somebody types: the text for it, and where it goes. */
export interface Suggestion {
  text: string;
  kind: 'FIELD' | 'VALUE' | 'SORT';
  /** The field it names, or that it is a value of. */
  field: string;
  /** The constant of a word, which screens have a name for. */
  word: string | null;
}
export interface Suggestions {
  /** The part of the text that a choice takes the place of. */
  start: number;
  end: number;
  /** What of it was typed. */
  typed: string;
  choices: readonly Suggestion[];
}

/** Values that show how times and numbers are asked for. */
const TIMES = ['today', 'yesterday', '-7d', '-30d', '<-30d'];
const NUMBERS = ['>0', '>=3', '1..5'];
const SHOWN_MAX = 12;

/**
 * What can be typed at a place of the text.
 * @param names of things, by field: the people of `assignee`
 * @param labelOf how the reader's language calls a choice: it is found by that as well
 */
export function suggestionsAt(
  text: string,
  caret: number,
  fields: FieldSpecs,
  names: Readonly<Record<string, readonly string[]>>,
  labelOf: (choice: Suggestion) => string,
): Suggestions {
  const before = text.slice(0, caret);
  const item = tokens(before).items.at(-1);
  const at = (start: number, typed: string, all: readonly Suggestion[]): Suggestions => ({
    start,
    end: caret,
    typed,
    choices: bestFirst(all, typed, labelOf).slice(0, SHOWN_MAX),
  });
  if (!item || item.end < caret) return at(caret, '', fieldChoices(fields));
  const piece = item.pieces.at(-1);
  if (!piece) return at(caret, '', []);
  if (item.field === null) return piece.quoted ? at(caret, '', []) : at(item.start + (item.negated ? 1 : 0), piece.text, fieldChoices(fields));
  const field = item.field.text.toLowerCase();
  if (field === 'sort') return at(piece.start, piece.text, sortChoices(fields));
  const spec = Object.hasOwn(fields, field) ? fields[field] : undefined;
  return at(piece.start, piece.text, spec ? valueChoices(field, spec, names[field] ?? []) : []);
}

/** The text with the choice in its place, and where the caret stands then. */
export function withChoice(text: string, { start, end }: Suggestions, { text: chosen, kind }: Suggestion): { text: string; caret: number } {
  const rest = text.slice(end);
  // a value is done with, a field waits for one
  const space = kind === 'FIELD' || /^[\s,，]/.test(rest) ? '' : ' ';
  const head = text.slice(0, start) + chosen + space;
  return { text: head + rest, caret: head.length };
}

/** Names of families are begun and wait for the rest. */
function fieldChoices(fields: FieldSpecs): Suggestion[] {
  const named = namesOf(fields, 'filter').map((field): Suggestion => ({
    text: field.endsWith('.*') ? field.slice(0, -1) : `${field}:`,
    kind: 'FIELD',
    field,
    word: null,
  }));
  return [...named, { text: 'sort:', kind: 'FIELD', field: 'sort', word: null }];
}

const sortChoices = (fields: FieldSpecs): Suggestion[] =>
  namesOf(fields, 'sort')
    .filter((field) => !field.endsWith('.*'))
    .flatMap((field) => [field, `-${field}`].map((text): Suggestion => ({ text, kind: 'SORT', field, word: null })));

function valueChoices(field: string, spec: FieldSpec, names: readonly string[]): Suggestion[] {
  const value = (text: string, word: string | null = null): Suggestion => ({ text, kind: 'VALUE', field, word });
  return [
    ...(spec.type === 'PERSON' ? [value('me', 'ME')] : []),
    ...wordsOf(spec).map((text, i) => value(text, spec.words?.[i] ?? null)),
    ...names.map((name) => value(nameText(name))),
    ...(spec.type === 'TIME' ? TIMES : spec.type === 'NUMBER' ? NUMBERS : []).map((text) => value(text)),
    ...(spec.none ? [value('none', 'NONE')] : []),
  ];
}

/** A name as a query writes it: in quotes where it would be read otherwise. */
function nameText(name: string): string {
  const condition = { field: 'name', negated: false, values: [{ is: 'TEXT', text: name } as const] };
  return print({ conditions: [condition], words: [], sort: [] }, {}).slice('name:'.length);
}

/** Those that begin with what was typed, then those that hold it. */
function bestFirst(all: readonly Suggestion[], typed: string, labelOf: (choice: Suggestion) => string): Suggestion[] {
  const wanted = normalForm(typed);
  if (wanted === '') return [...all];
  const place = (choice: Suggestion): number => {
    const texts = [normalForm(choice.text), normalForm(choice.text.replaceAll('"', '')), normalForm(labelOf(choice))];
    if (texts.some((text) => text.startsWith(wanted))) return 0;
    return texts.some((text) => text.includes(wanted)) ? 1 : 2;
  };
  return all.filter((choice) => place(choice) < 2).toSorted((a, b) => place(a) - place(b));
}
