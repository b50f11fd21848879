import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../infra/local/build.ts';
import { atMost, percentile, type Measurement } from './measurement.ts';

const PROGRAM = join(ROOT, 'apps/api/test/large-report.ts');
const REPORT_MIB = 50;
const CASES = 200_000;
const HEAP_MIB = 256;
const ROUNDS = 3;

interface Reading {
  seconds: number;
  processorSeconds: number;
  cases: number;
  failed: number;
  residentMiB: number;
}

/** The largest report that is taken, in a process of its own, which ends where it needs more memory than it has. */
export function run(): Promise<Measurement[]> {
  const readings = Array.from({ length: ROUNDS }, read);
  for (const { cases, failed } of readings) if (cases !== CASES || failed !== CASES / 10) throw new Error(`${cases} cases were read, ${failed} of them failed`);
  const each = (of: (one: Reading) => number): string => readings.map((one) => of(one).toFixed(1)).join(', ');
  return Promise.resolve([
    atMost(
      `read a JUnit report of ${REPORT_MIB} MiB and ${CASES.toLocaleString('en')} cases`,
      's',
      10,
      percentile(
        readings.map(({ seconds }) => seconds),
        0.5,
      ),
      `with a heap of ${HEAP_MIB} MiB; ${each(({ seconds }) => seconds)} s, of the processor ${each(({ processorSeconds }) => processorSeconds)} s, resident ${each(({ residentMiB }) => residentMiB)} MiB`,
    ),
  ]);
}

function read(): Reading {
  const options = [`--max-old-space-size=${HEAP_MIB}`, PROGRAM, String(REPORT_MIB), String(CASES)];
  return JSON.parse(execFileSync(process.execPath, options, { encoding: 'utf8', timeout: 120_000 })) as Reading;
}
