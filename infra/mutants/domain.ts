import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Scratch } from './scratch.ts';

/** A mutant that StrykerJS made, and whether a spec noticed it. */
export interface DomainMutant {
  file: string;
  line: number;
  mutator: string;
  text: string;
  noticed: boolean;
}

interface StrykerReport {
  files: Record<string, { mutants: { mutatorName: string; replacement?: string; status: string; location: { start: { line: number } } }[] }>;
}

const NOTICED = ['Killed', 'Timeout'];
const COUNTED = [...NOTICED, 'Survived', 'NoCoverage'];

/** Lets StrykerJS change libs/domain, in the copy. @param files paths within libs/domain, or patterns of them @throws where it is ended, by `ending` or by itself */
export async function mutateDomain(scratch: Scratch, files: readonly string[], concurrency: number, ending: AbortSignal): Promise<DomainMutant[]> {
  const folder = join(scratch.root, 'libs/domain');
  const report = join(scratch.root, 'stryker.json');
  const config = {
    testRunner: 'jest',
    testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
    plugins: ['@stryker-mutator/jest-runner'],
    jest: { projectType: 'custom', configFile: 'jest.config.mjs' },
    coverageAnalysis: 'perTest',
    concurrency,
    // The copy is the sandbox.
    inPlace: true,
    tempDirName: join(scratch.root, 'stryker'),
    mutate: files,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: report },
    allowConsoleColors: false,
    disableTypeChecks: false,
  };
  writeFileSync(join(folder, 'stryker.config.json'), JSON.stringify(config));
  const code = await new Promise<number | null>((done, fail) => {
    const child = spawn(process.execPath, [join(scratch.root, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', 'stryker.config.json'], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
    ending.addEventListener('abort', () => child.kill(), { once: true });
    child.once('error', fail);
    child.once('close', done);
  });
  if (code !== 0) throw new Error(`StrykerJS ended with exit code ${code}.`);
  const { files: found } = JSON.parse(readFileSync(report, 'utf8')) as StrykerReport;
  return Object.entries(found).flatMap(([file, { mutants }]) =>
    mutants
      .filter(({ status }) => COUNTED.includes(status))
      .map(({ mutatorName, replacement, status, location }) => ({ file: `libs/domain/${file}`, line: location.start.line, mutator: mutatorName, text: replacement ?? '', noticed: NOTICED.includes(status) })),
  );
}
