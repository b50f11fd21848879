import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { COPIED, LEFT_OUT } from '../../src/backup/tables.ts';
import { OWNERS, ownersByTable } from './table-owners.ts';

const SOURCE = join(import.meta.dirname, '..', '..', 'src');

/** They stand over all rooms: a restore writes every table, a demonstration makes accounts that nobody could make by hand; TypeORM keeps its own table. */
const OVER_ALL = ['backup', 'migrations', 'seed'];

/** Writes the tables it is made for: whoever makes one writes them. */
const MADE_FOR = 'platform/sql/effective-rows.ts';
const MADE = /new EffectiveRows<[^>]*>\('([a-z_]+)'/g;
/** A table that is chosen at run time is any that the file names. */
const NAMED = /(?<=')[a-z_]+(?=')|\b[a-z_]+(?=: )/g;

const WRITES = /\b(?:INSERT INTO|(?<!FOR |KEY |DO )UPDATE(?: ONLY)?|DELETE FROM|MERGE INTO|TRUNCATE(?: TABLE)?)\s+("?[a-z_]+|\$\{[^}]*\})/g;

interface Write {
  room: string;
  file: string;
  table: string;
}

/** Every write that stands in the SQL of the api's source, by the room whose file it is in. */
function writes(owners: ReadonlyMap<string, string>): Write[] {
  return globSync('*/**/*.ts', { cwd: SOURCE, exclude: (path) => path.endsWith('.spec.ts') }).flatMap((file) => {
    const room = file.split('/')[0] as string;
    const code = readFileSync(join(SOURCE, file), 'utf8').replaceAll(/^\s*(?:\/\*\*|\*|\/\/).*$/gm, '');
    const named = [...code.matchAll(NAMED)].flatMap(([word]) => (owners.has(word) ? [word] : []));
    const written = [...code.matchAll(WRITES)].flatMap(([, table]) => {
      if (!table?.startsWith('$')) return [table as string];
      return file === MADE_FOR ? [] : named.length > 0 ? named : [table];
    });
    const made = [...code.matchAll(MADE)].flatMap(([, table]) => [table as string, `${table}_superseded`]);
    return [...written, ...made].map((table) => ({ room, file, table }));
  });
}

describe('the tables of the database', () => {
  const owners = ownersByTable();

  it('have an owner each', () => {
    expect([...owners.keys()].toSorted()).toEqual([...COPIED, ...Object.keys(LEFT_OUT)].toSorted());
    expect(owners.size).toBe(Object.values(OWNERS).flat().length);
  });

  it('are written by their owner alone', () => {
    const foreign = writes(owners).filter(({ room, table }) => !OVER_ALL.includes(room) && owners.get(table) !== room);
    expect(foreign).toEqual([]);
  });

  it('are written in their room at all, but for what migrations alone write: a map that nobody follows says nothing', () => {
    const written = new Set(writes(owners).flatMap(({ room, table }) => (owners.get(table) === room ? [table] : [])));
    expect([...owners.keys()].filter((table) => !written.has(table))).toEqual(['installation', 'migration']);
  });
});
