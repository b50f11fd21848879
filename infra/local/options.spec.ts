import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './build.ts';
import { withDatabase } from './connection.ts';
import { connectionsNeeded, fittingPool } from './external.ts';
import { HELP, homePath, readOptions } from './options.ts';

describe('what npm start is told', () => {
  it.each<[NodeJS.ProcessEnv, string]>([
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin with postgresql://'],
    [{ DATABASE_URL: 'postgresql://owner:p#ss@host/db' }, 'DATABASE_URL cannot be read: it must look like'],
    [{ DATABASE_URL: 'postgresql://owner@host:5x/db' }, 'DATABASE_URL cannot be read: it must look like'],
    [{ TRAINYARD_QUEUE_URL: 'redis://127.0.0.1' }, "TRAINYARD_QUEUE_URL names a Redis, and Trainyard's queue is on PostgreSQL only"],
    [{ TRAINYARD_PUBLIC_URL: 'trainyard.example.org' }, 'TRAINYARD_PUBLIC_URL "trainyard.example.org" is not an address'],
    [{ TRAINYARD_PUBLIC_URL: 'ftp://example.org' }, 'TRAINYARD_PUBLIC_URL "ftp://example.org" is not an address'],
    [{ TRAINYARD_PUBLIC_URL: 'https://example.org/trainyard' }, 'has more than a host: Trainyard cannot live below a path'],
    [{ PORT: 'x' }, '"x" is not a port'],
  ])('%j is refused in a sentence', (env, sentence) => {
    expect(() => readOptions([], env)).toThrow(sentence);
  });

  it.each(['x', '70000', '-1', '1.5'])('a port %s is none', (port) => {
    expect(() => readOptions([`--port=${port}`], {})).toThrow(`"${port}" is not a port: give a whole number from 0 to 65535.`);
  });

  it.each([
    ['postgresql://u:p@host:5432/db', 'postgresql://u:p@host:5432/db'],
    ['postgresql:///db?host=/run/pg', 'postgresql:///db?host=/run/pg'],
    ['postgresql://u@/db?host=/run/pg', 'postgresql:///db?host=/run/pg&user=u'],
    ['postgres://u:p%40@/db?host=/run/pg&port=5433', 'postgresql:///db?host=/run/pg&port=5433&user=u&password=p%40'],
  ])('the address %s is kept as %s', (given, kept) => {
    expect(readOptions([], { DATABASE_URL: given, TRAINYARD_PUBLIC_URL: 'https://example.org' })?.databaseUrl).toBe(kept);
  });

  it('takes an empty variable for one that is not set, as compose files leave them', () => {
    const empty = Object.fromEntries((HELP.match(/\b(TRAINYARD_[A-Z_]+|DATABASE_URL)\b/g) ?? []).map((name) => [name, '']));
    expect(readOptions([], { ...empty, PORT: '' })).toEqual(readOptions([], {}));
    expect(homePath({ TRAINYARD_HOME: '' })).toBe(join(ROOT, '.trainyard'));
  });

  it.each([
    ['postgresql://u:p@host:5432/db', 'postgresql://runner:a%2Fb@host:5432/db'],
    ['postgresql:///db?host=/run/pg&user=u', 'postgresql:///db?host=%2Frun%2Fpg&user=runner&password=a%2Fb'],
  ])('another user gets in by %s', (url, expected) => {
    expect(withDatabase(url, { user: 'runner', password: 'a/b' })).toBe(expected);
  });

  it('is explained whole by --help: every variable that the programs read and a person may set', () => {
    const ours = ['TRAINYARD_DATA_DIR', 'TRAINYARD_WEB_DIR', 'TRAINYARD_API_URL', 'TRAINYARD_RUNNER_DIR', 'TRAINYARD_RUNNER_CHILD', 'TRAINYARD_OWN_RUNNERS'];
    const read = ['apps/api/src/config.ts', 'apps/ml-runner/src/config.ts', 'infra/local/options.ts'].flatMap(
      (file) => readFileSync(join(ROOT, file), 'utf8').match(/\bTRAINYARD_[A-Z_]+\b/g) ?? [],
    );
    expect(read.length).toBeGreaterThan(20);
    const explained = new Set(HELP.match(/\bTRAINYARD_[A-Z_]+\b/g));
    expect([...new Set(read)].filter((name) => !ours.includes(name) && !explained.has(name)).sort()).toEqual([]);
    const table =
      readFileSync(join(ROOT, 'README.md'), 'utf8')
        .match(/`(TRAINYARD_[A-Z_]+|DATABASE_URL)\b/g)
        ?.map((name) => name.slice(1)) ?? [];
    expect(table.filter((name) => !HELP.includes(name))).toEqual([]);
    expect(readOptions(['--help'], {})).toBeNull();
  });
});

describe('every command', () => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
  const ours = Object.entries(scripts).flatMap(([name, line]) => (line.startsWith('node ') ? [{ name, program: line.slice(5) }] : []));

  it.each(ours)('explains itself when asked, and does nothing: $name', ({ name, program }) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, '--help'], {
      cwd: ROOT,
      encoding: 'utf8',
      timeout: 30_000,
      env: { ...process.env, TRAINYARD_HOME: '/nowhere' },
    });
    expect([status, stderr, stdout.split('\n')[0]]).toEqual([0, '', expect.stringMatching(`^npm (run )?${name}\\b`)]);
  });
});

describe('connections', () => {
  it.each([
    [16, 1, 97, 16],
    [16, 1, 48, 16],
    [16, 1, 47, 15],
    [16, 2, 48, 13],
    [2, 1, 97, 2],
    [16, 1, 20, 2],
  ])('of pools of %i and %i runners fit into %i as pools of %i', (asked, runners, free, pool) => {
    expect(fittingPool(asked, runners, free)).toBe(pool);
    expect(connectionsNeeded(pool, runners)).toBeLessThanOrEqual(free);
  });

  it('that are too few are said before they are missed', () => {
    expect(() => fittingPool(16, 1, 19)).toThrow('PostgreSQL leaves 19 connections and Trainyard needs at least 20, 48 for full speed: raise max_connections');
  });
});
