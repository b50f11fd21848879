import { Injectable } from '@nestjs/common';
import { FITS, fitting, THING_KINDS, thingFoundBy, typedIn, type Actor } from '@trainyard/domain';
import { personOf } from '../access/person.types.ts';
import { demand } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { inTurn } from '../platform/lists/reading.ts';
import { Statement } from '../platform/lists/statement.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { built } from '../platform/sql/prepared-client.ts';
import { hits, named, typedSql } from './find-sql.ts';
import type { KnownThing, Thing } from './palette.types.ts';
import { kindsFor, linesOf, type ThingSql } from './thing-sql.ts';

export const FOUND_MAX = 50;
export const KNOWN_MAX = 50;

type Line = Omit<Thing, 'person'> & { personId: string | null; personName: string | null };

/** One index over all that has a name, within what the caller may know of. */
@Injectable()
export class PaletteReader {
  constructor(private readonly database: Database) {}

  /** @param projectKey what is of that project comes first where a number was typed: many have the same */
  async find(actor: Actor, text: string, projectKey: string | null, first: number): Promise<Thing[]> {
    demand(actor, 'organisation.read');
    if (!Number.isInteger(first) || first < 1 || first > FOUND_MAX)
      throw new DomainError('BAD_INPUT', { field: 'first', reason: 'OUT_OF_RANGE', max: FOUND_MAX });
    const typed = typedIn(text);
    if (typed.text === '') return [];
    const found = await this.read(actor, (statement) => {
      const sql = typedSql(typed, projectKey, statement);
      return (kind) => hits(kind, sql, statement);
    });
    return fitting(typed, inOrderOfKinds(found), thingFoundBy, FITS.at(-1)).slice(0, first);
  }

  /** Those of these that the caller may know of still, in their order. */
  async known(actor: Actor, things: readonly KnownThing[]): Promise<Thing[]> {
    demand(actor, 'organisation.read');
    if (things.length > KNOWN_MAX) throw new DomainError('BAD_INPUT', { field: 'things', reason: 'TOO_MANY', max: KNOWN_MAX });
    if (things.length === 0) return [];
    const found = await this.read(actor, (statement) => (kind) => named(kind, things, statement));
    const places = new Map(things.map(({ kind, id }, place) => [`${kind} ${id.toLowerCase()}`, place]));
    const placeOf = ({ kind, id, key }: Thing): number => Math.min(...[id, key].map((name) => places.get(`${kind} ${name?.toLowerCase()}`) ?? Infinity));
    return found.toSorted((a, b) => placeOf(a) - placeOf(b));
  }

  private async read(actor: Actor, write: (statement: Statement) => (kind: ThingSql) => string | null): Promise<Thing[]> {
    const statement = new Statement(actor, { now: new Date(), timeZone: 'UTC' }, null);
    const hitsOf = write(statement);
    const branches = kindsFor(actor).flatMap((kind) => {
      const written = hitsOf(kind);
      return written === null ? [] : [linesOf(kind, written)];
    });
    if (branches.length === 0) return [];
    const sql = built(`${branches.map((branch) => `(${branch})`).join(' UNION ALL ')} ORDER BY fit, recent DESC, id`);
    const lines = await inTurn(this.database, actor, (tx) => rows<Line>(tx, sql, statement.parameters));
    return lines.map(({ personId, personName, ...line }) => ({ ...line, person: personOf(personId, personName) }));
  }
}

const inOrderOfKinds = (things: readonly Thing[]): Thing[] => things.toSorted((a, b) => THING_KINDS.indexOf(a.kind) - THING_KINDS.indexOf(b.kind));
