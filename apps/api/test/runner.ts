import type {
  ClaimReply,
  EngineReport,
  ErrorCode,
  FinishRequest,
  HeartbeatReply,
  HelloReply,
  MetricBatch,
  ReportReply,
  ReportRequest,
  RunResult,
} from '@trainyard/domain';
import { createHash } from 'node:crypto';
import type { TestTrainyard } from './trainyard.ts';

export const CPU_ENGINE: EngineReport = {
  engine: 'CPU',
  available: true,
  reason: null,
  device: '2 x x86-64 cores',
  isGpu: false,
  layers: ['DENSE', 'CONV2D', 'MAX_POOL2D', 'DROPOUT'],
  samplesPerSecond: { MLP: 1000 },
  versions: { tfjs: '4.22.0' },
};
export const GPU_ENGINE: EngineReport = { ...CPU_ENGINE, engine: 'WEBGPU', device: 'A GPU', isGpu: true };

export const RESULT: RunResult = {
  metrics: [
    { split: 'TRAIN', name: 'accuracy', value: 0.99 },
    { split: 'TEST', name: 'accuracy', value: 0.97 },
  ],
  confusion: {
    split: 'TEST',
    classes: ['0', '1'],
    counts: [
      [5, 1],
      [0, 4],
    ],
  },
  sampleCounts: { train: 90, validation: 10, test: 10 },
  steps: 10,
  samplesPerSecond: 100,
  flopsPerSecond: 1e6,
  trainMs: 1000,
  datasetDigest: 'd'.repeat(64),
  parameterCount: 13,
};

/** What came back of a refused request. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: ErrorCode,
    readonly params: Record<string, unknown>,
  ) {
    super(`${status} ${code} ${JSON.stringify(params)}`);
  }
}

/** Speaks the job contract over real HTTP, one request a method, as a runner does. */
export class TestRunner {
  id = '';
  token: string;

  constructor(
    private readonly trainyard: TestTrainyard,
    readonly name: string,
  ) {
    this.token = trainyard.config.runnerToken ?? '';
  }

  static async online(trainyard: TestTrainyard, overrides: { name?: string; engines?: EngineReport[]; concurrency?: number } = {}): Promise<TestRunner> {
    const runner = new TestRunner(trainyard, overrides.name ?? 'runner-1');
    await runner.hello(overrides.engines ?? [CPU_ENGINE], overrides.concurrency ?? 1);
    return runner;
  }

  async hello(engines: EngineReport[], concurrency = 1): Promise<void> {
    const reply = await this.post<HelloReply>('hello', { name: this.name, version: '0.1.0', host: 'test', cores: 2, memoryMiB: 4096, concurrency, engines });
    this.id = reply.runnerId;
  }

  claim(attemptId: string): Promise<ClaimReply> {
    return this.post(`attempts/${attemptId}/claim`, { runnerId: this.id });
  }

  report(attemptId: string, report: Partial<ReportRequest> & Pick<ReportRequest, 'claim' | 'seq'>): Promise<ReportReply> {
    return this.post(`attempts/${attemptId}/report`, { progress: null, metrics: [], logs: [], ...report });
  }

  finish(attemptId: string, finish: Partial<FinishRequest> & Pick<FinishRequest, 'claim' | 'outcome'>): Promise<unknown> {
    return this.post(`attempts/${attemptId}/finish`, { failure: null, result: null, ...finish });
  }

  async heartbeat(...attempts: { attemptId: string; claim: number }[]): Promise<string[]> {
    const reply = await this.post<HeartbeatReply>('heartbeat', { runnerId: this.id, attempts });
    return reply.attempts.map((attempt) => attempt.verdict);
  }

  put<T = { digest: string; size: number }>(path: string, bytes: Buffer, digest = createHash('sha256').update(bytes).digest('hex')): Promise<T> {
    return this.send('PUT', path, bytes, { 'content-type': 'application/octet-stream', 'x-content-sha256': digest });
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.send('POST', path, JSON.stringify(body), { 'content-type': 'application/json' });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${this.trainyard.url}/runner/v1/${path}`, { headers: { authorization: `Bearer ${this.token}`, ...headers } });
  }

  private async send<T>(method: string, path: string, body: string | Buffer, headers: Record<string, string>): Promise<T> {
    const response = await fetch(`${this.trainyard.url}/runner/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, ...headers },
      body: new Uint8Array(Buffer.from(body)),
    });
    const reply = (await response.json()) as T & { code: ErrorCode; params: Record<string, unknown> };
    if (response.status !== 200) throw new Refused(response.status, reply.code, reply.params);
    return reply;
  }
}

/** Points of one series at steps `from`..`to`. */
export function points(series: MetricBatch['series'], from: number, to: number, valueOf: (step: number) => number = (step) => 1 / step): MetricBatch {
  const steps = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return { series, steps, values: steps.map(valueOf) };
}

export const codeOf = async (refused: Promise<unknown>): Promise<string> =>
  refused.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof Refused ? error.code : String(error)),
  );
