import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import type { FinishRequest, ReportRequest, RunResult, Verdict } from '@trainyard/domain';
import { ApiAway, ApiClient, ApiRefusal, type ApiClient as Api } from '../link/api-client.ts';
import { RunnerMetrics } from '../monitor/metrics.ts';
import { Outbox, withUpload } from './outbox.ts';
import { Spool, type SpoolRecord } from './spool.ts';

let folder: string;
let spool: Spool;
let verdicts: Verdict[];
let asked: string[];
let finishes: FinishRequest[];

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'trainyard-deliver-'));
  spool = await Spool.create(folder, { attemptId: 'a', claim: 2, title: 't', workDir: folder });
  [verdicts, asked, finishes] = [[], [], []];
});
afterEach(async () => {
  await spool.discard();
  await rm(folder, { recursive: true, force: true });
});

const FULL = new ApiRefusal(507, 'STORAGE_FULL', 'full');
const RESULT = { steps: 1 } as RunResult;
const report = (seq: number): SpoolRecord => ({ kind: 'REPORT', body: { claim: 2, seq, progress: null, metrics: [], logs: [] } });
const end = (outcome: FinishRequest['outcome']): SpoolRecord => ({
  kind: 'FINISH',
  body: { claim: 2, outcome, failure: outcome === 'FAILED' ? { code: 'DIVERGED', message: 'NaN' } : null, result: outcome === 'SUCCEEDED' ? RESULT : null },
});
/** An api that answers each request in turn as it is told, and well where it is not. */
function api(answers: Record<string, (Error | null)[]> = {}, wish: 'CONTINUE' | 'CANCEL' = 'CONTINUE'): Api {
  const answer = async <T>(what: string, reply: T): Promise<T> => {
    asked.push(what);
    const refusal = answers[what]?.shift();
    if (refusal) throw refusal;
    return reply;
  };
  return {
    report: (_id: string, body: ReportRequest) => answer(`report ${body.seq}`, { verdict: wish, leaseSeconds: 15 }),
    putArtifact: (_id: string, _epoch: number, name: string) => answer(`artifact ${name}`, {}),
    putCheckpoint: (_id: string, at: { step: number }) => answer(`checkpoint ${at.step}`, {}),
    finish: (_id: string, body: FinishRequest) => {
      finishes.push(body);
      return answer('finish', { accepted: true });
    },
  } as unknown as Api;
}
async function deliver(of: Api, ...records: SpoolRecord[]): Promise<boolean> {
  for (const record of records) await spool.append(record);
  return new Outbox({ api: of, spool, log: pino({ level: 'silent' }), onVerdict: (verdict) => verdicts.push(verdict) }).done;
}

describe('outbox', () => {
  it('sends each record once, in order, hears what the api wishes, and is done with the finish', async () => {
    const file = path.join(folder, 'model.zip');
    await writeFile(file, 'weights');
    const done = await deliver(
      api({}, 'CANCEL'),
      report(0),
      report(1),
      { kind: 'CHECKPOINT', checkpoint: { path: file, step: 7, trainingEpoch: 1 } },
      { kind: 'ARTIFACT', name: 'model.zip', path: file },
      end('SUCCEEDED'),
    );
    expect([done, asked, spool.pendingRecords]).toEqual([true, ['report 0', 'report 1', 'checkpoint 7', 'artifact model.zip', 'finish'], 0]);
    expect(verdicts).toEqual(['CANCEL', 'CANCEL']);
    expect(finishes).toEqual([{ claim: 2, outcome: 'SUCCEEDED', failure: null, result: RESULT }]);
  });

  it.each<[string, Error]>([
    ['is away', new ApiAway('no answer')],
    ['does not know the runner', new ApiRefusal(401, 'RUNNER_UNKNOWN', 'who?')],
    ['has a full disk', FULL],
    ['answers with something that nobody foresaw', new Error('odd')],
  ])('sends the same record again when the api %s', async (_, error) => {
    expect(await deliver(api({ 'report 0': [error], finish: [error] }), report(0), end('CANCELLED'))).toBe(true);
    expect(asked).toEqual(['report 0', 'report 0', 'finish', 'finish']);
    expect(finishes.at(-1)?.outcome).toBe('CANCELLED');
  });

  it('ends where it is fenced, says so, and sends nothing more', async () => {
    expect(await deliver(api({ 'report 1': [new ApiRefusal(409, 'FENCED', 'over')] }), report(0), report(1), report(2), end('SUCCEEDED'))).toBe(false);
    expect([asked, verdicts]).toEqual([
      ['report 0', 'report 1'],
      ['CONTINUE', 'FENCED'],
    ]);
  });

  it('drops a report that is refused for good and goes on', async () => {
    expect(await deliver(api({ 'report 0': [new ApiRefusal(400, 'BAD_INPUT', 'odd')] }), report(0), report(1), end('FAILED'))).toBe(true);
    expect(asked).toEqual(['report 0', 'report 1', 'finish']);
  });

  it("waits with what a run made while the api's disk is full, and loses nothing of it", async () => {
    const file = path.join(folder, 'model.zip');
    await writeFile(file, 'weights');
    expect(await deliver(api({ 'artifact model.zip': [FULL, FULL] }), { kind: 'ARTIFACT', name: 'model.zip', path: file }, end('SUCCEEDED'))).toBe(true);
    expect(asked).toEqual(['artifact model.zip', 'artifact model.zip', 'artifact model.zip', 'finish']);
    expect(finishes).toEqual([{ claim: 2, outcome: 'SUCCEEDED', failure: null, result: RESULT }]);
  });

  it('waits no longer once the run is cancelled', async () => {
    const file = path.join(folder, 'model.zip');
    await writeFile(file, 'weights');
    const full = api();
    let refused = 0;
    let cancel = (): void => undefined;
    full.putArtifact = () => {
      refused += 1;
      if (refused === 2) cancel();
      return Promise.reject(FULL);
    };
    await spool.append({ kind: 'ARTIFACT', name: 'model.zip', path: file });
    await spool.append(end('SUCCEEDED'));
    const outbox = new Outbox({ api: full, spool, log: pino({ level: 'silent' }), onVerdict: () => undefined });
    cancel = () => outbox.cancel();
    expect(await outbox.done).toBe(true);
    // Which the api calls cancelled: it was asked for.
    expect([refused, finishes]).toEqual([2, [expect.objectContaining({ outcome: 'FAILED', result: RESULT })]]);
  });

  it("gives up a checkpoint on the api's full disk: the end behind it cannot wait", async () => {
    const file = path.join(folder, 'checkpoint.bin');
    await writeFile(file, 'weights');
    await deliver(api({ 'checkpoint 7': [FULL] }), { kind: 'CHECKPOINT', checkpoint: { path: file, step: 7, trainingEpoch: 1 } }, end('FAILED'));
    expect(asked).toEqual(['checkpoint 7', 'finish']);
  });

  it.each<[string, FinishRequest['outcome'], Partial<FinishRequest>]>([
    [
      'a run that succeeded has failed',
      'SUCCEEDED',
      {
        outcome: 'FAILED',
        failure: { code: 'STORAGE_FULL', message: 'model.zip could not be stored by the api (TOO_LARGE): too large', params: { reason: 'SERVER_STORAGE' } },
      },
    ],
    ['a run that failed has failed for its own reason', 'FAILED', { outcome: 'FAILED', failure: { code: 'DIVERGED', message: 'NaN' } }],
  ])('of which the model could not be stored: %s', async (_, outcome, told) => {
    const file = path.join(folder, 'model.zip');
    await writeFile(file, 'weights');
    await deliver(
      api({ 'artifact model.zip': [new ApiRefusal(413, 'TOO_LARGE', 'too large')] }),
      { kind: 'ARTIFACT', name: 'model.zip', path: file },
      end(outcome),
    );
    expect(asked).toEqual(['artifact model.zip', 'finish']);
    expect(finishes).toEqual([expect.objectContaining(told)]);
  });

  it('tells an end that the api accepts when it refuses the true one', async () => {
    expect(await deliver(api({ finish: [new ApiRefusal(400, 'BAD_INPUT', 'too long')] }), end('SUCCEEDED'))).toBe(true);
    expect(finishes.slice(1)).toEqual([
      {
        claim: 2,
        outcome: 'FAILED',
        failure: { code: 'RUNNER_ERROR', message: "The api refused the run's SUCCEEDED end (BAD_INPUT): too long" },
        result: null,
      },
    ]);
  });

  it('leaves out a file that is gone', async () => {
    expect(await deliver(api(), { kind: 'CHECKPOINT', checkpoint: { path: path.join(folder, 'gone'), step: 1, trainingEpoch: 1 } }, end('CANCELLED'))).toBe(
      true,
    );
    expect(asked).toEqual(['finish']);
  });
});

it('ends what it sends where it is refused before all of it was sent', async () => {
  const file = path.join(folder, 'model.zip');
  const bytes = 64 * 1024 * 1024;
  await writeFile(file, Buffer.alloc(bytes));
  const closed = Promise.withResolvers<number>();
  const server = http.createServer((_request, reply) => reply.writeHead(507).end('{"code":"STORAGE_FULL"}'));
  // As long as the api waits for what does not come.
  server.keepAliveTimeout = 60_000;
  server.on('connection', (socket) => {
    socket.once('error', () => undefined);
    socket.once('close', () => closed.resolve(socket.bytesRead));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = new ApiClient({ apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 't', metrics: new RunnerMetrics() });
  const from = performance.now();
  await expect(withUpload(file, (upload) => client.putArtifact('a', 1, 'model.zip', upload))).rejects.toMatchObject({ status: 507 });
  expect(await closed.promise).toBeLessThan(bytes);
  // Not only when nothing moved for 15 s: it would be another connection for each try.
  expect(performance.now() - from).toBeLessThan(10_000);
  client.close();
  server.close();
});

describe("the api's answer", () => {
  let server: http.Server;
  let client: ApiClient;
  let answer: { status: number; body: string };

  beforeAll(async () => {
    server = http.createServer((request, reply) => {
      request.resume();
      reply.writeHead(answer.status).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    client = new ApiClient({ apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: 't', metrics: new RunnerMetrics() });
  });
  afterAll(() => {
    client.close();
    server.close();
  });

  it.each([
    [500, ApiAway],
    [502, ApiAway],
    [503, ApiAway],
    [408, ApiAway],
    [429, ApiAway],
    [507, ApiRefusal],
    [400, ApiRefusal],
    [401, ApiRefusal],
    [409, ApiRefusal],
  ])('%i is %p', async (status, kind) => {
    answer = { status, body: JSON.stringify({ code: 'SOME_CODE', message: 'why' }) };
    const error: unknown = await client.finish('a', { claim: 1, outcome: 'CANCELLED', failure: null, result: null }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(kind);
    if (error instanceof ApiRefusal) expect(error).toMatchObject({ status, code: 'SOME_CODE', message: 'why' });
  });

  it('is no answer when it is not of the api, or has no end', async () => {
    for (const body of ['<html>', `"${'x'.repeat(9 * 1024 * 1024)}"`]) {
      answer = { status: 200, body };
      await expect(client.hello({} as never)).rejects.toBeInstanceOf(ApiAway);
    }
  });
});
