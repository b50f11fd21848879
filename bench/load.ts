import { fork } from 'node:child_process';
import { join } from 'node:path';

/** What a load process is told. */
export interface LoadOrder {
  url: string;
  /** One for all clients, or one for each. */
  path: string | string[];
  headers: Record<string, string>;
  /** The request bodies of each client, sent one after the other. */
  clients: string[][];
  /** Start over when a client's bodies are used up, until durationMs. */
  repeat?: boolean;
  durationMs?: number;
}

export interface LoadResult {
  /** Milliseconds from request to full reply, of all clients. */
  ms: number[];
  bodyBytes: number[];
  failed: number;
  /** The first few. */
  failures: string[];
  seconds: number;
}

/** Runs a load from a process of its own. */
export async function load(order: LoadOrder): Promise<LoadResult> {
  return new Promise((resolve, reject) => {
    const child = fork(join(import.meta.dirname, 'load-process.ts'), { serialization: 'advanced' });
    child.once('message', (result) => resolve(result as LoadResult));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the load process ended with exit code ${code ?? 'unknown'}`)));
    child.send(order);
  });
}

export const perSecond = (result: LoadResult): number => (result.ms.length - result.failed) / result.seconds;
