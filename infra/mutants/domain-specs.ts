import { jestExpect } from '@jest/expect';
import fc from 'fast-check';
import { addEventHandler, describe, it, resetState, run, test } from 'jest-circus';
import { SnapshotState } from 'jest-snapshot';
import { readFileSync } from 'node:fs';
import { registerHooks, stripTypeScriptTypes } from 'node:module';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { skip } from './first-failure.ts';

/** What became of a spec file. */
export interface SpecFileRun {
  passed: number;
  /** The first test that failed, and how. A file that could not be loaded failed too: so it would in `npm test`. */
  failure: { test: string; message: string } | null;
}

const ROOT = resolve(import.meta.dirname, '../..');
const OURS = `${pathToFileURL(join(ROOT, 'libs/domain/src')).href}/`;
const MARK = '?run=';
let runs = 0;

/**
 * Runs a spec file of libs/domain in this process: with Jest's runner of tests and its `expect`, but without Jest. The rules are pure,
 * their specs need nothing else, and what Jest does around them takes a second, thousands of times over. Every module of libs/domain is
 * loaded anew for each spec file, as under Jest: what a module computes once, it computes again with the change that is tried.
 * @param spec its path from the root
 */
export async function runSpecFile(spec: string): Promise<SpecFileRun> {
  runs += 1;
  resetState();
  const path = join(ROOT, spec);
  const snapshots = join(dirname(path), '__snapshots__', `${basename(path)}.snap`);
  const state = {
    testPath: path,
    snapshotState: new SnapshotState(snapshots, { rootDir: ROOT, updateSnapshot: 'none', snapshotFormat: { escapeString: false, printBasicPrototype: false } }),
  };
  jestExpect.setState(state);
  try {
    await import(pathToFileURL(path).href);
  } catch (error) {
    return { passed: 0, failure: { test: 'all of it', message: String(error) } };
  }
  const { testResults, unhandledErrors } = await run();
  const failed = testResults.find(({ errors }) => errors.length > 0);
  const [message] = failed?.errors ?? unhandledErrors;
  const passed = testResults.filter(({ status, errors }) => status === 'done' && errors.length === 0).length;
  return { passed, failure: message === undefined ? null : { test: failed ? nameOf(failed.testPath) : 'all of it', message } };
}

/** Of blocks within each other, as Jest says it. The outermost is circus's own. */
const nameOf = (path: readonly string[]): string => path.slice(1).join(' ');

Object.assign(globalThis, { describe, it, test, expect: jestExpect });
await import(pathToFileURL(join(ROOT, 'jest.setup.mjs')).href);
// One failure is enough, and nobody asks for its smallest example.
fc.configureGlobal({ ...fc.readConfigureGlobal(), endOnFailure: true });
addEventHandler((event, state) => {
  if (event.name === 'test_start') jestExpect.setState({ currentTestName: nameOf(pathOf(event.test)) });
  if (event.name !== 'test_done') return;
  // A snapshot that is another does not throw.
  event.test.errors.push(...jestExpect.getState().suppressedErrors);
  jestExpect.setState({ suppressedErrors: [] });
  if (event.test.errors.length > 0) skip(state.rootDescribeBlock);
});

interface Named {
  name: string;
  parent?: Named;
}
const pathOf = ({ name, parent }: Named): string[] => [...(parent ? pathOf(parent) : []), name];

/** The JavaScript of each file, and what it was made of: from run to run all but the changed file is the same. */
const programs = new Map<string, { source: string; program: string }>();

registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context);
    return found.url.startsWith(OURS) ? { ...found, url: `${found.url.split(MARK)[0]}${MARK}${runs}` } : found;
  },
  load: (url, context, next) => {
    if (!url.startsWith(OURS)) return next(url, context);
    const path = fileURLToPath(url.split(MARK)[0]!);
    const source = readFileSync(path, 'utf8');
    let known = programs.get(path);
    if (known?.source !== source) programs.set(path, (known = { source, program: stripTypeScriptTypes(source) }));
    return { format: 'module', shortCircuit: true, source: known.program };
  },
});
