/**
 * What the language knows of a field:
 * WORD one of a few words, NUMBER, TIME, DAY (of a calendar, in no zone), NAME of a thing, PERSON (a name, or `me`), TEXT that is looked through,
 * VALUE (a number or a text, as it comes), FLAG (the field `is`: a word that says a fact).
 */
export type FieldType = 'WORD' | 'NUMBER' | 'TIME' | 'DAY' | 'NAME' | 'PERSON' | 'TEXT' | 'VALUE' | 'FLAG';

export interface FieldSpec {
  type: FieldType;
  /** Of WORD and FLAG: the words, as constants. They are written in small letters. */
  words?: readonly string[];
  /** A thing may be without it: `none` asks for that. */
  none?: true;
  /** `field:value` asks for it. */
  filter?: true;
  /** `sort:field` orders by it. */
  sort?: true;
  /** `group:field` groups by it. */
  group?: true;
  /** It is a column of the list's CSV, under its own name. */
  column?: true;
}

/** Fields of a noun by their names, in the order in which they are told. A name `x.*` stands for all fields `x.<any>`. */
export type FieldSpecs = Readonly<Record<string, FieldSpec>>;

/** Whether the project of a thing is archived. A list over all projects is without those unless the query has this field, or names projects. */
export const ARCHIVED_FIELD = { type: 'WORD', words: ['YES', 'NO'], filter: true } as const satisfies FieldSpec;

/** A name within a family, as a text can say it. */
const WITHIN = /^[^\s:：,，"“”]{1,100}$/;

/** The field of that name with the name as it is kept, or null. Names of fields are found in any case, those within a family in their own. */
export function fieldOf(fields: FieldSpecs, typed: string): { name: string; spec: FieldSpec } | null {
  const dot = typed.indexOf('.');
  if (dot > 0) {
    const family = `${typed.slice(0, dot).toLowerCase()}.*`;
    const within = typed.slice(dot + 1);
    const spec = Object.hasOwn(fields, family) && WITHIN.test(within) ? fields[family] : undefined;
    if (spec) return { name: `${family.slice(0, -1)}${within}`, spec };
  }
  const name = typed.toLowerCase();
  const spec = Object.hasOwn(fields, name) && !name.endsWith('*') ? fields[name] : undefined;
  return spec ? { name, spec } : null;
}

/** Names of the fields that do something, such as filter, joined to be told. */
export const namesOf = (fields: FieldSpecs, does: 'filter' | 'sort' | 'group' | 'column'): string[] =>
  Object.entries(fields).flatMap(([name, spec]) => (spec[does] ? [name] : []));
