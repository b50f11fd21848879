import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { temporaryHome } from '../test/temporary-home.ts';
import { waitFor } from '../test/wait-for.ts';
import { ROOT } from './build.ts';
import { withClient, withDatabase } from './connection.ts';
import { freePorts } from './ports.ts';
import { preparePostgres } from './postgres.ts';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';
import { explainPlace } from './start-error.ts';
import { Supervisor } from './supervisor.ts';

/** `npm start` as a process of its own, its words collected. */
class Start {
  readonly child;
  said = '';
  readonly ended: Promise<number | null>;

  constructor(home: string, args: string[], env: NodeJS.ProcessEnv = {}) {
    this.child = spawn(process.execPath, ['infra/local/start.mjs', ...args], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1', ...env, TRAINYARD_HOME: home },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout.on('data', (chunk: Buffer) => void (this.said += chunk.toString('utf8')));
    this.child.stderr.on('data', (chunk: Buffer) => void (this.said += chunk.toString('utf8')));
    this.ended = new Promise((resolve) => void this.child.once('close', resolve));
  }

  async isUp(): Promise<void> {
    await waitFor(
      'Trainyard to be up',
      () => {
        if (this.child.exitCode !== null) throw new Error(`it ended: ${this.said}`);
        return this.said.includes('Stop      Ctrl-C');
      },
      180_000,
    );
  }

  says(text: string | RegExp, timeoutMs: number = 30_000): Promise<unknown> {
    return waitFor(`"${String(text)}" in: ${this.said}`, () => (typeof text === 'string' ? this.said.includes(text) : text.test(this.said)), timeoutMs);
  }
}

const running = (home: string): (ProcessIdentity & { name: string })[] =>
  JSON.parse(readFileSync(join(home, 'processes.json'), 'utf8')) as (ProcessIdentity & { name: string })[];
const installationOf = (home: string): unknown => (JSON.parse(readFileSync(join(home, 'home.json'), 'utf8')) as { installation: unknown }).installation;

describe('npm start, when it cannot', () => {
  let home: ReturnType<typeof temporaryHome>;
  beforeEach(() => {
    home = temporaryHome();
  });
  afterEach(() => home.remove());

  /** What it says on its way out, which must be one sentence behind one heading. */
  async function refusal(place: string, args: string[] = [], env: NodeJS.ProcessEnv = {}): Promise<string> {
    const start = new Start(place, args, env);
    expect(await start.ended).toBe(1);
    const sentence = /Trainyard did not start\. (.*)\n/.exec(start.said)?.[1] ?? start.said;
    expect(start.said).not.toContain('    at ');
    return sentence;
  }

  it('says that the port is taken, and how to choose another', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = address !== null && typeof address === 'object' ? address.port : 0;
    try {
      expect(await refusal(home.path, ['--port', String(port)])).toBe(
        `Port ${port} of 127.0.0.1 is taken by another program: stop that one, or choose another port, e.g. npm start -- --port ${port + 1}.`,
      );
    } finally {
      server.close();
    }
  });

  it('says where it may not write', async () => {
    let place = join(home.path, 'closed');
    mkdirSync(place, { mode: 0o500 });
    // Modes do not stop root; the kernel's own file system does.
    if (process.getuid?.() === 0) place = '/sys/trainyard';
    expect(await refusal(join(place, 'home'))).toMatch(/^(No permission to use .*|.* is on a read-only file system): /);
    chmodSync(home.path, 0o755);
  });

  it('says that a newer PostgreSQL wrote the data', async () => {
    mkdirSync(join(home.path, 'postgres'));
    writeFileSync(join(home.path, 'postgres', 'PG_VERSION'), '99\n');
    expect(await refusal(home.path, ['--port', '0'])).toMatch(
      /postgres was written by PostgreSQL 99 and this Trainyard brings \d+\.\d+: use the Trainyard that wrote it/,
    );
  });

  it.each([
    [['--bogus'], {}, "Unknown option '--bogus'"],
    [
      ['--port', '0'],
      { DATABASE_URL: 'postgresql://x@127.0.0.1:1/x' },
      'The PostgreSQL of DATABASE_URL cannot be used: connect ECONNREFUSED 127.0.0.1:1. Is it running',
    ],
    [[], { TRAINYARD_HOST: '203.0.113.9' }, 'is not an address of this machine'],
  ])('refuses %j %j', async (args, env, sentence) => {
    const said = await refusal(home.path, args, env);
    if (typeof sentence === 'string') expect(said).toContain(sentence);
    else expect(said).toMatch(sentence);
  });

  it.each([
    ['a full disk', Object.assign(new Error('write'), { code: 'ENOSPC' }), 'No space is left on the disk that holds /data'],
    ['a full disk, told by initdb', new Error('could not write to file: No space left on device'), 'No space is left on the disk that holds /data'],
    [
      'a full disk, told by the server',
      new Error('could not extend file "base/1/2691": wrote only 4096 of 8192 bytes\nHINT:  Check free disk space.'),
      'No space is left on the disk that holds /data',
    ],
    ['a forbidden folder', Object.assign(new Error('open'), { code: 'EACCES' }), 'No permission to use /data'],
    ['a read-only disk', Object.assign(new Error('open'), { code: 'EROFS' }), '/data is on a read-only file system'],
  ])('explains %s', (_, error, sentence) => {
    expect(explainPlace(error, '/data')?.message).toContain(sentence);
  });

  it('does not explain what it does not know', () => {
    expect(explainPlace(new Error('something else'), '/data')).toBeNull();
  });
});

describe('npm start', () => {
  const home = temporaryHome();
  let start: Start;
  afterAll(async () => {
    start.child.kill('SIGTERM');
    await start.ended;
    home.remove();
  });

  it('brings everything up, seeds nothing when asked to, survives the kill of each process, and stops without a trace', async () => {
    const [port = 0] = await freePorts(1);
    start = new Start(home.path, ['--port', String(port), '--empty']);
    await start.isUp();
    await start.says(/✓ runner/, 120_000);
    await start.says(/✓ worker/, 120_000);
    expect(start.said).toContain(`http://127.0.0.1:${port}`);
    expect(start.said).toContain('nobody has an account yet');
    expect(start.said).not.toContain('demonstration');

    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<title>Trainyard')]);

    const second = new Start(home.path, ['--port', '0']);
    expect(await second.ended).toBe(1);
    expect(second.said).toMatch(new RegExp(`Trainyard already runs in .* at http://127.0.0.1:${port} \\(process \\d+\\)`));

    // PostgreSQL first, and the others without it: that all are back is what a person waits for.
    for (const name of ['postgres', 'worker', 'runner', 'api']) {
      const victim = running(home.path).find((one) => one.name === name);
      if (victim === undefined) throw new Error(`${name} is not running`);
      process.kill(victim.pid, 'SIGKILL');
      await start.says(`${name} was killed (SIGKILL); starting it again`);
    }
    for (const name of ['postgres', 'worker', 'runner', 'api']) await start.says(new RegExp(`${name} is back after`), 60_000);
    await waitFor('the api to answer after all this', async () => (await fetch(`http://127.0.0.1:${port}/health`)).ok);

    const processes = running(home.path);
    expect(processes.map((one) => one.name).sort()).toEqual(['api', 'postgres', 'runner', 'worker']);
    start.child.kill('SIGINT');
    expect(await start.ended).toBe(0);
    expect(start.said).toContain('The data is kept.');
    expect(processes.filter(isAlive)).toEqual([]);
  }, 300_000);

  it('keeps the data, and a killed start is cleared up by the next', async () => {
    start = new Start(home.path, ['--port', '0']);
    await start.isUp();
    expect(start.said).toContain('data kept');
    // That it was declined once is remembered.
    expect(start.said).not.toContain('demonstration');
    expect(start.said).not.toContain('nearly full');
    const left = running(home.path);
    start.child.kill('SIGKILL');
    await start.ended;
    expect(left.filter(isAlive).map((one) => one.name)).toContain('postgres');

    start = new Start(home.path, ['--port', '0']);
    await start.isUp();
    expect(start.said).toMatch(/Stopped what an earlier start that was killed had left running: .*postgres/);
    expect(left.filter(isAlive)).toEqual([]);
  }, 300_000);

  it('starts a copy of that running one on data and ports of its own, and touches the original with nothing', async () => {
    const original = running(home.path);
    const copy = temporaryHome();
    try {
      execFileSync('cp', ['-a', `${home.path}/.`, copy.path]);
      // More is to stay free than any disk has.
      const second = new Start(copy.path, ['--port', '0'], { TRAINYARD_DISK_RESERVE_BYTES: String(2 ** 52) });
      await second.isUp();
      expect(second.said).toContain(`The disk of ${copy.path} is nearly full: files are refused`);
      expect(second.said).toContain(`This home is a copy of ${home.path}, which is still there`);
      expect(second.said).not.toContain('Stopped what an earlier start');
      // The folder of its runner is a copy too, and the runner another one.
      await second.says(/✓ runner/, 120_000);
      expect(second.said).not.toContain('refuses this runner');
      for (const file of ['token.json', 'instance'])
        expect(readFileSync(join(copy.path, 'runner', file))).not.toEqual(readFileSync(join(home.path, 'runner', file)));
      expect(original.filter(isAlive).length).toBe(original.length);
      expect(installationOf(copy.path)).not.toBe(installationOf(home.path));
      second.child.kill('SIGTERM');
      expect(await second.ended).toBe(0);
      expect(original.filter(isAlive).length).toBe(original.length);
    } finally {
      copy.remove();
    }
  }, 300_000);

  it('stops when its home is moved away, and makes nothing where it was', async () => {
    const left = running(home.path);
    const moved = `${home.path}-moved`;
    renameSync(home.path, moved);
    try {
      expect(await start.ended).toBe(1);
      expect(start.said).toContain(`${home.path} was moved away or replaced while Trainyard ran in it`);
      expect(left.filter(isAlive)).toEqual([]);
      expect(existsSync(home.path)).toBe(false);
    } finally {
      renameSync(moved, home.path);
    }
  }, 60_000);

  it('makes a demonstration, and stops when npm, which started it, is told to', async () => {
    const first = temporaryHome();
    const npm = spawn('npm', ['start', '--silent', '--', '--port', '0'], {
      cwd: ROOT,
      env: { ...process.env, NO_COLOR: '1', TRAINYARD_HOME: first.path },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      let said = '';
      npm.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString('utf8')));
      await waitFor('Trainyard to be up', () => said.includes('Stop      Ctrl-C'), 180_000);
      expect(said).toMatch(/demonstration +workspace made/);
      expect(said).toMatch(/Sign in {3}\S+@\S+ {2}password {2}\S+/);
      const processes = running(first.path);
      npm.kill('SIGTERM');
      await waitFor('every process to be gone', () => processes.filter(isAlive).length === 0);
    } finally {
      first.remove();
    }
  }, 300_000);

  it('starts PostgreSQL over the lock of one that was killed and is reaped by nobody', async () => {
    const { service } = await preparePostgres({ home: home.path, volatile: true });
    const lock = join(home.path, 'postgres', 'postmaster.pid');
    const before = new Supervisor(home.path);
    await before.start(service);
    const left = readFileSync(lock, 'utf8').split('\n').slice(1);
    await before.stopAll([['postgres']]);
    // cat never asks after the child it has from the shell in whose place it runs; what it echoes says that it does
    const parent = spawn('sh', ['-c', 'sleep 600 & echo $!; exec cat'], { stdio: ['pipe', 'pipe', 'inherit'], uid: service.uid, gid: service.gid });
    let said = '';
    parent.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString('utf8')));
    try {
      parent.stdin.write('cat\n');
      await waitFor('cat to run', () => said.endsWith('cat\n'));
      const zombie = Number.parseInt(said, 10);
      process.kill(zombie, 'SIGKILL');
      await waitFor('its child to have ended', () => identify(zombie).began === '');
      writeFileSync(lock, [zombie, ...left].join('\n'));
      const supervisor = new Supervisor(home.path);
      await supervisor.start((await preparePostgres({ home: home.path, volatile: true })).service);
      expect(supervisor.pid('postgres')).toBe(Number(readFileSync(lock, 'utf8').split('\n')[0]));
      await supervisor.stopAll([['postgres']]);
    } finally {
      parent.kill();
    }
  });

  it('says that a newer Trainyard made the database, and changes nothing', async () => {
    const prepared = await preparePostgres({ home: home.path });
    const supervisor = new Supervisor(home.path);
    await supervisor.start(prepared.service);
    await withClient(withDatabase(prepared.adminUrl, { database: 'trainyard' }), (client) =>
      client.query(`INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'FromTheFuture'); UPDATE installation SET migrated_by = 'newer code'`),
    );
    await supervisor.stopAll([['postgres']]);
    start = new Start(home.path, ['--port', '0']);
    expect(await start.ended).toBe(1);
    expect(start.said).toMatch(/Trainyard did not start\. The database was made by a newer Trainyard \(FromTheFuture\)/);
  }, 120_000);
});
