import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { buildClaim } from '../../test/behaviour.ts';
import { PeerApi, TOKEN } from '../../test/peer-api.ts';
import { noteChild } from '../executors/orphan.ts';
import { ApiClient } from '../link/api-client.ts';
import { RunnerMetrics } from '../monitor/metrics.ts';
import { attemptsFolder, spoolFolder } from '../machine/runner-folder.ts';
import { recover } from './recovery.ts';
import { Spool } from './spool.ts';

let dir: string;
let peer: PeerApi;
let api: ApiClient;
let children: ChildProcess[];

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'trainyard-recovery-'));
  peer = await new PeerApi().up();
  api = new ApiClient({ apiUrl: peer.url, token: TOKEN, metrics: new RunnerMetrics() });
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  api.close();
  await peer.away();
  await rm(dir, { recursive: true, force: true });
});

const workDirOf = (id: string): string => path.join(attemptsFolder(dir), id);
/** What a runner leaves that was killed while an attempt ran. */
async function leftBehind(): Promise<{ id: string; claim: number; spool: Spool }> {
  const id = peer.addAttempt(buildClaim({}));
  const { claim } = peer.claimFor(id);
  await mkdir(workDirOf(id), { recursive: true });
  const spool = await Spool.create(spoolFolder(dir), { attemptId: id, claim, title: 'A run', workDir: workDirOf(id) });
  return { id, claim, spool };
}
async function recovered(): Promise<void> {
  for (const past of await recover({ dir, api, log: pino({ level: 'silent' }) })) await past.done;
}
/** A process in a group of its own, as a child of a runner is; resolves with what ended it. */
function living(workDir: string): { pid: number; ended: Promise<NodeJS.Signals | null> } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { cwd: workDir, detached: true, stdio: 'ignore' });
  children.push(child);
  return { pid: child.pid!, ended: new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal))) };
}

describe('recovery', () => {
  it('delivers what was spooled, also when the working folder cannot be removed', async () => {
    const { id, spool } = await leftBehind();
    await spool.close();
    const past = await recover({ dir, api, log: pino({ level: 'silent' }) });
    await rm(attemptsFolder(dir), { recursive: true });
    await writeFile(attemptsFolder(dir), '');
    for (const one of past) await one.done;
    expect(peer.attempt(id).finishes).toEqual([expect.objectContaining({ outcome: 'FAILED', failure: expect.objectContaining({ code: 'RUNNER_LOST' }) })]);
    expect(await readdir(spoolFolder(dir))).toEqual([]);
  });

  it('sends the newest checkpoint of an attempt that was cut off, and then gives it back', async () => {
    const { id, claim, spool } = await leftBehind();
    const file = path.join(workDirOf(id), 'checkpoint-9.bin');
    await writeFile(file, 'weights of step 9');
    await spool.noteCheckpoint({ path: file, step: 9, trainingEpoch: 1 });
    await spool.close();
    await peer.away();
    const [past] = await recover({ dir, api, log: pino({ level: 'silent' }) });
    // However long the api is away, what it must get stays.
    expect(existsSync(file)).toBe(true);
    await peer.up();
    await past?.done;
    const { checkpoints, finishes } = peer.attempt(id);
    expect(checkpoints).toEqual([{ claim, step: 9, bytes: Buffer.from('weights of step 9') }]);
    expect(finishes).toEqual([
      { claim, outcome: 'FAILED', failure: { code: 'RUNNER_LOST', message: expect.any(String), params: { reason: 'RUNNER_CRASHED' } }, result: null },
    ]);
    expect(peer.violations).toEqual([]);
    expect(existsSync(workDirOf(id))).toBe(false);
  });

  it('gives back without a checkpoint what the api has already, or what cannot be read', async () => {
    const [stored, gone] = [await leftBehind(), await leftBehind()];
    const file = path.join(workDirOf(stored.id), 'checkpoint-9.bin');
    await writeFile(file, 'weights of step 9');
    await stored.spool.noteCheckpoint({ path: file, step: 9, trainingEpoch: 1 });
    await stored.spool.noteCheckpointStored(9);
    await gone.spool.noteCheckpoint({ path: path.join(workDirOf(gone.id), 'gone'), step: 9, trainingEpoch: 1 });
    for (const { spool } of [stored, gone]) await spool.close();
    await recovered();
    for (const { id } of [stored, gone]) expect(peer.attempt(id)).toMatchObject({ checkpoints: [], finishes: [{ outcome: 'FAILED' }] });
  });

  it('tells the end of an attempt that had ended, and no other', async () => {
    const { id, claim, spool } = await leftBehind();
    await spool.append({ kind: 'FINISH', body: { claim, outcome: 'CANCELLED', failure: null, result: null } });
    await spool.close();
    await recovered();
    expect(peer.attempt(id).finishes).toEqual([{ claim, outcome: 'CANCELLED', failure: null, result: null }]);
  });

  it('ends the process that outlived its runner, but no stranger that has its number now', async () => {
    const [left, old] = [workDirOf('left'), workDirOf('old')];
    for (const folder of [left, old]) await mkdir(folder, { recursive: true });
    const [orphan, stranger] = [living(left), living(old)];
    await noteChild(left, orphan.pid);
    await noteChild(old, stranger.pid);
    const note = path.join(old, 'child.json');
    const { started } = JSON.parse(await readFile(note, 'utf8')) as { started: string };
    await writeFile(note, JSON.stringify({ pid: stranger.pid, started: String(Number(started) - 1) }));
    await recovered();
    expect(await orphan.ended).toBe('SIGKILL');
    // A process that was killed is there for a moment still: what ends this one is ours.
    process.kill(stranger.pid, 'SIGTERM');
    expect(await stranger.ended).toBe('SIGTERM');
    // Nobody wants their folders: no spool speaks of them.
    expect(await readdir(attemptsFolder(dir))).toEqual([]);
  });

  it('ends no process of the original, and touches none of its files, where the folder is a copy', async () => {
    const { id, claim, spool } = await leftBehind();
    const trained = living(workDirOf(id));
    await noteChild(workDirOf(id), trained.pid);
    const file = path.join(workDirOf(id), 'checkpoint-9.bin');
    await writeFile(file, 'weights of step 9');
    await spool.noteCheckpoint({ path: file, step: 9, trainingEpoch: 1 });
    await spool.append({ kind: 'ARTIFACT', name: 'model.zip', path: path.join(workDirOf(id), 'model.zip') });
    await spool.close();
    const original = dir;
    dir = await mkdtemp(path.join(os.tmpdir(), 'trainyard-recovery-copy-'));
    await cp(original, dir, { recursive: true });
    await writeFile(path.join(workDirOf(id), 'model.zip'), 'the copy');
    await writeFile(file, 'weights that the original has written since');
    await recovered();
    expect(peer.attempt(id).checkpoints).toEqual([{ claim, step: 9, bytes: Buffer.from('weights of step 9') }]);
    expect(await readdir(attemptsFolder(dir))).toEqual([]);
    expect(await readFile(file, 'utf8')).toBe('weights that the original has written since');
    process.kill(trained.pid, 'SIGTERM');
    expect(await trained.ended).toBe('SIGTERM');
    await rm(original, { recursive: true });
  });

  it('finds what it must deliver where its folder was moved', async () => {
    const { id, claim, spool } = await leftBehind();
    const file = path.join(workDirOf(id), 'checkpoint-9.bin');
    await writeFile(file, 'weights of step 9');
    await spool.append({ kind: 'CHECKPOINT', checkpoint: { path: file, step: 9, trainingEpoch: 1 } });
    await spool.close();
    const moved = `${dir}-moved`;
    await rename(dir, moved);
    dir = moved;
    await recovered();
    expect(peer.attempt(id).checkpoints).toEqual([{ claim, step: 9, bytes: Buffer.from('weights of step 9') }]);
    expect(await readdir(attemptsFolder(dir))).toEqual([]);
  });
});
