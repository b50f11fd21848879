import { execFileSync, spawn } from 'node:child_process';
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../local/build.ts';
import { postgresUrl, withClient, withDatabase } from '../local/connection.ts';
import { identify, isAlive } from '../local/process-identity.ts';
import { readAccess, SUPERUSER } from '../local/postgres-data.ts';
import { startTrainyard, type Trainyard } from '../local/trainyard.ts';
import { ApiClient } from './api-client.ts';
import { temporaryHome } from './temporary-home.ts';
import { waitFor } from './wait-for.ts';
import { addDataset, addProject, addTicket, OWNER, queueRun, readRun, runEnds, runReaches, setUp } from './workspace.ts';

const PARAMETERS = { epochs: 60, batchSize: 32, validationSplit: 0.1, checkpointEveryEpochs: 2 };
const PASSPHRASE = 'a passphrase for tests';
const OPTIONS = { port: 0, host: '127.0.0.1', empty: true, volatile: true, env: { TRAINYARD_LEASE_SECONDS: '4', TRAINYARD_RETRY_SECONDS: '0.1' } };

interface Ended {
  code: number | null;
  said: string;
  digest: string;
}

/** `npm run backup` or `restore` as the process that npm starts. Its input is that file; NEVER: it is given elsewhere. */
function command(
  name: 'backup' | 'restore',
  home: string,
  args: string[],
  options: { input?: string; env?: NodeJS.ProcessEnv } = {},
): { child: ReturnType<typeof spawn>; ended: Promise<Ended>; output: Buffer[]; said: () => string } {
  const child = spawn(process.execPath, [`infra/local/${name}.mjs`, ...args], {
    cwd: ROOT,
    env: { ...process.env, ...options.env, TRAINYARD_HOME: home },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  const output: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => void output.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => void (said += chunk.toString('utf8')));
  // Whoever refuses its input does not read it to the end.
  child.stdin?.on('error', () => undefined);
  if (child.stdin) {
    if (options.input === undefined) child.stdin.end();
    else if (options.input !== 'NEVER') createReadStream(options.input).pipe(child.stdin);
  }
  const ended = new Promise<Ended>(
    (resolve) => void child.once('close', (code) => resolve({ code, said, digest: /^Digest ([0-9a-f]{64})$/m.exec(said)?.[1] ?? '' })),
  );
  return { child, ended, output, said: () => said };
}

/** The process below `parent` that waits for the other end of the pipe `path`. */
function openerOf(path: string, parent: number): number | null {
  const children = execFileSync('sh', ['-c', 'cat /proc/"$0"/task/*/children', String(parent)], { encoding: 'utf8' })
    .trim()
    .split(' ')
    .filter(Boolean)
    .map(Number);
  const waits = children.find(
    (child) =>
      readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(path) &&
      readdirSync(`/proc/${child}/task`).some((thread) => readFileSync(`/proc/${child}/task/${thread}/wchan`, 'utf8').includes('wait_for_partner')),
  );
  return waits ?? children.map((child) => openerOf(path, child)).find((found) => found !== null) ?? null;
}

describe('npm run backup and npm run restore', () => {
  const homes = [temporaryHome(), temporaryHome(), temporaryHome()];
  const [original, files, copies] = homes.map((home) => home.path) as [string, string, string];
  const running: Trainyard[] = [];
  const archive = join(files, 'trainyard.tar.zst');
  let api: ApiClient;
  let runId: string;
  let digest: string;

  beforeAll(async () => {
    const trainyard = await startTrainyard({ ...OPTIONS, home: original });
    running.push(trainyard);
    await trainyard.everythingReady;
    api = await setUp(trainyard.url);
    const project = await addProject(api, 'BAK');
    const datasetId = await addDataset(api, project.id, 'STROKE_DIGITS', 2000);
    const ticket = await addTicket(api, project.columns[0]?.id ?? '', 'Train through a backup');
    runId = await queueRun(api, ticket.id, datasetId, 'MLP_784_64_64_10', PARAMETERS);
    await runReaches(api, runId, 200);
    await waitFor('a checkpoint', async () => (await readRun(api, runId)).attempt?.checkpointStep);
  }, 300_000);
  afterAll(async () => {
    await Promise.all(running.map((one) => one.stop()));
    for (const home of homes) home.remove();
  }, 60_000);

  it('backs up while a run trains, to a file that appears when it is whole, and asks no pg_dump', async () => {
    // A machine's own is often older than the server and refuses it: here each says that it was asked, and fails.
    const programs = join(files, 'programs');
    const asked = join(files, 'asked');
    mkdirSync(programs);
    for (const name of ['pg_dump', 'pg_dumpall', 'pg_restore', 'psql'])
      writeFileSync(join(programs, name), `#!/bin/sh\necho ${name} >> '${asked}'\nexit 1\n`, { mode: 0o755 });
    const made = await command('backup', original, [archive], { env: { PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}` } }).ended;
    expect(existsSync(asked)).toBe(false);
    expect(made).toMatchObject({ code: 0, digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string });
    digest = made.digest;
    expect((await readRun(api, runId)).state).toBe('RUNNING');
    expect(statSync(archive).mode & 0o077).toBe(0);
    expect(existsSync(`${archive}.part`)).toBe(false);
  }, 60_000);

  it('restores into a new home, equal by digest; started, the run goes on from its checkpoint and everything opens', async () => {
    const home = join(copies, 'restored');
    const restored = await command('restore', home, [archive]).ended;
    expect(restored).toMatchObject({ code: 0, digest });
    expect(JSON.parse(readFileSync(join(home, 'state.json'), 'utf8'))).toEqual({ seeded: true, firstRunDue: false, restoring: false });
    // As a restore leaves it that is killed after all is committed: there is no half.
    writeFileSync(join(home, 'state.json'), '{"restoring":true}');
    rmSync(join(home, 'home.json'));
    const trainyard = await startTrainyard({ ...OPTIONS, empty: false, home });
    running.push(trainyard);
    expect([trainyard.signIn, JSON.parse(readFileSync(join(home, 'state.json'), 'utf8'))]).toEqual([
      null,
      { seeded: true, firstRunDue: false, restoring: false },
    ]);
    expect(trainyard.needsSetUp).toBe(false);
    await trainyard.everythingReady;
    const copy = await ApiClient.signIn(trainyard.url, OWNER.email, OWNER.password);
    const run = await runEnds(copy, runId);
    expect([run.state, run.failureCode]).toEqual(['SUCCEEDED', null]);
    expect(run.attempt?.resumedFromSteps.length).toBeGreaterThanOrEqual(1);
    for (const step of run.attempt?.resumedFromSteps ?? []) expect(step).toBeGreaterThan(0);
    const { run: shown } = await copy.query<{ run: { attempt: { artifacts: { id: string; name: string }[]; metrics: { pointCount: number }[] } } }>(
      'query ($id: ID!) { run(id: $id) { attempt { artifacts { id name } metrics(series: ["LOSS"]) { pointCount } } } }',
      { id: runId },
    );
    expect(shown.attempt.metrics[0]?.pointCount).toBe(run.card.totalSteps);
    expect(shown.attempt.artifacts.length).toBeGreaterThan(0);
    // The original went its own way meanwhile.
    const there = await runEnds(api, runId);
    expect([there.state, there.attempt?.resumedFromSteps]).toEqual(['SUCCEEDED', []]);
  }, 400_000);

  it('restores into an empty database of DATABASE_URL, on the same server, and into it once', async () => {
    const { port, superuserPassword } = readAccess(original) ?? { port: 0, superuserPassword: '' };
    const admin = postgresUrl(SUPERUSER, superuserPassword, port, 'postgres');
    await withClient(admin, (client) => client.query('CREATE DATABASE elsewhere OWNER trainyard'));
    const env = { DATABASE_URL: withDatabase(running[0]?.databaseUrl ?? '', { database: 'elsewhere' }) };
    const home = join(copies, 'elsewhere');
    expect(await command('restore', home, [archive], { env }).ended).toMatchObject({ code: 0, digest });
    expect([existsSync(join(home, 'postgres')), readFileSync(join(home, 'home.json'), 'utf8')]).toEqual([
      false,
      expect.stringContaining(`127.0.0.1:${port}/elsewhere`),
    ]);
    const again = await command('restore', home, [archive], { env }).ended;
    expect([again.code, again.said]).toEqual([1, expect.stringContaining('has data already')]);
    const other = join(copies, 'other');
    const beside = await command('restore', other, [archive], { env }).ended;
    expect([beside.code, existsSync(other)]).toEqual([1, false]);
  }, 120_000);

  it('goes through pipes, encrypted', async () => {
    const env = { TRAINYARD_BACKUP_PASSPHRASE: PASSPHRASE };
    const backup = command('backup', original, ['-', '--encrypt'], { env });
    const made = await backup.ended;
    expect([made.code, made.said]).toEqual([0, expect.stringContaining('Digest')]);
    const sealed = join(files, 'sealed');
    writeFileSync(sealed, Buffer.concat(backup.output));
    expect(readFileSync(sealed).subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    const home = join(copies, 'piped');
    const refused = await command('restore', home, ['-'], { input: sealed, env: { TRAINYARD_BACKUP_PASSPHRASE: 'not the passphrase' } }).ended;
    expect([refused.code, refused.said.trim().split('\n').length]).toEqual([1, 1]);
    expect(refused.said).toContain('The passphrase is not the one');
    expect(existsSync(home)).toBe(false);
    expect(await command('restore', home, ['-'], { input: sealed, env }).ended).toMatchObject({ code: 0, digest: made.digest });
    const second = await command('restore', home, ['-'], { input: sealed, env }).ended;
    expect([second.code, second.said]).toEqual([1, expect.stringContaining('has data already')]);
  }, 120_000);

  it('killed in the middle, leaves a home that no start begins afresh, and the next restore fills', async () => {
    const home = join(copies, 'killed');
    // It gets half of the archive and then waits for the rest for ever.
    const half = readFileSync(archive).subarray(0, Math.floor(statSync(archive).size / 2));
    const killed = spawn(process.execPath, ['infra/local/restore.mjs', '-'], {
      cwd: ROOT,
      env: { ...process.env, TRAINYARD_HOME: home },
      stdio: ['pipe', 'ignore', 'pipe'],
      detached: true,
    });
    let said = '';
    killed.stderr.on('data', (chunk: Buffer) => void (said += chunk.toString('utf8')));
    // It dies before it has read all of it.
    killed.stdin.on('error', () => undefined);
    killed.stdin.write(half);
    await waitFor('the restore to be under way', () => said.includes('A backup of'), 60_000);
    const gone = new Promise((resolve) => void killed.once('close', resolve));
    process.kill(-(killed.pid ?? 0), 'SIGKILL');
    await gone;
    await expect(startTrainyard({ ...OPTIONS, home })).rejects.toThrow(
      `A restore into ${home} did not come to its end, and nothing of it counts: run it again (npm run restore)`,
    );
    expect(await command('restore', home, [archive]).ended).toMatchObject({ code: 0, digest });
  }, 120_000);

  it.each<[string, 'backup' | 'restore', string[], string]>([
    [
      'an option that is not there',
      'backup',
      ['x', '--bogus'],
      "Unknown option '--bogus'. The options are: --encrypt, --passphrase-file <file>, --check, --help.",
    ],
    ['an option of the other', 'restore', ['x', '--encrypt'], "Unknown option '--encrypt'. The options are: --passphrase-file <file>, --check, --help."],
    ['no file', 'restore', [], 'Name one file: npm run restore -- FILE ("-" is standard input).'],
    ['a file that is not there', 'restore', ['/nowhere/x'], '/nowhere/x is not there.'],
    ['a folder', 'restore', ['/'], '/ is a folder: name a file.'],
    ['a folder that is not there', 'backup', ['/nowhere/x'], '/nowhere is not there.'],
    ['a file that is there', 'backup', [archive], `${archive} is there already: name another file.`],
    ['a passphrase and not to encrypt', 'backup', ['x', '--passphrase-file', archive], '--passphrase-file is for a backup that is encrypted: add --encrypt.'],
  ])('told %s, says so before it makes or starts anything', async (_, name, args, sentence) => {
    const home = join(copies, 'told-wrong');
    const { code, said } = await command(name, home, args).ended;
    expect([code, said, existsSync(home)]).toEqual([1, `${sentence}\n`, false]);
  });

  it('told a file that another backup writes, says so; of one that was killed it takes the place', async () => {
    const file = join(files, 'taken');
    const part = `${file}.part`;
    writeFileSync(part, '');
    const beats = setInterval(() => utimesSync(part, new Date(), new Date()), 500);
    try {
      expect(await command('backup', original, [file]).ended).toMatchObject({
        code: 1,
        said: `${part} is being written by another backup: wait for it, or name another file.\n`,
      });
    } finally {
      clearInterval(beats);
    }
    rmSync(part);
    const killed = spawn(process.execPath, ['infra/local/backup.mjs', file], {
      cwd: ROOT,
      env: { ...process.env, TRAINYARD_HOME: original },
      stdio: 'ignore',
      detached: true,
    });
    await waitFor('the part of a backup', () => existsSync(part), 60_000);
    process.kill(-(killed.pid ?? 0), 'SIGKILL');
    expect(existsSync(part)).toBe(true);
    expect(await command('backup', original, [file]).ended).toMatchObject({ code: 0 });
    expect([existsSync(file), existsSync(part)]).toEqual([true, false]);
  }, 60_000);

  it('reads a passphrase that comes through a pipe, once; interrupted while it waits for one, ends', async () => {
    const pipe = join(files, 'passphrase');
    execFileSync('mkfifo', [pipe]);
    const sealed = join(files, 'sealed-by-pipe');
    const backup = command('backup', original, [sealed, '--encrypt', '--passphrase-file', pipe]);
    spawn('sh', ['-c', 'echo "$0" > "$1"', PASSPHRASE, pipe], { stdio: 'ignore' });
    expect((await backup.ended).code).toBe(0);
    const waiting = command('backup', original, [join(files, 'never'), '--encrypt', '--passphrase-file', pipe]);
    const opening = await waitFor('it to wait for the passphrase', () => openerOf(pipe, waiting.child.pid ?? 0));
    waiting.child.kill('SIGINT');
    expect(await waiting.ended).toMatchObject({ code: 130, said: 'Interrupted: no backup was made.\n' });
    expect(isAlive(identify(opening))).toBe(false);
  }, 120_000);

  it('whose home is moved away while it restores, removes nothing of what stands at its name then', async () => {
    const home = join(copies, 'moved');
    const restore = command('restore', home, ['-'], { input: 'NEVER' });
    restore.child.stdin?.write(readFileSync(archive).subarray(0, Math.floor(statSync(archive).size / 2)));
    await waitFor('the restore to be under way', () => restore.said().includes('A backup of'), 60_000);
    renameSync(home, `${home}-away`);
    mkdirSync(home);
    writeFileSync(join(home, 'theirs'), 'theirs');
    restore.child.stdin?.end();
    expect(await restore.ended).toMatchObject({ code: 1, said: expect.stringContaining(`${home} is not the folder any more that was used`) as string });
    expect(readFileSync(join(home, 'theirs'), 'utf8')).toBe('theirs');
  }, 60_000);

  it('interrupted, says so and leaves nothing', async () => {
    const backup = command('backup', original, ['-']);
    await new Promise((resolve) => void backup.child.stdout?.once('data', resolve));
    backup.child.stdout?.pause();
    backup.child.kill('SIGTERM');
    expect(await backup.ended).toMatchObject({ code: 130, said: 'Interrupted: no backup was made.\n' });
  }, 60_000);
});
