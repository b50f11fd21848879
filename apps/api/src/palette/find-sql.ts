import type { Typed } from '@trainyard/domain';
import { isId } from '../platform/input.ts';
import { likePart } from '../platform/lists/list.ts';
import type { Statement } from '../platform/lists/statement.ts';
import { ticketsKeyed } from '../ticket/tickets-keyed.ts';
import type { KnownThing } from './palette.types.ts';
import type { ThingSql } from './thing-sql.ts';

/** Also while its number is being typed. */
const KEY = /^([a-z][a-z0-9]{1,9})-(\d{0,9})$/i;
/** Letters of a word by which the index of titles finds it; fewer are in nearly all of them. */
const INDEXED_LETTERS = 3;

/** What was typed: a place in the statement for each part that it needs, the same one wherever it needs it. */
export interface TypedSql {
  text: () => string;
  words: readonly (() => string)[];
  /** The longest word, as the index of titles is asked for it; null: all words are too short. */
  indexed: (() => string) | null;
  number: (() => string) | null;
  keyOf: { project: () => string; number: (() => string) | null; digits: () => string } | null;
  projectKey: (() => string) | null;
}

export function typedSql(typed: Typed, projectKey: string | null, statement: Statement): TypedSql {
  const [, key, digits = ''] = KEY.exec(typed.text) ?? [];
  const longest = typed.words.toSorted((a, b) => b.length - a.length)[0] ?? '';
  const place = (value: string | number, cast: 'text' | 'int' = 'text'): (() => string) => {
    let known: string | undefined;
    return () => (known ??= statement.param(value, cast));
  };
  return {
    text: place(typed.text),
    words: typed.words.map((word) => place(`%${likePart(word)}%`)),
    indexed: longest.length < INDEXED_LETTERS ? null : place(`%${likePart(longest)}%`),
    number: typed.number === null ? null : place(typed.number, 'int'),
    keyOf:
      key === undefined
        ? null
        : { project: place(key.toUpperCase()), number: digits === '' ? null : place(Number(digits), 'int'), digits: place(`${digits}%`) },
    projectKey: projectKey === null || typed.number === null ? null : place(projectKey),
  };
}

/** The best of a kind: by how they fit, then the newest. Letters are made small once for each thing: that costs more than all comparing. */
export function hits(kind: ThingSql, { text, words, indexed, number, keyOf, projectKey }: TypedSql, statement: Statement): string {
  const exact = [];
  let begins = 'false';
  if (number !== null && kind.number) exact.push(`${kind.number} = ${number()}`);
  if (kind.keyed === 'PROJECT') exact.push(`p.key = upper(${text()})`);
  else if (kind.keyed && keyOf !== null) {
    if (keyOf.number !== null) exact.push(`p.key = ${keyOf.project()} AND t.number = ${keyOf.number()}`);
    if (kind.keyed === 'TICKET') begins = `p.key = ${keyOf.project()} AND t.number::text LIKE ${keyOf.digits()}`;
  }
  const isExact = exact.length === 0 ? 'false' : exact.map((one) => `(${one})`).join(' OR ');
  // where nothing is found by a key, the index may be asked first
  const asked = indexed !== null && kind.isIndexed && exact.length === 0 && begins === 'false' ? ` AND ${kind.title} ILIKE ${indexed()}` : '';
  const near = projectKey !== null && kind.number ? `WHEN is_exact AND project_key = ${projectKey()} THEN -1` : '';
  return `SELECT id, CASE ${near} WHEN is_exact OR low = ${text()} THEN 0 WHEN begins OR starts_with(low, ${text()}) THEN 1
      WHEN strpos(low, ' ' || ${text()}) > 0 THEN 2 ELSE 3 END AS fit
    FROM (SELECT ${kind.id} AS id, lower(${kind.text ?? kind.title}) AS low, ${isExact} AS is_exact, ${begins} AS begins, ${kind.inUse} AS in_use, ${kind.recent} AS recent${
      near === '' ? '' : ', p.key AS project_key'
    }
      FROM ${kind.from} WHERE ${kind.readable(statement)}${asked} OFFSET 0) looked
    WHERE is_exact OR in_use AND (begins OR ${words.map((word) => `low LIKE ${word()}`).join(' AND ')}) ORDER BY fit, recent DESC, id LIMIT ${kind.most}`;
}

/** Those that are named by id or key; null: none of this kind is. */
export function named(kind: ThingSql, things: readonly KnownThing[], statement: Statement): string | null {
  const names = things.filter((thing) => thing.kind === kind.kind).map(({ id }) => id);
  if (names.length === 0) return null;
  const are = [`${kind.id} = ANY (${statement.param(names.filter(isId), 'uuid[]')})`];
  if (kind.keyed === 'TICKET') are.push(`t.id = ANY (${ticketsKeyed(names, statement)})`);
  if (kind.keyed === 'PROJECT')
    are.push(
      `p.key = ANY (${statement.param(
        names.map((name) => name.toUpperCase()),
        'text[]',
      )})`,
    );
  return `SELECT ${kind.id}, 0 FROM ${kind.from} WHERE ${kind.readable(statement)} AND (${are.join(' OR ')})`;
}
