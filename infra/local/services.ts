import { join } from 'node:path';
import { SOURCE_MAPS } from './api-program.ts';
import { ROOT } from './build.ts';
import { introduced, type OwnRunner } from './own-runners.ts';
import { displayHost } from './ports.ts';
import type { ServiceSpec } from './supervisor.ts';

/**
 * V8 and glibc size themselves by a machine with much memory: a young generation of some 50 MB, an arena per thread, and large blocks
 * kept for later double what the api holds after a burst, and gain nothing measurable. Sizes in MiB for V8, in bytes for glibc.
 */
const SERVER_FLAGS = [SOURCE_MAPS, '--max-semi-space-size=8', '--max-old-space-size=512'];
export const ALLOCATOR = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072', MALLOC_MMAP_THRESHOLD_: '65536' };

const NODE = { command: process.execPath, cwd: ROOT, stopSignal: 'SIGTERM' as const, stopMs: 10_000, readyMs: 60_000 };

/** PostgreSQL goes last: the others still write while they stop. */
export const STOP_ORDER = [['runner', 'runner-2', 'runner-3'], ['api', 'worker'], ['postgres']];

export const apiService = (url: string, runners: OwnRunner[], env: NodeJS.ProcessEnv): ServiceSpec => ({
  ...NODE,
  name: 'api',
  args: [...SERVER_FLAGS, 'apps/api/dist/main.js'],
  env: { ...env, TRAINYARD_OWN_RUNNERS: introduced(runners) },
  isReady: healthy(`${url}/health`),
});

export const workerService = (host: string, port: string, env: NodeJS.ProcessEnv): ServiceSpec => ({
  ...NODE,
  name: 'worker',
  args: [...SERVER_FLAGS, 'apps/api/dist/worker.js'],
  env: { ...env, TRAINYARD_HEALTH_PORT: port },
  isReady: healthy(`http://${displayHost(host)}:${port}/health`),
});

/** A runner reaches the queue and the api, never the application's tables: `env` names no database. */
export const runnerService = (runner: OwnRunner, port: string, api: { url: string; queueUrl: string }, home: string, env: NodeJS.ProcessEnv): ServiceSpec => ({
  ...NODE,
  name: runner.name,
  args: ['apps/ml-runner/src/main.ts'],
  env: {
    ...env,
    TRAINYARD_API_URL: api.url,
    TRAINYARD_QUEUE_URL: api.queueUrl,
    TRAINYARD_RUNNER_DIR: runner.folder,
    TRAINYARD_RUNNER_TOKEN: runner.token,
    TRAINYARD_RUNNER_PORT: port,
    TRAINYARD_DATASET_PATHS: process.env['TRAINYARD_DATASET_PATHS'] || join(home, 'datasets'),
    // The first one has the machine's name, or the one that a person chose.
    ...(runner.name === 'runner' ? {} : { TRAINYARD_RUNNER_NAME: runner.name }),
  },
  isReady: healthy(`http://127.0.0.1:${port}/health`),
  // It tries every engine first.
  readyMs: 180_000,
});

function healthy(url: string): () => Promise<boolean> {
  return async () => {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2000) });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  };
}
