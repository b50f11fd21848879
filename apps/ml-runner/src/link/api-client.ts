import { messageOf, withBothNames, withClaim } from '@trainyard/domain';
import http from 'node:http';
import https from 'node:https';
import type { FileHandle } from 'node:fs/promises';
import type {
  ClaimReply,
  FinishReply,
  FinishRequest,
  HeartbeatReply,
  HeartbeatRequest,
  HelloReply,
  HelloRequest,
  InspectionClaimReply,
  InspectionFinishRequest,
  InspectionProgressReply,
  InspectionProgressRequest,
  ReportReply,
  ReportRequest,
  StoredReply,
  TemplateSpec,
} from '@trainyard/domain';
import type { RunnerMetrics } from '../monitor/metrics.ts';

/** The api heard the request and refuses it: asking again the same way would not help. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiRefusal';
    this.status = status;
    this.code = code;
  }
}

/** No answer, or one that says "later" (5xx but 507, 408, 429): the same request may be sent again. */
export class ApiAway extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'ApiAway';
  }
}

export const isFenced = (error: unknown): boolean => error instanceof ApiRefusal && error.code === 'FENCED';

/** An api that accepts the connection and then says nothing is as good as away after this long, in milliseconds. */
const SILENCE_MS = 15_000;
/** A refusal's body is an object of a few fields; more than this is not from our api. */
const MAX_REPLY_BYTES = 8 * 1024 * 1024;

interface Body {
  content: string | NodeJS.ReadableStream;
  length: number;
  headers: Record<string, string>;
}

/** A file to send: opened once, so that what was hashed is what travels even when a newer file takes its name meanwhile. */
export interface Upload {
  file: FileHandle;
  size: number;
  /** sha256 of the content, in hex. */
  digest: string;
}

/** The runner's side of the job contract (libs/domain, training/contract.ts): one method per request, no retries of its own. */
export class ApiClient {
  private readonly base: URL;
  private readonly agent: http.Agent;
  private readonly token: string;
  private readonly metrics: RunnerMetrics;

  constructor(options: { apiUrl: string; token: string; metrics: RunnerMetrics }) {
    this.base = new URL(options.apiUrl);
    this.token = options.token;
    this.metrics = options.metrics;
    this.agent = this.base.protocol === 'https:' ? new https.Agent({ keepAlive: true }) : new http.Agent({ keepAlive: true });
  }

  hello(request: HelloRequest): Promise<HelloReply> {
    return this.post('hello', '/hello', request);
  }
  heartbeat(request: HeartbeatRequest): Promise<HeartbeatReply> {
    return this.post<HeartbeatReply>('heartbeat', '/heartbeat', { ...request, attempts: request.attempts.map(withBothNames) }).then((reply) => ({
      attempts: reply.attempts.map(withClaim),
    }));
  }
  claim(attemptId: string, runnerId: string): Promise<ClaimReply> {
    return this.post<ClaimOfBefore>('claim', `${attempt(attemptId)}/claim`, { runnerId }).then((claim) => withKind(withClaim(claim)));
  }
  report(attemptId: string, request: ReportRequest): Promise<ReportReply> {
    return this.post('report', `${attempt(attemptId)}/report`, withBothNames(request));
  }
  finish(attemptId: string, request: FinishRequest): Promise<FinishReply> {
    return this.post('finish', `${attempt(attemptId)}/finish`, withBothNames(request));
  }
  claimInspection(datasetId: string, runnerId: string): Promise<InspectionClaimReply> {
    return this.post<InspectionClaimReply>('inspection-claim', `/inspections/${encodeURIComponent(datasetId)}/claim`, { runnerId }).then(withClaim);
  }
  inspectionProgress(datasetId: string, request: InspectionProgressRequest): Promise<InspectionProgressReply> {
    return this.post('inspection-progress', `/inspections/${encodeURIComponent(datasetId)}/progress`, withBothNames(request));
  }
  finishInspection(datasetId: string, request: InspectionFinishRequest): Promise<FinishReply> {
    return this.post('inspection-finish', `/inspections/${encodeURIComponent(datasetId)}/finish`, withBothNames(request));
  }
  putCheckpoint(attemptId: string, at: { claim: number; step: number; trainingEpoch: number }, upload: Upload, signal?: AbortSignal): Promise<StoredReply> {
    return this.put('checkpoint', `${attempt(attemptId)}/checkpoint?${fence(at.claim)}&step=${at.step}&trainingEpoch=${at.trainingEpoch}`, upload, signal);
  }
  putArtifact(attemptId: string, claim: number, name: string, upload: Upload, signal?: AbortSignal): Promise<StoredReply> {
    return this.put('artifact', `${attempt(attemptId)}/artifacts/${encodeURIComponent(name)}?${fence(claim)}`, upload, signal);
  }

  /** The bytes of a blob from `offset` on. `offset` of the answer is 0 when the api sends it from the start all the same. */
  async blob(digest: string, offset: number, signal?: AbortSignal): Promise<{ offset: number; bytes: http.IncomingMessage }> {
    const headers: Record<string, string> = offset > 0 ? { range: `bytes=${offset}-` } : {};
    const reply = await this.send('blob', 'GET', `/blobs/${encodeURIComponent(digest)}`, headers, null, signal);
    if (reply.statusCode === 200) return { offset: 0, bytes: reply };
    if (reply.statusCode === 206) return { offset, bytes: reply };
    if (reply.statusCode === 416) {
      reply.resume();
      return this.blob(digest, 0, signal);
    }
    throw await refusalOf(reply);
  }

  close(): void {
    this.agent.destroy();
  }

  private post<T>(name: string, path: string, json: object): Promise<T> {
    const content = JSON.stringify(json);
    return this.call<T>(name, 'POST', path, { content, length: Buffer.byteLength(content), headers: { 'content-type': 'application/json' } });
  }

  private put<T>(name: string, path: string, upload: Upload, signal?: AbortSignal): Promise<T> {
    const content = upload.file.createReadStream({ start: 0, autoClose: false });
    const headers = { 'content-type': 'application/octet-stream', 'x-content-sha256': upload.digest };
    return this.call<T>(name, 'PUT', path, { content, length: upload.size, headers }, signal);
  }

  private async call<T>(name: string, method: string, path: string, body: Body, signal?: AbortSignal): Promise<T> {
    const reply = await this.send(name, method, path, body.headers, body, signal);
    if (reply.statusCode === undefined || reply.statusCode < 200 || reply.statusCode > 299) throw await refusalOf(reply);
    const text = await textOf(reply);
    try {
      return JSON.parse(text) as T;
    } catch (error) {
      throw new ApiAway(`${method} ${path} was answered by something that is not JSON; is TRAINYARD_API_URL the address of the api?`, { cause: error });
    }
  }

  private send(
    name: string,
    method: string,
    path: string,
    headers: Record<string, string>,
    body: Body | null,
    signal?: AbortSignal,
  ): Promise<http.IncomingMessage> {
    const url = new URL(`${this.base.pathname.replace(/\/$/, '')}/runner/v1${path}`, this.base);
    const transport = url.protocol === 'https:' ? https : http;
    return new Promise((resolve, reject) => {
      let answered = false;
      const away = (error: Error) => {
        if (answered) return;
        this.metrics.apiRequests.inc({ request: name, status: 'away' });
        if (body !== null && typeof body.content !== 'string' && 'destroy' in body.content && typeof body.content.destroy === 'function')
          body.content.destroy();
        reject(signal?.aborted ? error : new ApiAway(`${method} ${url.origin}${url.pathname}: ${error.message || error.name}`, { cause: error }));
      };
      const request = transport.request(url, {
        method,
        agent: this.agent,
        signal,
        timeout: SILENCE_MS,
        headers: { ...headers, authorization: `Bearer ${this.token}`, ...(body ? { 'content-length': body.length } : {}) },
      });
      request.once('timeout', () => request.destroy(new Error(`no answer within ${SILENCE_MS / 1000} s`)));
      request.on('error', away);
      request.once('response', (reply) => {
        answered = true;
        this.metrics.apiRequests.inc({ request: name, status: String(reply.statusCode) });
        // Refused before all was sent: what is left would travel for nothing.
        reply.once('end', () => {
          if (!request.writableFinished) request.destroy();
        });
        resolve(reply);
      });
      if (body === null) request.end();
      else if (typeof body.content === 'string') request.end(body.content);
      else {
        body.content.on('error', away);
        body.content.pipe(request);
      }
    });
  }
}

/** An api of before contract 4 says no kind: it knows templates alone. */
type ClaimOfBefore = Omit<ClaimReply, 'spec'> & { spec: ClaimReply['spec'] | Omit<TemplateSpec, 'kind'> };
const withKind = ({ spec, ...claim }: ClaimOfBefore): ClaimReply => ({ ...claim, spec: 'kind' in spec ? spec : { kind: 'TEMPLATE', ...spec } });

/** As `withBothNames`, in an address. */
const fence = (claim: number): string => `claim=${claim}&epoch=${claim}`;
const attempt = (attemptId: string): string => `/attempts/${encodeURIComponent(attemptId)}`;

async function textOf(reply: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of reply as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > MAX_REPLY_BYTES) throw new Error(`the answer is larger than ${MAX_REPLY_BYTES} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw new ApiAway(`The api's answer broke off: ${messageOf(error)}`, { cause: error });
  }
  return Buffer.concat(chunks).toString('utf8');
}

async function refusalOf(reply: http.IncomingMessage): Promise<ApiAway | ApiRefusal> {
  const status = reply.statusCode ?? 0;
  const text = await textOf(reply);
  let code = 'INTERNAL';
  let message = text.slice(0, 500);
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) {
      if ('code' in parsed && typeof parsed.code === 'string') code = parsed.code;
      if ('message' in parsed && typeof parsed.message === 'string') message = parsed.message;
    }
  } catch {
    // A proxy's error page: its status still says what to do.
  }
  // 507 is the api's full disk: whoever asked decides whether to wait for room.
  if ((status >= 500 && status !== 507) || status === 408 || status === 429) return new ApiAway(`The api answered ${status} ${code}: ${message}`);
  return new ApiRefusal(status, code, message);
}
