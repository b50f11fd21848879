import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { waitFor } from '../test/wait-for.ts';
import { withClient } from './connection.ts';
import { Home } from './home.ts';
import { stopLeftovers } from './leftovers.ts';
import { startPostgres, type PreparedPostgres } from './postgres.ts';
import { folderIdentity, identify, isAlive } from './process-identity.ts';
import { StartError } from './start-error.ts';
import { Supervisor } from './supervisor.ts';

const asRoot = process.getuid?.() === 0 ? it : it.skip;

/** All homes of this spec. As root it is a folder that PostgreSQL's own user may not enter, as /root is. */
const all = mkdtempSync(join(tmpdir(), 'trainyard-homes-'));
const original = join(all, 'original');
const supervisors: Supervisor[] = [];
let copies = 0;

async function serve(home: string): Promise<PreparedPostgres & { supervisor: Supervisor }> {
  const supervisor = new Supervisor(home);
  supervisors.push(supervisor);
  return { ...(await startPostgres(supervisor, { home, volatile: true })), supervisor };
}

const stop = (supervisor: Supervisor): Promise<void> => supervisor.stopAll([['postgres']]);
const names = (url: string): Promise<string[]> =>
  withClient(url, async (client) => (await client.query<{ name: string }>('SELECT name FROM thing ORDER BY name')).rows.map(({ name }) => name));
const write = (url: string, name: string): Promise<unknown> => withClient(url, (client) => client.query('INSERT INTO thing VALUES ($1)', [name]));

/** What people do: `cp -a`, or with other options. */
function copyOf(home: string, how: string = '-a'): string {
  const to = join(all, `copy-${++copies}`);
  execFileSync('cp', [how, home, to]);
  return to;
}

/** The one sentence with which a start of the home is refused. */
async function refusal(home: string): Promise<string> {
  const error: unknown = await serve(home).catch((thrown: unknown) => thrown);
  if (!(error instanceof StartError)) throw new Error(`It was not refused: ${String(error)}`);
  return error.message;
}

beforeAll(async () => {
  const { adminUrl, supervisor, created } = await serve(original);
  expect(created).toBe(true);
  await withClient(adminUrl, (client) => client.query('CREATE TABLE thing (name text)'));
  await write(adminUrl, 'original');
  await stop(supervisor);
});

afterEach(async () => {
  for (const supervisor of supervisors.splice(0)) await stop(supervisor);
});
afterAll(() => rmSync(all, { recursive: true, force: true }));

describe('the data of a home', () => {
  it('are those in it, wherever it is moved', async () => {
    const moved = join(all, 'moved');
    const home = copyOf(original);
    renameSync(home, moved);
    const { adminUrl, created } = await serve(moved);
    expect([created, await names(adminUrl)]).toEqual([false, ['original']]);
  });

  it('are its own in a copy made while the original runs, which goes on untouched', async () => {
    const first = await serve(original);
    const home = await Home.open(original);
    const copy = copyOf(original);
    expect(await stopLeftovers(copy)).toEqual([]);
    const taken = await Home.open(copy);
    const second = await serve(copy);
    expect(second.port).not.toBe(first.port);
    expect(second.cut).toBe(true);
    await write(second.adminUrl, 'copy');
    expect(await names(first.adminUrl)).toEqual(['original']);
    expect(await names(second.adminUrl)).toEqual(['copy', 'original']);
    expect(isAlive(identify(first.supervisor.pid('postgres') ?? -1))).toBe(true);
    taken.release();
    home.release();
  });

  it('are never made anew beside what says that there were some', async () => {
    const home = copyOf(original);
    rmSync(join(home, 'postgres'), { recursive: true });
    expect(await refusal(home)).toMatch(/^The data of .* are gone: .*postgres held them\. Put them back, or set TRAINYARD_HOME/);
    expect(existsSync(join(home, 'postgres'))).toBe(false);
  });

  it('are made where the initdb of a start that was killed does not write', async () => {
    const home = join(all, 'interrupted');
    const written = join(home, 'postgres.new-of-the-killed');
    mkdirSync(written, { recursive: true });
    // It goes on for a moment, as one that nobody waits for does: by the name it was given, whoever makes that folder again.
    const stray = setInterval(() => {
      for (const name of readdirSync(home)) if (name === 'postgres.new' || name === 'postgres.new-of-the-killed') writeFileSync(join(home, name, 'stray'), '');
    }, 1);
    try {
      expect((await serve(home)).created).toBe(true);
    } finally {
      clearInterval(stray);
    }
    expect([existsSync(written), existsSync(join(home, 'postgres', 'stray'))]).toEqual([false, false]);
  });

  it('open also as a copy that lost its empty folders, as one of a zip or of an object store does', async () => {
    const home = copyOf(original);
    execFileSync('find', [join(home, 'postgres'), '-type', 'd', '-empty', '-delete']);
    expect(existsSync(join(home, 'postgres', 'pg_notify'))).toBe(false);
    const { adminUrl } = await serve(home);
    expect(await names(adminUrl)).toEqual(['original']);
  });

  it.each([
    ['is lost', null],
    ['is another one', JSON.stringify({ port: 0, superuserPassword: 'wrong' })],
  ])('open for who owns the files, also when the password %s', async (_, access) => {
    const home = copyOf(original);
    rmSync(join(home, 'postgres.json'));
    if (access !== null) writeFileSync(join(home, 'postgres.json'), access);
    const { adminUrl, created } = await serve(home);
    expect([created, await names(adminUrl)]).toEqual([false, ['original']]);
  });

  asRoot('open for root in a folder that only root may enter, whatever the umask, and belonging to root', async () => {
    const before = process.umask(0o077);
    try {
      const home = copyOf(original, '-r');
      expect(statSync(join(home, 'postgres')).uid).toBe(0);
      const { adminUrl } = await serve(home);
      expect(await names(adminUrl)).toEqual(['original']);
      expect(statSync(all).mode & 0o077).toBe(0);
    } finally {
      process.umask(before);
    }
  });

  asRoot('are brought home from where earlier versions put them, and never chosen between two', async () => {
    const home = copyOf(original);
    const outside = join('/var/lib/trainyard', createHash('sha256').update(home).digest('hex').slice(0, 12));
    const former = join(outside, 'postgres');
    try {
      mkdirSync(outside, { recursive: true });
      execFileSync('cp', ['-a', join(home, 'postgres'), former]);
      expect(await refusal(home)).toMatch(
        /^Two sets of data claim .*\/postgres \(last used .*\) and .*\/postgres \(last used .*\)\. Move away the one you do not want/,
      );
      rmSync(join(home, 'postgres'), { recursive: true });
      const moved = join(all, 'moved-from-outside');
      renameSync(home, moved);
      const access = readFileSync(join(moved, 'postgres.json'), 'utf8');
      writeFileSync(join(moved, 'postgres.json'), JSON.stringify({ ...(JSON.parse(access) as object), dataDir: former }));
      expect(await refusal(moved)).toContain(`mv ${former} ${moved}/postgres`);
      renameSync(moved, home);
      const { adminUrl, broughtFrom } = await serve(home);
      expect([broughtFrom, await names(adminUrl)]).toEqual([former, ['original']]);
      expect(existsSync(former)).toBe(false);
    } finally {
      rmSync(outside, { recursive: true, force: true });
    }
  });
});

describe('the lock of a server', () => {
  const lockOf = (home: string): string => join(home, 'postgres', 'postmaster.pid');

  it('is none in the name of a process that serves something else', async () => {
    const home = copyOf(original);
    const stranger = spawn('sleep', ['600'], { stdio: 'ignore' });
    try {
      writeFileSync(lockOf(home), `${stranger.pid ?? 0}\n${join(home, 'postgres')}\n1\n1\n\n127.0.0.1\n  1 1\nready\n`);
      const { adminUrl } = await serve(home);
      expect(await names(adminUrl)).toEqual(['original']);
    } finally {
      stranger.kill();
    }
  });

  it('holds in the name of a server of these data that the home does not know', async () => {
    const home = copyOf(original);
    const { supervisor } = await serve(home);
    expect(await refusal(home)).toContain(`(process ${supervisor.pid('postgres') ?? ''}) serves the data in ${home}/postgres: stop it`);
  });
});

describe('the lock of a home', () => {
  const lockOf = (home: string): string => join(home, 'start.lock');

  it('is taken over from a start that is gone', async () => {
    const home = copyOf(original);
    writeFileSync(lockOf(home), JSON.stringify({ pid: process.pid, began: 'another boot:1', url: 'http://gone', home: folderIdentity(home) }));
    (await Home.open(home)).release();
  });

  it('holds for a start in another container or on another machine while that shows life', async () => {
    const home = copyOf(original);
    const elsewhere = JSON.stringify({ pid: 1, began: 'x', url: 'http://there', home: folderIdentity(home), space: 'another', machine: 'blade-7' });
    writeFileSync(lockOf(home), elsewhere);
    const beats = setInterval(() => writeFileSync(lockOf(home), elsewhere), 100);
    try {
      await expect(Home.open(home)).rejects.toThrow(/already runs in .* at http:\/\/there \(on blade-7 or in another container\)/);
    } finally {
      clearInterval(beats);
    }
  });

  it('is taken over from one elsewhere that has been silent', async () => {
    const home = copyOf(original);
    writeFileSync(lockOf(home), JSON.stringify({ pid: 1, began: 'x', url: '', home: folderIdentity(home), space: 'another' }));
    execFileSync('touch', ['-d', '1 minute ago', lockOf(home)]);
    (await Home.open(home)).release();
  });

  it('shows that its start lives', async () => {
    const home = await Home.open(copyOf(original));
    const began = statSync(lockOf(home.path)).mtimeMs;
    await waitFor('a sign of life', () => statSync(lockOf(home.path)).mtimeMs > began);
    home.release();
    expect(existsSync(dirname(lockOf(home.path)))).toBe(true);
  });

  asRoot('leaves nothing of root behind in the home of another user', async () => {
    const path = join(all, 'theirs');
    mkdirSync(path);
    chownSync(path, 65534, 65534);
    const home = await Home.open(path);
    home.secrets();
    mkdirSync(join(path, 'postgres'));
    home.release();
    expect(['blobs', 'secrets.json', 'postgres'].map((name) => statSync(join(path, name)).uid)).toEqual([65534, 65534, 0]);
  });

  it('says that the way to it leads nowhere', async () => {
    symlinkSync(join(all, 'not-mounted'), join(all, 'disk'));
    await expect(Home.open(join(all, 'disk', 'home'))).rejects.toThrow(
      /disk\/home cannot be made, for a folder on the way to it leads nowhere: is its disk mounted\?/,
    );
  });

  it('once moved away, touches nothing of what stands at its name since then', async () => {
    const home = await Home.open(copyOf(original));
    const moved = `${home.path}-moved`;
    renameSync(home.path, moved);
    expect(home.isHere).toBe(false);
    home.release();
    expect(existsSync(home.path)).toBe(false);
    const other = await Home.open(home.path);
    other.remember({ seeded: true });
    const theirs = (): string[] => ['start.lock', 'state.json'].map((name) => readFileSync(join(home.path, name), 'utf8'));
    const before = theirs();
    const refused = /was moved away or replaced meanwhile: nothing is written/;
    expect(() => home.remember({ firstRunDue: true })).toThrow(refused);
    expect(() => home.announce('http://moved')).toThrow(refused);
    expect(() => home.renewPasswords()).toThrow(refused);
    home.release();
    expect([theirs(), existsSync(join(home.path, 'secrets.json'))]).toEqual([before, false]);
    // Nobody holds it any more: the next start takes over the lock that was left in it.
    other.release();
    rmSync(home.path, { recursive: true });
    renameSync(moved, home.path);
    writeFileSync(lockOf(home.path), readFileSync(lockOf(home.path), 'utf8').replace(`"pid":${process.pid}`, '"pid":999999999'));
    (await Home.open(home.path)).release();
    expect(existsSync(lockOf(home.path))).toBe(false);
  });

  asRoot('gives nobody what stands at its name after it was moved away', async () => {
    const home = await Home.open(join(all, 'given'));
    renameSync(home.path, `${home.path}-moved`);
    mkdirSync(home.path);
    writeFileSync(join(home.path, 'of root'), '');
    chownSync(home.path, 65534, 65534);
    home.release();
    expect(statSync(join(home.path, 'of root')).uid).toBe(0);
  });

  it('says which file of it is damaged, and what to do', async () => {
    const home = await Home.open(copyOf(original));
    writeFileSync(join(home.path, 'secrets.json'), '{"runner');
    expect(() => home.secrets()).toThrow(/secrets\.json is damaged: remove it; new passwords are made/);
    home.release();
  });
});
