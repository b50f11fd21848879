import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { ReportRequest } from '@trainyard/domain';
import { Reporter } from './report.ts';
import { Spool } from './spool.ts';

let folder: string;
let spool: Spool;
let reporter: Reporter;
let dropped: number;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'trainyard-report-'));
  spool = await Spool.create(folder, { attemptId: 'a', claim: 2, title: 't', workDir: folder });
  dropped = 0;
  reporter = new Reporter({ spool, claim: 2, spoolMiB: 1, onDropped: (points) => (dropped += points) });
});
afterEach(async () => {
  reporter.stop();
  await spool.discard();
  await rm(folder, { recursive: true, force: true });
});

async function reports(): Promise<ReportRequest[]> {
  await reporter.flush();
  const all: ReportRequest[] = [];
  for (let head = await spool.head(); head !== null; head = await spool.head()) {
    if (head.kind === 'REPORT') all.push(head.body);
    await spool.acknowledge();
  }
  return all;
}
const from = (first: number, count: number) => Array.from({ length: count }, (_, at) => first + at);
const loss = (first: number, count: number) => ({ series: 'LOSS' as const, steps: from(first, count), values: from(first, count) });

describe('Reporter', () => {
  it('joins batches of a series, keeps steps rising inside one, and numbers reports', async () => {
    reporter.metrics([loss(1, 2), { series: 'ACCURACY', steps: [2], values: ['NaN'] }]);
    reporter.metrics([loss(3, 2)]);
    reporter.metrics([loss(2, 2)]);
    const [first, ...others] = await reports();
    expect(others).toEqual([]);
    expect(first).toMatchObject({ claim: 2, seq: 0 });
    expect(first?.metrics).toEqual([loss(1, 4), { series: 'ACCURACY', steps: [2], values: ['NaN'] }, loss(2, 2)]);
    reporter.metrics([{ ...loss(5, 1), series: 'step time', unit: 'ms' }]);
    const [next] = await reports();
    expect(next?.seq).toBe(1);
    expect(next?.metrics).toEqual([{ ...loss(5, 1), series: 'step time', unit: 'ms' }]);
  });

  it('says nothing when there is nothing to say', async () => {
    expect(await reports()).toEqual([]);
  });

  it('cuts what is too much for one request, in order and without losing a point or a line', async () => {
    reporter.metrics([loss(1, 25_000)]);
    for (const line of from(0, 1_200)) reporter.log('OUT', `line ${line}`);
    const all = await reports();
    expect(all.map(({ seq }) => seq)).toEqual(from(0, all.length));
    expect(all.flatMap(({ metrics }) => metrics.flatMap(({ steps }) => steps))).toEqual(from(1, 25_000));
    // As much as the api takes at once, and no point more.
    expect(all.map(({ metrics }) => metrics.reduce((sum, { steps }) => sum + steps.length, 0)).filter((points) => points > 0)).toEqual([10_000, 10_000, 5_000]);
    expect(all.flatMap(({ logs }) => logs.map(({ line }) => line))).toEqual(from(0, 1_200));
    for (const part of all) expect(JSON.stringify(part).length).toBeLessThan(1024 * 1024);
  });

  it('sends environment and resume once, and the newest progress', async () => {
    const progress = {
      phase: 'TRAINING' as const,
      step: 1,
      totalSteps: 9,
      trainingEpoch: 1,
      totalEpochs: 1,
      samplesPerSecond: null,
      elapsedMs: 1,
      remainingMs: null,
    };
    reporter.environment({ engine: 'CPU', device: 'd', isGpu: false, versions: {}, host: 'h', parameterCount: 1 });
    reporter.resumed(7);
    reporter.progress(progress);
    reporter.progress({ ...progress, step: 2 });
    expect(await reports()).toEqual([
      expect.objectContaining({ resumedFromStep: 7, environment: expect.objectContaining({ device: 'd' }), progress: { ...progress, step: 2 } }),
    ]);
    reporter.metrics([loss(1, 1)]);
    const [next] = await reports();
    expect(next).toMatchObject({ progress: null });
    expect(next?.environment).toBeUndefined();
    expect(next?.resumedFromStep).toBeUndefined();
  });

  it('drops output that comes faster than it can be told, says so, and never drops its own lines', async () => {
    for (const line of from(0, 5_000)) reporter.log('OUT', `line ${line}`);
    reporter.log('RUNNER', 'why it ended');
    const texts = (await reports()).flatMap(({ logs }) => logs.map(({ text }) => text));
    expect(texts).toHaveLength(2_002);
    expect(texts).toContain('why it ended');
    expect(texts.at(-1)).toMatch(/^Lines of output dropped: 3000\./);
  });

  it('drops points when the spool is full, and says so when there is room again', async () => {
    for (const part of from(0, 12)) {
      reporter.metrics([loss(1 + part * 10_000, 10_000)]);
      await reporter.flush();
    }
    expect(dropped).toBeGreaterThan(0);
    const kept = (await reports()).flatMap(({ metrics }) => metrics.flatMap(({ steps }) => steps)).length;
    expect(kept + dropped).toBe(120_000);
    reporter.metrics([loss(200_000, 1)]);
    const after = await reports();
    expect(after.flatMap(({ logs }) => logs.map(({ text }) => text))).toEqual([expect.stringMatching(new RegExp(`^Metric points dropped: ${dropped}\\.`))]);
  });

  it('reports by itself, without being told to', async () => {
    reporter.metrics([loss(1, 1)]);
    await spool.untilRecord(AbortSignal.timeout(5_000));
    expect(spool.pendingRecords).toBe(1);
  });
});
