import { fieldOf, namesOf, normalForm, print, tokens, wordsOf, type FieldSpec, type FieldSpecs } from '@trainyard/domain';

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

/** Names of things by field; of a family those within it. */
export type NamesByField = Readonly<Record<string, readonly string[]>>;

/** Values that show how times and numbers are asked for. */
const TIMES = ['today', 'yesterday', '-7d', '-30d', '<-30d'];
/** And days, which may lie ahead. */
const DAYS = ['today', 'tomorrow', '+7d', '<today', '>=today'];
const NUMBERS = ['>0', '>=3', '1..5'];
const SHOWN_MAX = 12;

/**
 * What can be typed at a place of the text.
 * @param names the people of `assignee`, what `metric.*` may be
 * @param labelOf how the reader's language calls a choice: it is found by that as well
 */
export function suggestionsAt(text: string, caret: number, fields: FieldSpecs, names: NamesByField, labelOf: (choice: Suggestion) => string): Suggestions {
  const before = text.slice(0, caret);
  const item = tokens(before).items.at(-1);
  const at = (start: number, typed: string, all: readonly Suggestion[]): Suggestions => ({
    start,
    end: caret,
    typed,
    choices: bestFirst(all, typed, labelOf).slice(0, SHOWN_MAX),
  });
  if (!item || item.end < caret) return at(caret, '', fieldChoices(fields, names));
  const piece = item.pieces.at(-1);
  if (!piece) return at(caret, '', []);
  if (item.field === null) return piece.quoted ? at(caret, '', []) : at(item.start + (item.negated ? 1 : 0), piece.text, fieldChoices(fields, names));
  if (item.field.text.toLowerCase() === 'sort') return at(piece.start, piece.text, sortChoices(fields, names));
  const groups = namesOf(fields, 'group');
  if (item.field.text.toLowerCase() === 'group' && groups.length > 0)
    return at(
      piece.start,
      piece.text,
      groups.map((name): Suggestion => ({ text: name, kind: 'SORT', field: name, word: null })),
    );
  const field = fieldOf(fields, item.field.text);
  return at(piece.start, piece.text, field ? valueChoices(field.name, field.spec, names[field.name] ?? []) : []);
}

/** The text with the choice in its place, and where the caret stands then. */
export function withChoice(text: string, { start, end }: Suggestions, { text: chosen, kind }: Suggestion): { text: string; caret: number } {
  const rest = text.slice(end);
  // a value is done with, a field waits for one
  const space = kind === 'FIELD' || /^[\s,，]/.test(rest) ? '' : ' ';
  const head = text.slice(0, start) + chosen + space;
  return { text: head + rest, caret: head.length };
}

/** Those within a family that are known. */
const within = (family: string, names: NamesByField): string[] => (names[family] ?? []).map((name) => family.slice(0, -1) + name);

/** Names of families are begun and wait for the rest. */
function fieldChoices(fields: FieldSpecs, names: NamesByField): Suggestion[] {
  const named = (field: string): Suggestion => ({ text: `${field}:`, kind: 'FIELD', field, word: null });
  const all = namesOf(fields, 'filter').flatMap((field) =>
    field.endsWith('.*') ? [{ ...named(field), text: field.slice(0, -1) }, ...within(field, names).map(named)] : [named(field)],
  );
  return [...all, named('sort')];
}

const sortChoices = (fields: FieldSpecs, names: NamesByField): Suggestion[] =>
  namesOf(fields, 'sort')
    .flatMap((field) => (field.endsWith('.*') ? within(field, names) : [field]))
    .flatMap((field) => [field, `-${field}`].map((text): Suggestion => ({ text, kind: 'SORT', field, word: null })));

function valueChoices(field: string, spec: FieldSpec, names: readonly string[]): Suggestion[] {
  const value = (text: string, word: string | null = null): Suggestion => ({ text, kind: 'VALUE', field, word });
  return [
    ...(spec.type === 'PERSON' ? [value('me', 'ME')] : []),
    ...wordsOf(spec).map((text, i) => value(text, spec.words?.[i] ?? null)),
    ...names.map((name) => value(nameText(name))),
    ...(spec.type === 'TIME' ? TIMES : spec.type === 'DAY' ? DAYS : spec.type === 'NUMBER' ? NUMBERS : []).map((text) => value(text)),
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
