import { Injectable } from '@nestjs/common';
import { FITS, fitting, THING_KINDS, thingFoundBy, typedIn, type Actor, type Typed } from '@trainyard/domain';
import { personOf } from '../access/person.types.ts';
import { demand } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { isId } from '../platform/input.ts';
import { listTurns } from '../platform/lists/list-turns.ts';
import { likePart } from '../platform/lists/list.ts';
import { withinTime } from '../platform/lists/reading.ts';
import { Statement } from '../platform/lists/statement.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { built } from '../platform/sql/prepared-client.ts';
import { ticketsKeyed } from '../ticket/tickets-keyed.ts';
import type { KnownThing, Thing } from './palette.types.ts';
import { kindsFor, linesOf, type ThingSql } from './thing-sql.ts';

export const FOUND_MAX = 50;
export const KNOWN_MAX = 50;

/** Also while its number is being typed. */
const KEY = /^([a-z][a-z0-9]{1,9})-(\d{0,9})$/i;

type Line = Omit<Thing, 'person'> & { personId: string | null; personName: string | null };

/** One index over all that has a name, within what the caller may know of. */
@Injectable()
export class PaletteReader {
  constructor(private readonly database: Database) {}

  /** @param projectId what is of that project comes first where a number was typed: many have the same */
  async find(actor: Actor, text: string, projectId: string | null, first: number): Promise<Thing[]> {
    demand(actor, 'organisation.read');
    if (!Number.isInteger(first) || first < 1 || first > FOUND_MAX)
      throw new DomainError('BAD_INPUT', { field: 'first', reason: 'OUT_OF_RANGE', max: FOUND_MAX });
    const typed = typedIn(text);
    if (typed.text === '') return [];
    const found = await this.read(actor, (kind, statement) => hits(kind, typed, isId(projectId ?? '') ? projectId : null, statement));
    return fitting(typed, inOrderOfKinds(found), thingFoundBy, FITS.at(-1)).slice(0, first);
  }

  /** Those of these that the caller may know of still, in their order. */
  async known(actor: Actor, things: readonly KnownThing[]): Promise<Thing[]> {
    demand(actor, 'organisation.read');
    if (things.length > KNOWN_MAX) throw new DomainError('BAD_INPUT', { field: 'things', reason: 'TOO_MANY', max: KNOWN_MAX });
    if (things.length === 0) return [];
    const found = await this.read(actor, (kind, statement) => named(kind, things, statement));
    const places = new Map(things.map(({ kind, id }, place) => [`${kind} ${id.toLowerCase()}`, place]));
    const placeOf = ({ kind, id, key }: Thing): number => Math.min(...[id, key].map((name) => places.get(`${kind} ${name?.toLowerCase()}`) ?? Infinity));
    return found.toSorted((a, b) => placeOf(a) - placeOf(b));
  }

  private async read(actor: Actor, write: (kind: ThingSql, statement: Statement) => string | null): Promise<Thing[]> {
    const statement = new Statement(actor, { now: new Date(), timeZone: 'UTC' }, null);
    const branches = kindsFor(actor).flatMap((kind) => {
      const written = write(kind, statement);
      return written === null ? [] : [linesOf(kind, written)];
    });
    if (branches.length === 0) return [];
    const sql = built(`${branches.map((branch) => `(${branch})`).join(' UNION ALL ')} ORDER BY fit, recent DESC, id`);
    const lines = await listTurns(this.database).within(actor, () => withinTime(this.database, (tx) => rows<Line>(tx, sql, statement.parameters)));
    return lines.map(({ personId, personName, ...line }) => ({ ...line, person: personOf(personId, personName) }));
  }
}

const inOrderOfKinds = (things: readonly Thing[]): Thing[] => things.toSorted((a, b) => THING_KINDS.indexOf(a.kind) - THING_KINDS.indexOf(b.kind));

/** The best of a kind: by how they fit, then the newest. */
function hits(kind: ThingSql, typed: Typed, projectId: string | null, statement: Statement): string {
  const { title, text = title, isNormal, number, keyed } = kind;
  const like = (column: string, before: string, part: string, behind: string): string =>
    `${column} ${isNormal ? 'LIKE' : 'ILIKE'} ${statement.param(`${before}${likePart(part)}${behind}`, 'text')}`;
  const exact = [];
  const begins = [like(text, '', typed.text, '%')];
  if (typed.number !== null && number) exact.push(`${number} = ${statement.param(typed.number, 'int')}`);
  const [, key = '', digits = ''] = KEY.exec(typed.text) ?? [];
  if (keyed === 'PROJECT') exact.push(`p.key = upper(${statement.param(typed.text, 'text')})`);
  else if (keyed && key !== '') {
    const ofProject = `p.key = ${statement.param(key.toUpperCase(), 'text')}`;
    if (digits !== '') exact.push(`${ofProject} AND t.number = ${statement.param(Number(digits), 'int')}`);
    if (keyed === 'TICKET') begins.push(`${ofProject} AND t.number::text LIKE ${statement.param(`${digits}%`, 'text')}`);
  }
  const isExact = exact.length === 0 ? 'false' : exact.map((one) => `(${one})`).join(' OR ');
  const words = typed.words.map((word) => like(text, '%', word, '%')).join(' AND ');
  const nearest = projectId !== null && number && typed.number !== null ? `WHEN (${isExact}) AND p.id = ${statement.param(projectId, 'uuid')} THEN -1` : '';
  const fit = `CASE ${nearest} WHEN ${isExact} OR ${like(text, '', typed.text, '')} THEN 0 WHEN ${begins.map((one) => `(${one})`).join(' OR ')} THEN 1
    WHEN ${like(text, '% ', typed.text, '%')} THEN 2 ELSE 3 END`;
  const others = [`(${words})`, ...begins.slice(1).map((one) => `(${one})`)].join(' OR ');
  return `SELECT ${kind.id}, ${fit} AS fit FROM ${kind.from} WHERE ${kind.readable(statement)} AND (${isExact} OR ${kind.inUse} AND (${others}))
    ORDER BY fit, ${kind.recent} DESC, ${kind.id} LIMIT ${kind.most}`;
}

/** Those that are named by id or key; null: none of this kind is. */
function named(kind: ThingSql, things: readonly KnownThing[], statement: Statement): string | null {
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
