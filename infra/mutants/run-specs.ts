import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Scratch } from './scratch.ts';

/** A fault may well make a spec wait for ever: that is noticed too. */
const LONGEST_MS = 300_000;
/** As in `npm test`. */
const TEST_MS = 60_000;

interface Warm {
  program: string;
  /** How often it is asked before another takes its place: Node keeps each module that it ever loaded. */
  runs: number;
  longestMs: number;
}
/** Where a process stays that runs specs. What a runner's spec left behind, the next one would meet: of its processes each begins anew. */
const WARM: Readonly<Record<string, Warm>> = {
  'apps/api': { program: 'warm-jest.mjs', runs: 40, longestMs: LONGEST_MS },
  // All its specs take six seconds.
  'libs/domain': { program: 'warm-domain.ts', runs: 200, longestMs: 30_000 },
};

export interface SpecRun {
  passed: number;
  /** The first test that failed, with the path of its file from the root; null when none did, or when none ended. */
  failure: { spec: string; test: string } | null;
  /** Specs that could not even be begun: nothing was measured by them. */
  broken: string | null;
  timedOut: boolean;
  /** Of its slowest test. */
  longestMs: number;
}

/** What spec-reporter.mjs writes. */
interface Results {
  passed: number;
  failures: { spec: string; test: string }[];
  broken: string | null;
  longestMs: number;
}

/** Which folder's Jest runs a spec: `apps/api`, `libs/domain`. */
export const projectOf = (spec: string): string => spec.split('/').slice(0, 2).join('/');

/** Runs specs of one project in the copy, and stops at the first failure. */
export class SpecRunner {
  /** A Jest of one project that stays. */
  private warm: { project: string; process: ChildProcess; runs: number } | null = null;
  /** A Jest of one run. */
  private once: ChildProcess | undefined;
  private readonly scratch: Scratch;
  private readonly env: NodeJS.ProcessEnv;

  constructor(scratch: Scratch, env: NodeJS.ProcessEnv) {
    this.scratch = scratch;
    this.env = env;
  }

  /**
   * @param specs their paths from the root
   * @param testMs how long one test may take: what a fault keeps from coming is waited for in vain
   */
  async run(project: string, specs: readonly string[], testMs = TEST_MS): Promise<SpecRun> {
    const output = join(this.scratch.root, 'results.json');
    rmSync(output, { force: true });
    const env = { ...process.env, ...this.env, TRAINYARD_SPEC_RESULTS: output, NODE_ENV: 'test', FORCE_COLOR: '0' };
    const warm = WARM[project];
    const { timedOut, said } = warm ? await this.runWarm(project, warm, specs, env, testMs) : await this.runAnew(project, specs, env, testMs);
    if (timedOut) return { passed: 0, failure: null, broken: null, timedOut, longestMs: 0 };
    let results: Results;
    try {
      results = JSON.parse(readFileSync(output, 'utf8')) as Results;
    } catch {
      return { passed: 0, failure: null, broken: `Jest said: ${said.slice(-2000)}`, timedOut, longestMs: 0 };
    }
    const { passed, failures, broken, longestMs } = results;
    const [first] = failures;
    return {
      passed,
      failure: first ? { ...first, spec: relative(this.scratch.root, first.spec) } : null,
      broken: first ? null : (broken?.slice(0, 1000) ?? null),
      timedOut,
      longestMs,
    };
  }

  /** Ends what it started; a run that is going on ends, and has measured nothing. */
  stop(): void {
    endGroup(this.once);
    endGroup(this.warm?.process);
    this.warm = null;
  }

  private async runAnew(project: string, specs: readonly string[], env: NodeJS.ProcessEnv, testMs: number): Promise<{ timedOut: boolean; said: string }> {
    const args = [
      ...[
        '--runInBand',
        '--bail',
        '--forceExit',
        '--silent',
        `--testTimeout=${testMs}`,
        `--reporters=${join(this.scratch.root, 'infra/mutants/spec-reporter.mjs')}`,
      ],
      ...['--runTestsByPath', ...specs.map((spec) => join(this.scratch.root, spec))],
    ];
    // A group of its own: what a spec started ends with it.
    const child = spawn(process.execPath, [...FLAGS, join(this.scratch.root, 'node_modules/jest/bin/jest.js'), ...args], {
      cwd: join(this.scratch.root, project),
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
      env,
    });
    this.once = child;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    child.once('close', () => resolve());
    child.once('error', reject);
    return within(child, promise, LONGEST_MS).finally(() => (this.once = undefined));
  }

  private async runWarm(
    project: string,
    { program, runs, longestMs }: Warm,
    specs: readonly string[],
    env: NodeJS.ProcessEnv,
    testMs: number,
  ): Promise<{ timedOut: boolean; said: string }> {
    // What an earlier fault left going can end the process later, between two runs too.
    if (this.warm?.project !== project || this.warm.runs >= runs || !this.warm.process.connected) {
      this.stop();
      const path = join(this.scratch.root, 'infra/mutants', program);
      this.warm = {
        project,
        process: spawn(process.execPath, [...FLAGS, path], {
          cwd: join(this.scratch.root, project),
          detached: true,
          stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
          env,
        }),
        runs: 0,
      };
    }
    this.warm.runs += 1;
    const { process: child } = this.warm;
    const { promise, resolve } = Promise.withResolvers<void>();
    child.once('message', () => resolve());
    child.once('close', () => resolve());
    child.once('error', () => resolve());
    child.send({ specs, testMs });
    const run = await within(child, promise, longestMs, true);
    for (const event of ['message', 'close', 'error']) child.removeAllListeners(event);
    if (run.timedOut || !child.connected) this.warm = null;
    return run;
  }
}

const FLAGS = ['--experimental-vm-modules', '--no-warnings'];

/** Waits for the end, or puts an end to the child and all that it started. @param stays the child lives on if it ended in time */
async function within(child: ChildProcess, end: Promise<void>, limitMs: number, stays = false): Promise<{ timedOut: boolean; said: string }> {
  let said = '';
  let timedOut = false;
  const hear = (chunk: Buffer): void => void (said = (said + chunk.toString('utf8')).slice(-10_000));
  const stop = (): void => endGroup(child);
  const timer = setTimeout(() => {
    timedOut = true;
    stop();
  }, limitMs);
  child.stderr?.on('data', hear);
  process.once('exit', stop);
  await end;
  clearTimeout(timer);
  child.stderr?.off('data', hear);
  if (!stays || timedOut) stop();
  process.removeListener('exit', stop);
  return { timedOut, said };
}

export function endGroup(child: ChildProcess | undefined): void {
  try {
    if (child?.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
