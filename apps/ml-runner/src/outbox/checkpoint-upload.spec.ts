import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { until } from '../../test/until.ts';
import { ApiAway, ApiRefusal, type ApiClient } from '../link/api-client.ts';
import { CheckpointUploads } from './checkpoint-upload.ts';
import { Spool } from './spool.ts';

let folder: string;
let spool: Spool;
let happened: string[];
let uploads: CheckpointUploads;
let answers: (Error | null)[];
/** There are reports that are not in the spool yet. */
let gathered: boolean;
/** Holds up what is written of them. */
let writing: Promise<void>;
/** Holds up an upload until it is let go. */
let gate: Promise<void>;

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'trainyard-upload-'));
  spool = await Spool.create(folder, { attemptId: 'a', claim: 2, title: 't', workDir: folder });
  [happened, answers, gate, gathered, writing] = [[], [], Promise.resolve(), false, Promise.resolve()];
  const api = {
    putCheckpoint: async (_id: string, at: { step: number }) => {
      happened.push(`put ${at.step}`);
      await gate;
      const refusal = answers.shift();
      if (refusal) throw refusal;
    },
  } as unknown as ApiClient;
  uploads = new CheckpointUploads({
    api,
    spool,
    log: pino({ level: 'silent' }),
    flushReports: async () => {
      if (!gathered) return;
      gathered = false;
      happened.push('flush');
      await writing;
      await spool.append({ kind: 'REPORT', body: { claim: 2, seq: happened.length, progress: null, metrics: [], logs: [] } });
    },
    onFenced: () => happened.push('fenced'),
    onRefused: (reason) => happened.push(`refused: ${reason}`),
  });
});
afterEach(async () => {
  await uploads.stop();
  await spool.discard();
  await rm(folder, { recursive: true, force: true });
});

async function offer(step: number): Promise<void> {
  const file = path.join(folder, `${step}.bin`);
  await writeFile(file, `weights ${step}`);
  gathered = true;
  uploads.offer({ path: file, step, trainingEpoch: 1 });
}
/** The api takes reports as they come. */
async function takeReports(): Promise<void> {
  await spool.untilRecord(AbortSignal.timeout(5_000));
  while (spool.pendingRecords > 0) {
    happened.push('report taken');
    await spool.acknowledge();
  }
}

describe('a checkpoint', () => {
  it('travels once the figures of its steps are stored, and is then noted as stored', async () => {
    await offer(10);
    await until('the reports are written', () => happened.includes('flush'));
    await until('it is noted', () => spool.unstoredCheckpoint?.step === 10);
    await takeReports();
    await until('it is stored', () => spool.unstoredCheckpoint === null);
    expect(happened).toEqual(['flush', 'report taken', 'put 10']);
  });

  it('is in the spool only behind the reports of its steps: whoever finds it there repeats none of them', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    writing = promise;
    await offer(10);
    await until('the reports are being written', () => happened.includes('flush'));
    expect(spool.unstoredCheckpoint).toBeNull();
    resolve();
    await until('it is noted', () => spool.unstoredCheckpoint?.step === 10);
    expect(spool.pendingRecords).toBe(1);
    await takeReports();
  });

  it('that came while another travelled travels next, and of several the newest alone', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    await offer(10);
    await until('the reports are written', () => happened.includes('flush'));
    await takeReports();
    await until('the first travels', () => happened.includes('put 10'));
    await offer(20);
    await offer(30);
    resolve();
    await takeReports();
    await until('the newest is stored', () => spool.unstoredCheckpoint === null);
    expect(happened.filter((what) => what.startsWith('put'))).toEqual(['put 10', 'put 30']);
  });

  it.each<[string, Error]>([
    ['is away', new ApiAway('gone')],
    ['does not know the runner', new ApiRefusal(401, 'RUNNER_UNKNOWN', 'who?')],
  ])('travels again when the api %s', async (_, error) => {
    answers = [error];
    await offer(10);
    await takeReports();
    await until('it is stored', () => spool.unstoredCheckpoint === null);
    expect(happened.filter((what) => what.startsWith('put'))).toEqual(['put 10', 'put 10']);
  });

  it('gives way to a newer one when it could not be sent', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    [gate, answers] = [promise, [new ApiAway('gone')]];
    await offer(10);
    await takeReports();
    await until('the first travels', () => happened.includes('put 10'));
    await offer(20);
    resolve();
    await takeReports();
    await until('the newer one is stored', () => spool.unstoredCheckpoint === null);
    expect(happened.filter((what) => what.startsWith('put'))).toEqual(['put 10', 'put 20']);
  });

  it('that is refused is told, and one that is fenced ends it', async () => {
    answers = [new ApiRefusal(507, 'STORAGE_FULL', 'full')];
    await offer(10);
    await takeReports();
    await until('the refusal is told', () => happened.includes('refused: full'));
    answers = [new ApiRefusal(409, 'FENCED', 'over')];
    await offer(20);
    await takeReports();
    await until('the fence is told', () => happened.includes('fenced'));
    expect(spool.unstoredCheckpoint?.step).toBe(20);
  });
});
