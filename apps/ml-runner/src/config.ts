import { RUNNER_NAME_MAX } from '@trainyard/domain';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const LIST = z
  .string()
  .transform((text) => text.split(':').filter((part) => part !== ''))
  .refine((paths) => paths.every((folder) => path.isAbsolute(folder)), 'must be absolute folders separated by ":"');

const count = (fallback: number, min: number, max: number) =>
  z.coerce
    .number({ error: 'must be a number' })
    .int('must be a whole number')
    .min(min, `must be at least ${min}`)
    .max(max, `must be at most ${max}`)
    .default(fallback);

const address = (protocols: readonly string[]) =>
  z
    .string({ error: 'is not set' })
    .refine(
      (text) => URL.canParse(text) && protocols.includes(new URL(text).protocol),
      `must be an address starting with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    );

const ENVIRONMENT = z.object({
  TRAINYARD_API_URL: address(['http:', 'https:']),
  TRAINYARD_RUNNER_TOKEN: z.string({ error: 'is not set' }).min(1, 'is empty'),
  TRAINYARD_QUEUE_URL: address(['postgres:', 'postgresql:']),
  TRAINYARD_RUNNER_DIR: z.string({ error: 'is not set' }).refine((folder) => path.isAbsolute(folder), 'must be an absolute folder'),
  TRAINYARD_RUNNER_NAME: z.string().min(1, 'is empty').max(RUNNER_NAME_MAX, `must be at most ${RUNNER_NAME_MAX} characters`).default(os.hostname()),
  TRAINYARD_RUNNER_CONCURRENCY: count(1, 1, 64),
  TRAINYARD_RUNNER_PORT: count(0, 0, 65_535),
  TRAINYARD_DATASET_PATHS: LIST.default([]),
  TRAINYARD_RUNNER_MEMORY_MIB: count(1_048_576, 64, 1_048_576),
  TRAINYARD_RUNNER_WALL_SECONDS: count(7 * 24 * 3600, 1, 365 * 24 * 3600),
  TRAINYARD_RUNNER_SPOOL_MIB: count(256, 1, 65_536),
  TRAINYARD_RUNNER_CACHE_MIB: count(20_480, 1, 16_777_216),
  TRAINYARD_RUNNER_CHILD: z.string().default(fileURLToPath(new URL('./child.ts', import.meta.url))),
  TRAINYARD_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface RunnerConfig {
  /** Base address of the api, without a slash at its end. */
  apiUrl: string;
  token: string;
  /** PostgreSQL of a role that reaches only the schema `bullmq`. */
  queueUrl: string;
  /** Spool, attempts, dataset cache and probe results live here. */
  dir: string;
  name: string;
  /** Attempts run at once. */
  concurrency: number;
  /** Health and metrics on 127.0.0.1; 0 lets the system choose. */
  port: number;
  /** Folders from which a dataset may be registered by path. */
  datasetPaths: string[];
  /** Ceilings of this machine: an attempt gets the smaller of these and its own limits. */
  memoryMiB: number;
  wallSeconds: number;
  /** Most that one attempt may spool to disk while the api is away. */
  spoolMiB: number;
  /** Dataset files kept beyond this are removed, the least recently used first. */
  cacheMiB: number;
  /** The program of a child process; tests put their own here. */
  childPath: string;
  logLevel: string;
}

/** What is wrong with the environment: one sentence for each variable. */
export class ConfigError extends Error {
  constructor(sentences: string[]) {
    super(sentences.join('\n'));
    this.name = 'ConfigError';
  }
}

/** Reads the environment once; everything else gets the answer passed in. */
export function readConfig(env: Record<string, string | undefined>): RunnerConfig {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const read = ENVIRONMENT.safeParse(set);
  if (!read.success) throw new ConfigError(read.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`));
  const values = read.data;
  return {
    apiUrl: values.TRAINYARD_API_URL.replace(/\/+$/, ''),
    token: values.TRAINYARD_RUNNER_TOKEN,
    queueUrl: values.TRAINYARD_QUEUE_URL,
    dir: values.TRAINYARD_RUNNER_DIR,
    name: values.TRAINYARD_RUNNER_NAME,
    concurrency: values.TRAINYARD_RUNNER_CONCURRENCY,
    port: values.TRAINYARD_RUNNER_PORT,
    datasetPaths: values.TRAINYARD_DATASET_PATHS,
    memoryMiB: values.TRAINYARD_RUNNER_MEMORY_MIB,
    wallSeconds: values.TRAINYARD_RUNNER_WALL_SECONDS,
    spoolMiB: values.TRAINYARD_RUNNER_SPOOL_MIB,
    cacheMiB: values.TRAINYARD_RUNNER_CACHE_MIB,
    childPath: values.TRAINYARD_RUNNER_CHILD,
    logLevel: values.TRAINYARD_LOG_LEVEL,
  };
}
