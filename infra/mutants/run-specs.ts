import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Scratch } from './scratch.ts';

/** A fault may well make a spec wait for ever: that is noticed too. */
export const LONGEST_MS = 150_000;

export interface SpecRun {
  passed: number;
  failed: number;
  /** The first spec that failed; null when none did. */
  failure: string | null;
  /** Specs that could not even be begun: nothing was measured by them. */
  broken: string | null;
  timedOut: boolean;
}

/** What spec-reporter.mjs writes. */
interface Results {
  passed: number;
  failures: string[];
  broken: string | null;
}

/** Which folder's Jest runs a spec: `apps/api`, `libs/domain`. */
export const projectOf = (spec: string): string => spec.split('/').slice(0, 2).join('/');

/**
 * Runs specs of one project in the copy, and stops at the first file that fails.
 * @param which paths of specs from the root, or the source whose related specs are meant
 * @param limitMs what takes longer hangs
 */
export async function runSpecs(scratch: Scratch, project: string, which: { specs: readonly string[] } | { relatedTo: string }, env: NodeJS.ProcessEnv = {}, limitMs = LONGEST_MS): Promise<SpecRun> {
  const output = join(scratch.root, 'results.json');
  rmSync(output, { force: true });
  const chosen = 'specs' in which ? ['--runTestsByPath', ...which.specs.map((spec) => join(scratch.root, spec))] : ['--findRelatedTests', join(scratch.root, which.relatedTo)];
  const args = ['--experimental-vm-modules', '--no-warnings', join(scratch.root, 'node_modules/jest/bin/jest.js'), '--runInBand', '--bail', '--forceExit', '--silent', `--reporters=${join(scratch.root, 'infra/mutants/spec-reporter.mjs')}`, ...chosen];
  const { timedOut, said } = await run(args, join(scratch.root, project), { ...env, TRAINYARD_SPEC_RESULTS: output }, limitMs);
  if (timedOut) return { passed: 0, failed: 1, failure: `nothing ended within ${limitMs / 1000} s`, broken: null, timedOut };
  let results: Results;
  try {
    results = JSON.parse(readFileSync(output, 'utf8')) as Results;
  } catch {
    return { passed: 0, failed: 0, failure: null, broken: `Jest said: ${said.slice(-2000)}`, timedOut };
  }
  const { passed, failures, broken } = results;
  return { passed, failed: failures.length, failure: failures[0] ?? null, broken: failures.length === 0 ? (broken?.slice(0, 1000) ?? null) : null, timedOut };
}

function run(args: string[], cwd: string, env: NodeJS.ProcessEnv, limitMs: number): Promise<{ timedOut: boolean; said: string }> {
  return new Promise((done, fail) => {
    // A group of its own: what a spec started ends with it.
    const child = spawn(process.execPath, args, { cwd, detached: true, stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...env, NODE_ENV: 'test', FORCE_COLOR: '0' } });
    let said = '';
    let timedOut = false;
    const endGroup = (): void => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      } catch {
        // It is gone already.
      }
    };
    const timer = setTimeout(() => {
      timedOut = true;
      endGroup();
    }, limitMs);
    process.once('exit', endGroup);
    child.stderr.on('data', (chunk: Buffer) => void (said = (said + chunk.toString('utf8')).slice(-10_000)));
    child.once('error', fail);
    child.once('close', () => {
      clearTimeout(timer);
      endGroup();
      process.removeListener('exit', endGroup);
      done({ timedOut, said });
    });
  });
}
