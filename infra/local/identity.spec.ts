import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EMBEDDED, judgeEmbedded, judgeExternal, keepIdentity, recognise, type Standing, type Verdict } from './identity.ts';
import type { Contents, Origin } from './installation.ts';

describe('a home is recognised', () => {
  let all: string;
  let home: string;
  const elsewhere = (): string => join(all, 'elsewhere');
  beforeEach(() => {
    all = mkdtempSync(join(tmpdir(), 'trainyard-identity-'));
    home = join(all, 'home');
    mkdirSync(home);
  });
  afterEach(() => rmSync(all, { recursive: true, force: true }));

  const kind = (path: string): string => recognise(path).kind;

  it('as new, until it has a name', () => {
    expect(kind(home)).toBe('new');
    keepIdentity(home, 'a', EMBEDDED);
    expect(recognise(home)).toMatchObject({ kind: 'same', known: { installation: 'a', database: EMBEDDED } });
  });

  it('as moved, when it is no longer where it was', () => {
    keepIdentity(home, 'a', EMBEDDED);
    renameSync(home, elsewhere());
    expect(recognise(elsewhere())).toMatchObject({ kind: 'moved', from: home });
  });

  it('as moved, when another home stands where it was', () => {
    keepIdentity(home, 'a', EMBEDDED);
    renameSync(home, elsewhere());
    mkdirSync(home);
    keepIdentity(home, 'b', EMBEDDED);
    expect(kind(elsewhere())).toBe('moved');
  });

  it('as a copy, while the original is there', () => {
    keepIdentity(home, 'a', EMBEDDED);
    cpSync(home, elsewhere(), { recursive: true });
    expect(recognise(elsewhere())).toMatchObject({ kind: 'copied', from: home });
    expect(kind(home)).toBe('same');
  });

  it('as the one, not the copy, when the two change places', () => {
    keepIdentity(home, 'a', EMBEDDED);
    renameSync(home, elsewhere());
    cpSync(elsewhere(), home, { recursive: true });
    expect([kind(home), kind(elsewhere())]).toEqual(['same', 'copied']);
  });

  it('as itself by another name of the same folder', () => {
    keepIdentity(home, 'a', EMBEDDED);
    symlinkSync(home, elsewhere());
    expect(kind(elsewhere())).toBe('same');
  });

  it('by what earlier versions wrote, moved and copied', () => {
    writeFileSync(join(home, 'postgres.json'), JSON.stringify({ port: 1, superuserPassword: 'x', dataDir: join(home, 'postgres') }));
    expect(recognise(home)).toEqual({ kind: 'same', known: null, from: home });
    cpSync(home, elsewhere(), { recursive: true });
    expect(recognise(elsewhere())).toEqual({ kind: 'copied', known: null, from: home });
    rmSync(home, { recursive: true });
    expect(recognise(elsewhere())).toEqual({ kind: 'moved', known: null, from: home });
  });

  it('whose name is damaged is said, with the remedy', () => {
    keepIdentity(home, 'a', EMBEDDED);
    writeFileSync(join(home, 'home.json'), readFileSync(join(home, 'home.json'), 'utf8').slice(0, 9));
    expect(() => recognise(home)).toThrow(/home\.json is damaged: remove it/);
  });
});

const named = (id: string, startedFrom: string | null = null, origin: Origin = 'unknown'): Contents => ({
  kind: 'named',
  installation: { id, migratedBy: null, startedFrom },
  origin,
});
const written = (id: string, origin: Origin): Contents => named(id, null, origin);
const HERE: Origin = 'here';
/** By pg_dump: of a database that is still on the server, or is not. */
const BESIDE: Origin = { copied: true, of: 'production' };
const AFAR: Origin = { copied: true, of: null };
const EMPTY: Contents = { kind: 'empty' };
const UNNAMED: Contents = { kind: 'unnamed' };
const FOREIGN: Contents = { kind: 'foreign', tables: 'invoice, customer' };
const AT = 'db:5432/trainyard';
const standing = (kind: Standing['kind'], installation: string | null, database: string = EMBEDDED): Standing => ({
  kind,
  known: installation === null ? null : { installation, database, place: '/before' },
  from: kind === 'new' ? null : '/before',
});
/** A verdict in a word: the installation gone on with (`new` for one never seen), `!` where passwords are renewed; else the reason. */
function inWords(verdict: Verdict): string {
  if (!verdict.ok) return verdict.reason;
  return `${['a', 'b'].includes(verdict.installation) ? verdict.installation : 'new'}${verdict.renewPasswords ? '!' : ''}`;
}

describe('home and embedded database', () => {
  it.each<[string, Standing, Contents, boolean, string | RegExp]>([
    ['both new', standing('new', null), EMPTY, false, 'new'],
    ['of an earlier version', standing('same', null), UNNAMED, true, 'new'],
    ['of one installation', standing('same', 'a'), named('a'), true, 'a'],
    ['moved together', standing('moved', 'a'), named('a'), true, 'a'],
    ['the home forgot its name', standing('new', null), named('a'), true, 'a'],
    ['rows of an earlier version put back', standing('same', 'a'), UNNAMED, true, 'a'],
    ['a copy', standing('copied', 'a'), named('a'), true, 'new!'],
    ['a copy of an earlier version', standing('copied', null), UNNAMED, true, 'new!'],
    ['a copy whose first start was interrupted', standing('copied', 'a'), named('b'), true, 'b!'],
    ['exchanged', standing('same', 'a'), named('b'), true, /belongs to installation b, this home's files to a: put back/],
    ['an empty database in a home that was used', standing('same', 'a'), EMPTY, true, /is empty, and this home was used before/],
    ['an empty database in a copy', standing('copied', 'a'), EMPTY, true, /is empty, and this home was used before/],
    ["another program's", standing('new', null), FOREIGN, false, /is not Trainyard's \(it holds invoice, customer\)/],
  ])('%s', (_, how, contents, wasUsed, expected) => {
    const said = inWords(judgeEmbedded('/home', how, contents, wasUsed));
    if (typeof expected === 'string') expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });
});

describe('home and database of DATABASE_URL', () => {
  it.each<[string, Standing, Contents, boolean, string | RegExp]>([
    ['both new', standing('new', null), EMPTY, false, 'new'],
    ['a new home for a known database', standing('new', null), named('a'), false, 'a'],
    ['a database of an earlier version', standing('new', null), UNNAMED, false, 'new'],
    ['of an earlier version, with an embedded one beside it', standing('same', null), UNNAMED, true, 'new'],
    ['of one installation', standing('same', 'a', AT), named('a'), false, 'a'],
    ['moved, and the server by another name', standing('moved', 'a', 'old:5432/trainyard'), named('a'), false, 'a'],
    ['rows of an earlier version put back', standing('same', 'a', AT), UNNAMED, false, 'a'],
    ['copied, home and database', standing('copied', 'a', 'production:5432/trainyard'), named('a'), false, 'new!'],
    ['a new home for a database as it was', standing('new', null), written('a', HERE), false, 'a'],
    ['a new home for a copied database', standing('new', null), written('a', BESIDE), false, 'new'],
    ['a new home for a database that came from another server', standing('new', null), written('a', AFAR), false, 'new'],
    [
      'a home, and a copy of its database beside it',
      standing('same', 'a', 'db:5432/production'),
      written('a', BESIDE),
      false,
      /is a copy of "production", which is still on that server, and \/home keeps the files of that one: give the copy a home/,
    ],
    ['a home whose database was put back from a dump, the former one renamed', standing('same', 'a', AT), written('a', BESIDE), false, 'a'],
    ['a home whose database moved to another server', standing('same', 'a', 'old:5432/trainyard'), written('a', AFAR), false, 'a'],
    ['a home whose server goes by another name', standing('same', 'a', 'localhost:5432/trainyard'), written('a', HERE), false, 'a'],
    ['a copied home, and a copy of its database', standing('copied', 'a', 'db:5432/production'), written('a', BESIDE), false, 'new!'],
    [
      "a copied home, and its original's database by another address",
      standing('copied', 'a', 'localhost:5432/trainyard'),
      written('a', HERE),
      false,
      /both would write to db:5432\/trainyard, which is localhost:5432\/trainyard: give the copy/,
    ],
    ['a copied home, started again on the copied database it took', standing('copied', 'a', 'db:5432/production'), written('b', HERE), false, 'b!'],
    ['a copy of the home alone', standing('copied', 'a', AT), named('a'), false, /is a copy of \/before, and both would write to db:5432\/trainyard/],
    ['a home with data of its own, an empty database', standing('same', null), EMPTY, true, /has data in its own PostgreSQL/],
    ['a home of the embedded database', standing('same', 'a'), named('b'), true, /has data in its own PostgreSQL/],
    ['an emptied database', standing('same', 'a', AT), EMPTY, false, /is empty, and \/home keeps the files of another one \(it was db:5432\/trainyard\)/],
    [
      "another Trainyard's database",
      standing('same', 'a', AT),
      named('b', 'blade-7:/srv/b'),
      false,
      /belongs to another Trainyard \(last started from blade-7:\/srv\/b\)/,
    ],
    ["another Trainyard's database of an earlier version", standing('same', 'a', 'other:5432/x'), UNNAMED, false, /belongs to another Trainyard, whose files/],
    [
      "another program's",
      standing('new', null),
      FOREIGN,
      false,
      /holds another program's tables \(invoice, customer\): make one for Trainyard, e\.g\. CREATE DATABASE trainyard/,
    ],
  ])('%s', (_, how, contents, ownData, expected) => {
    const said = inWords(judgeExternal('/home', how, contents, AT, ownData));
    if (typeof expected === 'string') expect(said).toBe(expected);
    else expect(said).toMatch(expected);
  });
});
