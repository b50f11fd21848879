import { appendFile, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Spool, type SpoolRecord } from './spool.ts';

let folder: string;
let opened: Spool[];
const OWNER = { attemptId: 'a/1', claim: 3, title: 'TEST-1 run 1', workDir: '/tmp/nowhere' };

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'trainyard-spool-'));
  opened = [];
});
afterEach(async () => {
  await Promise.all(opened.map((spool) => spool.close()));
  await rm(folder, { recursive: true, force: true });
});

function track(spool: Spool): Spool {
  opened.push(spool);
  return spool;
}

const report = (seq: number, text = 'hello'): Extract<SpoolRecord, { kind: 'REPORT' }> => ({
  kind: 'REPORT',
  body: { claim: 3, seq, progress: null, metrics: [], logs: [{ line: seq, at: '2026-01-01T00:00:00.000Z', stream: 'OUT', text }] },
});
const FINISH: Extract<SpoolRecord, { kind: 'FINISH' }> = { kind: 'FINISH', body: { claim: 3, outcome: 'CANCELLED', failure: null, result: null } };

async function onlyFile(): Promise<string> {
  const [name, ...others] = await readdir(folder);
  expect(others).toEqual([]);
  return path.join(folder, name ?? '');
}
async function reopen(): Promise<Spool> {
  const spool = await Spool.reopen(await onlyFile(), '/tmp');
  if (spool === null) throw new Error('nothing to reopen');
  return track(spool);
}
async function drain(spool: Spool): Promise<SpoolRecord[]> {
  const records: SpoolRecord[] = [];
  for (let head = await spool.head(); head !== null; head = await spool.head()) {
    records.push(head);
    await spool.acknowledge();
  }
  return records;
}

describe('Spool', () => {
  it('gives back in order what was appended and not acknowledged, also to the next life', async () => {
    const first = track(await Spool.create(folder, OWNER));
    for (const seq of [0, 1, 2]) await first.append(report(seq));
    await first.append(FINISH);
    await first.acknowledge();
    expect(first.pendingRecords).toBe(3);
    // No close: as after a kill.
    const second = await reopen();
    expect(second.owner).toEqual(OWNER);
    expect(second.hasFinish).toBe(true);
    expect(second.pendingBytes).toBe(first.pendingBytes);
    expect(await drain(second)).toEqual([report(1), report(2), FINISH]);
    expect((await reopen()).pendingRecords).toBe(0);
  });

  it('gives back what a runner of before contract 5 wrote, which called a claim an epoch', async () => {
    const { claim, ...owner } = OWNER;
    const ofBefore = ({ body, ...record }: Extract<SpoolRecord, { kind: 'REPORT' | 'FINISH' }>): object => {
      const { claim: epoch, ...rest } = body;
      return { record: { ...record, body: { epoch, ...rest } } };
    };
    const lines = [{ open: { ...owner, epoch: claim } }, ofBefore(report(0)), ofBefore(report(1)), { acknowledged: 1 }, ofBefore(FINISH)];
    await writeFile(path.join(folder, 'a%2F1.3.jsonl'), lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    const spool = await reopen();
    expect(spool.owner).toEqual(OWNER);
    expect(await drain(spool)).toEqual([report(1), FINISH]);
  });

  it('goes on after a line torn by a power cut', async () => {
    const first = track(await Spool.create(folder, OWNER));
    await first.append(report(0));
    await appendFile(await onlyFile(), '{"record":{"kind":"REPO');
    const second = await reopen();
    expect(second.hasFinish).toBe(false);
    await second.append(FINISH);
    expect(await drain(await reopen())).toEqual([report(0), FINISH]);
  });

  it('overwrites the whole of a torn line, however long', async () => {
    const first = track(await Spool.create(folder, OWNER));
    await first.append(report(0));
    await appendFile(await onlyFile(), `{"record":${'x'.repeat(5_000)}`);
    await (await reopen()).append(report(1));
    const third = await reopen();
    await third.append(FINISH);
    expect(await drain(await reopen())).toEqual([report(0), report(1), FINISH]);
  });

  it('wakes who waits for a record, and who waits until all that is there was taken', async () => {
    const spool = track(await Spool.create(folder, OWNER));
    const signal = AbortSignal.timeout(5_000);
    const record = spool.untilRecord(signal);
    await spool.append(report(0));
    await record;
    await spool.append(report(1));
    let taken = 0;
    const delivered = spool.untilDelivered(signal).then(() => taken);
    // What comes later is not waited for.
    await spool.append(report(2));
    for (let i = 0; i < 2; i += 1) {
      taken += 1;
      await spool.acknowledge();
    }
    expect(await delivered).toBe(2);
    await drain(spool);
    await spool.untilDelivered(signal);
  });

  it('does not go back to a checkpoint that arrives after a newer one', async () => {
    const spool = track(await Spool.create(folder, OWNER));
    await spool.noteCheckpoint({ path: '/tmp/nowhere/20', step: 20, trainingEpoch: 2 });
    await spool.noteCheckpointStored(20);
    await spool.noteCheckpointStored(10);
    expect(spool.unstoredCheckpoint).toBeNull();
    expect((await reopen()).unstoredCheckpoint).toBeNull();
  });

  it('knows which checkpoint the api does not have', async () => {
    const first = track(await Spool.create(folder, OWNER));
    await first.noteCheckpoint({ path: '/tmp/nowhere/10', step: 10, trainingEpoch: 1 });
    await first.noteCheckpointStored(10);
    expect((await reopen()).unstoredCheckpoint).toBeNull();
    await first.noteCheckpoint({ path: '/tmp/nowhere/20', step: 20, trainingEpoch: 2 });
    expect((await reopen()).unstoredCheckpoint).toEqual({ path: '/tmp/nowhere/20', step: 20, trainingEpoch: 2 });
  });

  it('holds more than it keeps in memory', async () => {
    const spool = track(await Spool.create(folder, OWNER));
    const long = 'x'.repeat(1024 * 1024);
    for (let seq = 0; seq < 12; seq += 1) await spool.append(report(seq, long));
    expect((spool as unknown as { memory: number }).memory).toBeLessThanOrEqual(8 * 1024 * 1024);
    expect((await drain(spool)).map((record) => record.kind === 'REPORT' && record.body.seq)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  });

  it('does not grow for ever when the api keeps up', async () => {
    const spool = track(await Spool.create(folder, OWNER));
    await spool.noteCheckpoint({ path: '/tmp/nowhere/10', step: 10, trainingEpoch: 1 });
    const long = 'x'.repeat(512 * 1024);
    for (let seq = 0; seq < 20; seq += 1) {
      await spool.append(report(seq, long));
      await spool.acknowledge();
    }
    expect((await readFile(await onlyFile())).length).toBeLessThan(5 * 1024 * 1024);
    await spool.append(FINISH);
    const next = await reopen();
    expect(next.unstoredCheckpoint?.step).toBe(10);
    expect(await drain(next)).toEqual([FINISH]);
  });

  it('keeps records in memory when the disk takes no more, and tells', async () => {
    // The device that answers every write with "no space left".
    await symlink('/dev/full', path.join(folder, 'a%2F1.3.jsonl'));
    const spool = track(await Spool.create(folder, OWNER));
    const told = await new Promise<Error>((resolve) => spool.onDiskError(resolve));
    expect(told.message).toMatch(/ENOSPC/);
    await spool.append(report(0));
    await spool.append(FINISH);
    expect(await drain(spool)).toEqual([report(0), FINISH]);
  });

  it('leaves nothing when discarded', async () => {
    const spool = track(await Spool.create(folder, OWNER));
    await spool.append(report(0));
    await spool.discard();
    expect(await readdir(folder)).toEqual([]);
  });
});
