import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { PeerApi, TOKEN } from '../test/peer-api.ts';
import { DatasetFiles } from './datasets/dataset-files.ts';
import { ApiClient } from './link/api-client.ts';
import { RunnerMetrics } from './monitor/metrics.ts';
import { interruptedInspections, runInspection } from './run-inspection.ts';
import { temporaryFolder } from './machine/runner-folder.ts';

const CHILD = fileURLToPath(new URL('../test/test-child.ts', import.meta.url));

let dir: string;
let peer: PeerApi;
let api: ApiClient;

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'trainyard-inspection-'));
  await mkdir(temporaryFolder(dir));
  peer = await new PeerApi().up();
  api = new ApiClient({ apiUrl: peer.url, token: TOKEN, metrics: new RunnerMetrics() });
});
afterEach(async () => {
  api.close();
  await peer.away();
  await rm(dir, { recursive: true, force: true });
});

/** Inspects a table as a runner that holds its claim. */
async function inspect(claim = 1, content = '1,2\n3,4\n', signal = new AbortController().signal): Promise<string> {
  const digest = peer.addBlob(content);
  const id = peer.addInspection({ kind: 'CSV', source: 'UPLOAD', files: [{ role: 'TABLE', digest, size: content.length, name: 'table.csv' }] });
  const inspection = peer.inspections.get(id);
  if (inspection === undefined) throw new Error('The peer forgot the inspection');
  inspection.claim = 1;
  const files = new DatasetFiles({ api, dir, datasetPaths: [], cacheMiB: 100 });
  const deps = { api, files, log: pino({ level: 'silent' }), dir, childPath: CHILD, memoryMiB: 1_000 };
  await runInspection(id, { ...inspection.given, claim }, deps, signal);
  return id;
}

describe('an inspection', () => {
  it('ends at once with the reason when the api finds fault with its summary', async () => {
    peer.refuseSummaries = true;
    const id = await inspect();
    expect(peer.inspections.get(id)?.finishes).toEqual([{ claim: 1, summary: null, error: { code: 'INTERNAL', params: { reason: 'SUMMARY_REFUSED' } } }]);
    expect(await interruptedInspections(dir)).toEqual([]);
  });

  it('tells of a crash that it was one, and nothing of the machine it happened on', async () => {
    const id = await inspect(1, 'crash');
    expect(peer.inspections.get(id)?.finishes).toEqual([{ claim: 1, summary: null, error: { code: 'INTERNAL', params: { reason: 'CRASHED' } } }]);
  });

  it('tells of a file that takes more memory than there is that it is too large', async () => {
    const id = await inspect(1, 'heap');
    expect(peer.inspections.get(id)?.finishes).toEqual([
      { claim: 1, summary: null, error: { code: 'DATASET_TOO_LARGE', params: { reason: 'MEMORY_REFUSED', limit: 1_000 * 1024 * 1024 } } },
    ]);
  });

  it('is known to the next life of a runner that stops in its middle', async () => {
    const id = await inspect(1, '1,2\n', AbortSignal.abort());
    expect(peer.inspections.get(id)?.finishes).toEqual([]);
    expect(await interruptedInspections(dir)).toEqual([id]);
    expect(await interruptedInspections(dir)).toEqual([]);
  });

  it('tells how far it is', async () => {
    const id = await inspect(1, 'slow');
    expect(peer.inspections.get(id)).toMatchObject({ shares: [0.5], finishes: [{ error: null }] });
  });

  it('ends in the middle of a large file when nobody waits for it any more', async () => {
    const id = await inspect(0, 'large');
    expect(peer.inspections.get(id)).toMatchObject({ shares: [], finishes: [] });
    expect(await interruptedInspections(dir)).toEqual([]);
  });

  it('is let go of when it was given to somebody else', async () => {
    const id = await inspect(0);
    expect(peer.inspections.get(id)?.finishes).toEqual([]);
    expect(await interruptedInspections(dir)).toEqual([]);
  });
});
