import { spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { resolve } from 'node:path';

/** `npm run fuzz [-- RUNS [SEED]]`: whatever anybody may send, 100,000 times, with a seed of its own that repeats it. */
const [runs = '100000', seed = String(randomInt(2 ** 31))] = process.argv.slice(2);
process.stdout.write(`${runs} inputs, seed ${seed}. The same again: npm run fuzz -- ${runs} ${seed}\n`);
const { status } = spawnSync(process.execPath, ['--expose-gc', '../../node_modules/jest/bin/jest.js', '-i', 'test/fuzz'], {
  cwd: resolve(import.meta.dirname, '../..'),
  stdio: 'inherit',
  env: { ...process.env, TRAINYARD_FUZZ_RUNS: runs, TRAINYARD_FUZZ_SEED: seed },
});
process.exit(status ?? 1);
