import { createHash, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type {
  ClaimReply,
  FinishRequest,
  HeartbeatRequest,
  HelloRequest,
  InspectionClaimReply,
  InspectionFinishRequest,
  InspectionProgressRequest,
  ReportRequest,
  Verdict,
} from '@trainyard/domain';

export const TOKEN = 'test-token';

interface PeerAttempt {
  given: Omit<ClaimReply, 'claim'>;
  /** Raised by each claim; a write with another one is fenced. */
  claim: number;
  claimable: boolean;
  /** How often it was asked for. */
  asked: number;
  cancel: boolean;
  reports: ReportRequest[];
  redelivered: number;
  checkpoints: { claim: number; step: number; bytes: Buffer }[];
  artifacts: { name: string; content: string }[];
  finishes: FinishRequest[];
}

interface PeerInspection {
  given: Omit<InspectionClaimReply, 'claim'>;
  claim: number;
  claimable: boolean;
  /** How far it was told to be. */
  shares: number[];
  finishes: InspectionFinishRequest[];
}

/**
 * The other side of the job contract, made for these tests: in memory, and strict about epochs, order and digests.
 * What breaks the contract is collected in `violations`, which every test expects to be empty.
 */
export class PeerApi {
  readonly attempts = new Map<string, PeerAttempt>();
  readonly inspections = new Map<string, PeerInspection>();
  readonly blobs = new Map<string, Buffer>();
  readonly hellos: HelloRequest[] = [];
  readonly violations: string[] = [];
  heartbeats = 0;
  /** What each answer to a heartbeat says besides. */
  lateVerdicts: { attemptId: string; claim: number; verdict: Verdict }[] = [];
  /** Where each download began. */
  readonly ranges: number[] = [];
  requests = 0;
  runnerId: string = randomUUID();
  /** Does the work of the next so many requests whose path matches, and then cuts the connection instead of answering. */
  loseReplies: { path: RegExp; count: number } | null = null;
  /** Answers artifacts with this status instead of storing them. */
  refuseArtifacts: number | null = null;
  refusedArtifacts = 0;
  /** What the last heartbeat said is held. */
  held: HeartbeatRequest['attempts'] = [];
  /** Is an api of before contract 5: of `claim` and `epoch` it knows the second. */
  isOfBefore = false;
  /** Finds fault with every result. */
  refuseResults = false;
  /** Finds fault with every dataset's summary. */
  refuseSummaries = false;
  /** Answers reports with "the disk is full". */
  diskFull = false;
  /** Cuts the next download after so many bytes, once they have arrived: a cut loses what is still on its way. */
  cutDownload: { bytes: number; arrived: () => Promise<unknown> } | null = null;
  private server: http.Server | null = null;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Listens, on the same port as before when it was away. */
  async up(): Promise<this> {
    this.server = http.createServer((request, reply) => void this.handle(request, reply));
    await new Promise<void>((resolve, reject) => {
      this.server?.once('error', reject);
      this.server?.listen(this.port, '127.0.0.1', resolve);
    });
    this.port = (this.server.address() as AddressInfo).port;
    return this;
  }

  /** Gone at once: connections are refused and cut. */
  async away(): Promise<void> {
    const server = this.server;
    if (server === null) return;
    this.server = null;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  addAttempt(given: Omit<ClaimReply, 'claim'>, id: string = randomUUID()): string {
    this.attempts.set(id, {
      given,
      claim: 0,
      claimable: true,
      asked: 0,
      cancel: false,
      reports: [],
      redelivered: 0,
      checkpoints: [],
      artifacts: [],
      finishes: [],
    });
    return id;
  }
  addInspection(dataset: InspectionClaimReply['dataset'], id: string = randomUUID()): string {
    this.inspections.set(id, { given: { leaseSeconds: 15, dataset }, claim: 0, claimable: true, shares: [], finishes: [] });
    return id;
  }
  addBlob(content: string | Buffer): string {
    const bytes = Buffer.from(content);
    const digest = createHash('sha256').update(bytes).digest('hex');
    this.blobs.set(digest, bytes);
    return digest;
  }

  attempt(id: string): PeerAttempt {
    const found = this.attempts.get(id);
    if (found === undefined) throw new Error(`No attempt ${id}`);
    return found;
  }
  /** Gives the attempt to somebody else. */
  fence(id: string): void {
    this.attempt(id).claim += 1;
  }
  /** Claims for a run that a test starts without a runner. */
  claimFor(id: string): ClaimReply {
    const attempt = this.attempt(id);
    attempt.claimable = false;
    attempt.claim += 1;
    return { ...attempt.given, claim: attempt.claim };
  }
  /** All steps reported for a series, in the order they were stored. */
  steps(id: string, claim?: number): number[] {
    return this.attempt(id)
      .reports.filter((report) => claim === undefined || report.claim === claim)
      .flatMap((report) => report.metrics.flatMap((batch) => batch.steps));
  }
  logs(id: string): string[] {
    return this.attempt(id).reports.flatMap((report) => report.logs.map(({ text }) => text));
  }

  private async handle(request: http.IncomingMessage, reply: http.ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    try {
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    } catch {
      return;
    }
    this.requests += 1;
    const url = new URL(request.url ?? '/', this.url);
    const answer = request.headers.authorization === `Bearer ${TOKEN}` ? this.answer(request, url, Buffer.concat(chunks)) : refusal(401, 'UNAUTHENTICATED');
    if (this.loseReplies !== null && this.loseReplies.count > 0 && this.loseReplies.path.test(url.pathname)) {
      this.loseReplies.count -= 1;
      request.socket.destroy();
      return;
    }
    if (answer.bytes !== undefined) return this.sendBlob(request, reply, answer.bytes);
    reply.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.json));
  }

  private answer(request: http.IncomingMessage, url: URL, body: Buffer): Answer {
    const [, , version, kind, id, verb, name] = url.pathname.split('/').map(decodeURIComponent);
    if (version !== 'v1') return refusal(404, 'NOT_FOUND');
    const json = (): unknown => this.heard(JSON.parse(body.toString('utf8')) as object);
    switch (kind) {
      case 'hello':
        this.hellos.push(json() as HelloRequest);
        return ok({ runnerId: this.runnerId, leaseSeconds: 15 });
      case 'heartbeat':
        return this.heartbeat(json() as HeartbeatRequest);
      case 'blobs': {
        const bytes = this.blobs.get(id ?? '');
        return bytes === undefined ? refusal(404, 'NOT_FOUND') : { status: 200, json: null, bytes };
      }
      case 'inspections':
        return this.inspection(id ?? '', verb ?? '', json());
      case 'attempts':
        if (request.method === 'PUT') return this.store(id ?? '', verb ?? '', name ?? '', url, request, body);
        return this.attemptVerb(id ?? '', verb ?? '', json());
      default:
        return refusal(404, 'NOT_FOUND');
    }
  }

  /** A runner says its claim under both names. */
  private heard<T extends { claim?: number; epoch?: number }>({ claim, epoch, ...rest }: T): T {
    if (claim !== epoch) this.violations.push(`a claim is said as ${claim} and ${epoch}`);
    return { ...rest, ...(claim !== undefined && { claim: this.isOfBefore ? epoch : claim }) } as T;
  }
  private told({ claim, ...rest }: { claim: number }): object {
    return { ...rest, [this.isOfBefore ? 'epoch' : 'claim']: claim };
  }

  private heartbeat(beat: HeartbeatRequest): Answer {
    this.heartbeats += 1;
    if (beat.runnerId !== this.runnerId) return refusal(401, 'RUNNER_UNKNOWN');
    const verdict = (attemptId: string, claim: number): Verdict => {
      const attempt = this.attempts.get(attemptId);
      if (attempt === undefined || attempt.claim !== claim || attempt.finishes.length > 0) return 'FENCED';
      return attempt.cancel ? 'CANCEL' : 'CONTINUE';
    };
    this.held = beat.attempts.map((one) => this.heard(one));
    const attempts = this.held.map(({ attemptId, claim }) => ({ attemptId, claim, verdict: verdict(attemptId, claim) }));
    return ok({ attempts: attempts.concat(this.lateVerdicts).map((one) => this.told(one)) });
  }

  private attemptVerb(id: string, verb: string, body: unknown): Answer {
    const attempt = this.attempts.get(id);
    if (attempt === undefined) return refusal(404, 'NOT_FOUND');
    if (verb === 'claim') {
      attempt.asked += 1;
      if ((body as { runnerId: string }).runnerId !== this.runnerId) return refusal(401, 'RUNNER_UNKNOWN');
      return attempt.claimable ? ok(this.told(this.claimFor(id))) : refusal(409, 'NOT_CLAIMABLE');
    }
    if ((body as { claim: number }).claim !== attempt.claim) return refusal(409, 'FENCED');
    if (verb === 'report' && this.diskFull) return refusal(507, 'STORAGE_FULL');
    if (verb === 'report') return this.report(id, attempt, body as ReportRequest);
    const finish = body as FinishRequest;
    if (this.refuseResults && finish.result !== null) return refusal(400, 'BAD_INPUT');
    if (attempt.claimable) return refusal(409, 'FENCED');
    if (attempt.finishes.some(({ claim }) => claim === finish.claim)) return ok({ accepted: true });
    attempt.finishes.push(finish);
    return ok({ accepted: true });
  }

  private report(id: string, attempt: PeerAttempt, report: ReportRequest): Answer {
    const last = attempt.reports.filter(({ claim }) => claim === report.claim).at(-1)?.seq ?? -1;
    if (report.seq <= last) attempt.redelivered += 1;
    else {
      if (report.seq !== last + 1) this.violations.push(`attempt ${id}: report ${report.seq} came after ${last}`);
      for (const batch of report.metrics) {
        if (batch.steps.length !== batch.values.length) this.violations.push(`attempt ${id}: ${batch.steps.length} steps, ${batch.values.length} values`);
        if (batch.steps.some((step, at) => at > 0 && step <= (batch.steps[at - 1] ?? 0))) this.violations.push(`attempt ${id}: steps of a batch do not rise`);
      }
      const lines = attempt.reports.filter(({ claim }) => claim === report.claim).flatMap(({ logs }) => logs).length;
      if (report.logs.some(({ line }, at) => line !== lines + at)) this.violations.push(`attempt ${id}: log lines are not in order`);
      attempt.reports.push(report);
    }
    return ok({ verdict: attempt.cancel ? 'CANCEL' : 'CONTINUE', leaseSeconds: 15 });
  }

  private store(id: string, verb: string, name: string, url: URL, request: http.IncomingMessage, body: Buffer): Answer {
    const attempt = this.attempts.get(id);
    if (attempt === undefined) return refusal(404, 'NOT_FOUND');
    const { claim } = this.heard({ claim: Number(url.searchParams.get('claim')), epoch: Number(url.searchParams.get('epoch')) });
    if (claim !== attempt.claim) return refusal(409, 'FENCED');
    const digest = createHash('sha256').update(body).digest('hex');
    if (digest !== request.headers['x-content-sha256']) return refusal(400, 'DIGEST_MISMATCH');
    if (attempt.finishes.length > 0) this.violations.push(`attempt ${id}: ${verb} came after the finish`);
    if (verb === 'checkpoint') attempt.checkpoints.push({ claim, step: Number(url.searchParams.get('step')), bytes: body });
    else if (this.refuseArtifacts !== null) {
      this.refusedArtifacts += 1;
      return refusal(this.refuseArtifacts, 'STORAGE_FULL');
    } else attempt.artifacts.push({ name, content: body.toString('utf8') });
    return ok({ digest, size: body.length });
  }

  private inspection(id: string, verb: string, body: unknown): Answer {
    const inspection = this.inspections.get(id);
    if (inspection === undefined) return refusal(404, 'NOT_FOUND');
    if (verb === 'claim') {
      if (!inspection.claimable) return refusal(409, 'NOT_CLAIMABLE');
      inspection.claimable = false;
      inspection.claim += 1;
      return ok(this.told({ ...inspection.given, claim: inspection.claim }));
    }
    if (verb === 'progress') {
      const { claim, share } = body as InspectionProgressRequest;
      if (claim !== inspection.claim) return refusal(409, 'FENCED');
      inspection.shares.push(share);
      return ok({ accepted: true });
    }
    const finish = body as InspectionFinishRequest;
    if (finish.claim !== inspection.claim) return refusal(409, 'FENCED');
    if (this.refuseSummaries && finish.summary !== null) return refusal(400, 'BAD_INPUT');
    inspection.finishes.push(finish);
    return ok({ accepted: true });
  }

  private sendBlob(request: http.IncomingMessage, reply: http.ServerResponse, bytes: Buffer): void {
    const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
    const rest = bytes.subarray(from);
    this.ranges.push(from);
    reply.writeHead(from > 0 ? 206 : 200, { 'content-length': rest.length });
    const cut = this.cutDownload;
    if (cut === null) {
      reply.end(rest);
      return;
    }
    this.cutDownload = null;
    reply.write(rest.subarray(0, cut.bytes));
    void cut.arrived().finally(() => request.socket.end());
  }
}

interface Answer {
  status: number;
  json: unknown;
  bytes?: Buffer;
}
const ok = (json: unknown): Answer => ({ status: 200, json });
const refusal = (status: number, code: string): Answer => ({ status, json: { code, message: `${code} says the test's api` } });
