import { runCLI } from 'jest';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const here = (name) => join(import.meta.dirname, name);

/**
 * Runs the specs of the api that it is told to, again and again: a Jest that is started for each of hundreds of changes takes longer to
 * start than most specs take. File by file, because Jest ends its process where it is told to stop at a failure. Plain JavaScript,
 * because it runs under Jest's own flags.
 */
async function perform({ specs, testMs }) {
  globalThis.trainyardGeneration = (globalThis.trainyardGeneration ?? 0) + 1;
  const options = {
    runInBand: true,
    silent: true,
    testTimeout: testMs,
    reporters: [here('spec-reporter.mjs')],
    env: here('first-failure.ts'),
    runtime: here('again-runtime.ts'),
  };
  try {
    for (const spec of specs) {
      const { results } = await runCLI({ $0: '', ...options, _: [join(ROOT, spec)], runTestsByPath: true }, [process.cwd()]);
      if (!results.success) break;
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  }
  process.send('done');
}
process.on('message', (asked) => void perform(asked));
process.on('disconnect', () => process.exit());
