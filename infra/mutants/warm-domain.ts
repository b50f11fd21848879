import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runSpecFile } from './domain-specs.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** As warm-jest.mjs does for the api, and told alike: runs the specs of libs/domain that it is told to, up to the first failure. */
async function perform(specs: readonly string[]): Promise<void> {
  let passed = 0;
  let longestMs = 0;
  for (const spec of specs) {
    const began = performance.now();
    const run = await runSpecFile(spec);
    passed += run.passed;
    longestMs = Math.max(longestMs, performance.now() - began);
    writeFileSync(
      process.env.TRAINYARD_SPEC_RESULTS!,
      JSON.stringify({ passed, failures: run.failure ? [{ spec: resolve(ROOT, spec), test: run.failure.test }] : [], broken: null, longestMs }),
    );
    if (run.failure) break;
  }
  process.send!('done');
}
process.on('message', ({ specs }: { specs: string[] }) => void perform(specs));
process.on('disconnect', () => process.exit());
