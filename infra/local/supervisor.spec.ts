import {
  chmodSync,
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '../test/wait-for.ts';
import { BoundedLog } from './bounded-log.ts';
import { stopLeftovers } from './leftovers.ts';
import { readable } from './log-line.ts';
import { folderIdentity, identify, isAlive, type ProcessIdentity } from './process-identity.ts';
import { Supervisor, type ServiceSpec } from './supervisor.ts';

const asRoot = process.getuid?.() === 0 ? it : it.skip;

describe('the supervisor', () => {
  let home: string;
  let supervisor: Supervisor;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'trainyard-supervisor-'));
    supervisor = new Supervisor(home);
  });
  afterEach(async () => {
    await supervisor.stopAll([]);
    rmSync(home, { recursive: true, force: true });
  });

  /** A process that writes its pid to <home>/ready and then runs `then`. */
  const service = (then: string, changes: Partial<ServiceSpec> = {}): ServiceSpec => ({
    name: 'one',
    command: process.execPath,
    args: ['-e', `require('node:fs').writeFileSync(${JSON.stringify(join(home, 'ready'))}, String(process.pid)); ${then}`],
    env: process.env,
    cwd: home,
    stopSignal: 'SIGTERM',
    stopMs: 3000,
    readyMs: 10_000,
    isReady: () => Promise.resolve(existsSync(join(home, 'ready')) && readFileSync(join(home, 'ready'), 'utf8') === String(supervisor.pid('one'))),
    ...changes,
  });
  const LIVE = 'setInterval(() => undefined, 1000)';
  const identityOf = (name: string): ProcessIdentity => identify(supervisor.pid(name) ?? -1);

  it('starts again what was killed, and says so', async () => {
    await supervisor.start(service(LIVE));
    const first = identityOf('one');
    const crashed = new Promise<string>((resolve) => supervisor.once('crashed', ({ how }) => resolve(how)));
    const restarted = new Promise((resolve) => supervisor.once('restarted', resolve));
    supervisor.kill('one');
    expect(await crashed).toBe('was killed (SIGKILL)');
    await restarted;
    expect(isAlive(first)).toBe(false);
    expect(isAlive(identityOf('one'))).toBe(true);
    expect(supervisor.pid('one')).not.toBe(first.pid);
  });

  it('tries again when the restarted process does not come up either', async () => {
    const broken = join(home, 'broken');
    await supervisor.start(service(`if (require('node:fs').existsSync(${JSON.stringify(broken)})) process.exit(7); ${LIVE}`));
    const hows: string[] = [];
    supervisor.on('crashed', ({ how }) => {
      hows.push(how);
      if (hows.length === 3) rmSync(broken);
    });
    writeFileSync(broken, '');
    supervisor.kill('one');
    await waitFor('three crashes', () => hows.length >= 3);
    await waitFor(
      'it to live again',
      async () => (await Promise.resolve(isAlive(identityOf('one')))) && readFileSync(join(home, 'ready'), 'utf8') === String(supervisor.pid('one')),
    );
    expect(hows.slice(0, 3)).toEqual(['was killed (SIGKILL)', 'stopped with exit code 7', 'stopped with exit code 7']);
  });

  it('rejects with the last words of what ends while starting, and leaves nothing behind', async () => {
    const spec = service(`console.error('no such database'); process.exit(3)`, { isReady: () => Promise.resolve(false) });
    await expect(supervisor.start(spec)).rejects.toThrow(/one stopped with exit code 3 while starting\. It said: no such database/);
    expect(supervisor.pid('one')).toBeNull();
  });

  it('keeps trying what ended at its very first start, when told to', async () => {
    const fixed = join(home, 'fixed');
    const spec = service(`if (!require('node:fs').existsSync(${JSON.stringify(fixed)})) process.exit(4); ${LIVE}`, {
      isReady: () => Promise.resolve(existsSync(fixed) && isAlive(identityOf('one'))),
    });
    const hows: string[] = [];
    supervisor.on('crashed', ({ how }) => hows.push(how));
    const restarted = new Promise((resolve) => supervisor.once('restarted', resolve));
    await expect(supervisor.start(spec, true)).rejects.toThrow(/exit code 4 while starting/);
    writeFileSync(fixed, '');
    await restarted;
    expect(hows[0]).toBe('stopped with exit code 4');
    expect(isAlive(identityOf('one'))).toBe(true);
  });

  it('stops in order; kills with its children what does not want to', async () => {
    const child = join(home, 'child');
    const stubborn = `process.on('SIGTERM', () => undefined);
      const c = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(LIVE)}]);
      require('node:fs').writeFileSync(${JSON.stringify(child)}, String(c.pid)); ${LIVE}`;
    await supervisor.start(service(stubborn, { stopMs: 200 }));
    const parent = identityOf('one');
    const grandchild = await waitFor('the grandchild', () => {
      const found = existsSync(child) ? identify(Number(readFileSync(child, 'utf8'))) : null;
      return found !== null && found.began !== '' ? found : null;
    });
    await supervisor.stop('one');
    expect(isAlive(parent)).toBe(false);
    await waitFor('the grandchild to be gone', () => !isAlive(grandchild));
  });

  it('finds and stops what a killed start left running, and nothing else, nor from a copy of the home', async () => {
    await supervisor.start(service(LIVE));
    const left = identityOf('one');
    const recorded = readFileSync(join(home, 'processes.json'), 'utf8');
    // The supervisor must not restart it under the test: a killed start cannot.
    supervisor.removeAllListeners();
    supervisor.abandon();
    const stranger = { ...identify(process.pid), began: 'another boot:1', name: 'stranger', stopSignal: 'SIGTERM', home: folderIdentity(home) };
    writeFileSync(join(home, 'processes.json'), JSON.stringify([...(JSON.parse(recorded) as object[]), stranger]));
    const copy = `${home}-copy`;
    cpSync(home, copy, { recursive: true });
    expect(await stopLeftovers(copy)).toEqual([]);
    rmSync(copy, { recursive: true });
    expect(isAlive(left)).toBe(true);
    expect(await stopLeftovers(home)).toEqual(['one']);
    expect(isAlive(left)).toBe(false);
    expect(await stopLeftovers(home)).toEqual([]);
  });

  asRoot('refuses beside what another user left running, and does not forget it', async () => {
    const record = join(home, 'processes.json');
    chmodSync(home, 0o777);
    await supervisor.start(service(LIVE, { uid: 65_533, gid: 65_533 }));
    const left = identityOf('one');
    process.seteuid?.(65_534);
    try {
      // A record that cannot be read is not none.
      await expect(stopLeftovers(home)).rejects.toThrow(`No permission to use ${record}`);
      process.seteuid?.(0);
      chmodSync(record, 0o644);
      process.seteuid?.(65_534);
      await expect(stopLeftovers(home)).rejects.toThrow(
        `left running: one (process ${left.pid}). Stop them as that user or as root (kill ${left.pid}), and start again.`,
      );
      // Nor does the start that is refused take it away when it ends.
      await new Supervisor(home).stopAll([]);
    } finally {
      process.seteuid?.(0);
    }
    expect([isAlive(left), existsSync(record)]).toEqual([true, true]);
  });

  it('keeps no log in the place of another file when it cannot begin a new one', () => {
    mkdirSync(join(home, 'x.log.1'));
    const log = new BoundedLog(join(home, 'x.log'), () => true, 10);
    log.write(Buffer.from('one line\n'));
    log.write(Buffer.from('a second line\n'));
    // Gets the number of the file that was closed last.
    const other = openSync(join(home, 'other'), 'w');
    log.write(Buffer.from('3\n'));
    closeSync(other);
    rmdirSync(join(home, 'x.log.1'));
    log.write(Buffer.from('fourth\n'));
    log.close();
    expect(['other', 'x.log', 'x.log.1'].map((name) => readFileSync(join(home, name), 'utf8'))).toEqual(['', 'fourth\n', 'one line\n']);
  });

  it('stops what it runs also when nothing can be written any more, and says so', async () => {
    await supervisor.start(service(LIVE));
    const started = identityOf('one');
    const said: string[] = [];
    supervisor.on('complained', ({ text }) => said.push(text));
    // No room for the record, whoever asks: the place it is written to first is taken.
    mkdirSync(join(home, `processes.json.${process.pid}.tmp`));
    await supervisor.stopAll([]);
    expect([isAlive(started), said]).toEqual([false, [expect.stringMatching(/^What runs could not be noted in .*EISDIR/)]]);
    rmSync(join(home, `processes.json.${process.pid}.tmp`), { recursive: true });
  });

  it('writes to, removes and starts nothing in what stands at the name of its home after that was moved away', async () => {
    await supervisor.start(service(LIVE));
    const moved = `${home}-moved`;
    const started = identityOf('one');
    renameSync(home, moved);
    mkdirSync(join(home, 'logs'), { recursive: true });
    for (const name of ['processes.json', join('logs', 'one.log')]) writeFileSync(join(home, name), 'theirs');
    try {
      const tries: string[] = [];
      supervisor.on('crashed', ({ how }) => tries.push(how));
      supervisor.kill('one');
      // The second is of the start that was refused.
      await waitFor('two tries', () => tries.length >= 2);
      await supervisor.stopAll([['one']]);
      const there = readdirSync(home, { recursive: true }).map(String).sort();
      expect([isAlive(started), there]).toEqual([false, ['logs', join('logs', 'one.log'), 'processes.json']]);
      for (const name of ['processes.json', join('logs', 'one.log')]) expect(readFileSync(join(home, name), 'utf8')).toBe('theirs');
    } finally {
      rmSync(moved, { recursive: true, force: true });
    }
  });

  it('forgets what a killed start left running only of the home that it stopped it for', async () => {
    // Asked to stop, it moves the home away and puts another one there.
    const swap = `const fs = require('node:fs'); const home = ${JSON.stringify(home)};
      process.once('SIGTERM', () => { fs.renameSync(home, home + '-moved'); fs.mkdirSync(home); fs.writeFileSync(home + '/processes.json', '[]'); process.exit(0); });`;
    await supervisor.start(
      service(LIVE, { isReady: () => Promise.resolve(existsSync(join(home, 'set'))), args: ['-e', `${swap} fs.writeFileSync(home + '/set', ''); ${LIVE}`] }),
    );
    supervisor.abandon();
    try {
      expect(await stopLeftovers(home)).toEqual(['one']);
      expect(readFileSync(join(home, 'processes.json'), 'utf8')).toBe('[]');
    } finally {
      rmSync(`${home}-moved`, { recursive: true, force: true });
    }
  });

  it('reports a structured line of level error, once told in plain words', async () => {
    const said = new Promise<string>((resolve) => supervisor.once('complained', ({ text }) => resolve(text)));
    await supervisor.start(service(`console.log(JSON.stringify({ level: 50, msg: 'queue is away', err: { message: '57P01' } })); ${LIVE}`));
    expect(await said).toBe('queue is away: 57P01');
  });
});

describe('a log file', () => {
  it('never takes more than twice its limit, and keeps the newest', () => {
    const folder = mkdtempSync(join(tmpdir(), 'trainyard-log-'));
    try {
      const log = new BoundedLog(join(folder, 'x.log'), () => true, 1000);
      for (let i = 0; i < 100; i++) log.write(Buffer.from(`${String(i).padStart(99, '.')}\n`));
      log.close();
      expect(readFileSync(join(folder, 'x.log')).length).toBeLessThanOrEqual(1000);
      expect(readFileSync(join(folder, 'x.log.1')).length).toBeLessThanOrEqual(1000);
      expect(readFileSync(join(folder, 'x.log'), 'utf8').trimEnd().endsWith('99')).toBe(true);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it('is not turned where another folder stands at its name', () => {
    const folder = mkdtempSync(join(tmpdir(), 'trainyard-log-'));
    try {
      let isThere = true;
      const log = new BoundedLog(join(folder, 'x.log'), () => isThere, 10);
      log.write(Buffer.from('one line\n'));
      isThere = false;
      log.write(Buffer.from('a second line\n'));
      log.close();
      expect(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')])).toEqual([['x.log', 'one line\n']]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  it.each([
    ['plain text ', 'plain text'],
    ['{"level":30,"msg":"hello"}', 'hello'],
    ['{"level":50,"err":{"message":"boom"}}', 'boom'],
    ['{broken', '{broken'],
  ])('is read by people: %s', (line, text) => {
    expect(readable(line)).toBe(text);
  });
});
