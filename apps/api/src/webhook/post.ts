import type { DeliveryError } from '@trainyard/domain';
import { lookup, type LookupAddress } from 'node:dns';
import { request as httpRequest, type ClientRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { BlockList } from 'node:net';
import { literalOf, mayReach } from './public-addresses.ts';

const TIME_LIMIT_MS = 10_000;
/** What is kept of an answer. */
const ANSWER_BYTES = 2_000;

/** Asks DNS for all addresses of a name. */
export type Resolve = (name: string, answer: (error: Error | null, addresses: LookupAddress[]) => void) => void;
const RESOLVE: Resolve = (name, answer) => lookup(name, { all: true }, answer);

export interface Posted {
  /** Null: it was taken. */
  error: DeliveryError | null;
  status: number | null;
  answer: string | null;
}

class AddressRefused extends Error {}

export interface PostOptions {
  allowed: BlockList;
  resolve?: Resolve;
  timeLimitMs?: number;
}

/**
 * Posts `body`, within ten seconds for all of it. Follows no redirect, and keeps no connection. The name is looked up once, for this
 * connection: what was compared with the forbidden networks is what is connected to.
 */
export async function post(
  url: URL,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
  { allowed, resolve = RESOLVE, timeLimitMs = TIME_LIMIT_MS }: PostOptions,
): Promise<Posted> {
  const literal = literalOf(url);
  if (literal !== null && !mayReach(literal, allowed)) return { error: 'ADDRESS_REFUSED', status: null, answer: null };
  const signal = AbortSignal.timeout(timeLimitMs);
  try {
    const answer = await new Promise<IncomingMessage>((done, fail) => {
      const open = url.protocol === 'https:' ? httpsRequest : httpRequest;
      const request: ClientRequest = open(url, {
        method: 'POST',
        headers: { ...headers, 'content-length': body.length },
        agent: false,
        signal,
        lookup: (name, options, callback) =>
          resolve(name, (error, addresses) => {
            if (error) return callback(error, '', 0);
            // One forbidden address among several: whoever answers so is not to be trusted with the others.
            const [first] = addresses;
            if (!first || !addresses.every(({ address }) => mayReach(address, allowed))) return callback(new AddressRefused(name), '', 0);
            if (options.all === true) callback(null, addresses);
            else callback(null, first.address, first.family);
          }),
      });
      request.once('response', done);
      request.once('error', fail);
      request.end(body);
    });
    const text = await beginOf(answer);
    const status = answer.statusCode ?? 0;
    return { error: status >= 200 && status < 300 ? null : 'ANSWER', status, answer: text };
  } catch (error) {
    if (error instanceof AddressRefused) return { error: 'ADDRESS_REFUSED', status: null, answer: null };
    return { error: signal.aborted ? 'TIMEOUT' : 'UNREACHABLE', status: null, answer: null };
  }
}

/** The beginning of an answer as text that a database takes; the rest is not waited for. */
async function beginOf(answer: IncomingMessage): Promise<string> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    if (bytes.length >= ANSWER_BYTES) break;
  }
  return bytes.subarray(0, ANSWER_BYTES).toString('utf8').replaceAll('\0', '\uFFFD');
}
