import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { endGroup } from './run-specs.ts';
import type { Scratch } from './scratch.ts';

/** A mutant that StrykerJS made, and whether a spec noticed it. */
export interface DomainMutant {
  line: number;
  mutator: string;
  text: string;
  noticed: boolean;
  /** The spec that noticed it; null where none did, or where it ran for ever. */
  by: string | null;
}

/** What became of the mutants of one file. */
export interface DomainFile {
  mutants: DomainMutant[];
  /** The specs that run any of them: what was found rests on those. */
  specs: string[];
}

interface StrykerReport {
  files: Record<
    string,
    {
      mutants: {
        mutatorName: string;
        replacement?: string;
        status: string;
        coveredBy?: string[];
        killedBy?: string[];
        location: { start: { line: number } };
      }[];
    }
  >;
  /** A test is a spec file: see domain-runner.ts. */
  testFiles: Record<string, { tests: { id: string; name: string }[] }>;
}

/** What StrykerJS calls an error of its runner is a process that a mutant made too large: nobody would overlook that. */
const NOTICED = ['Killed', 'Timeout', 'RuntimeError'];
const COUNTED = [...NOTICED, 'Survived', 'NoCoverage'];

/**
 * Lets StrykerJS change libs/domain, in the copy.
 * @param files paths from the root
 * @throws where it is ended, by `ending` or by itself
 */
export async function mutateDomain(scratch: Scratch, files: readonly string[], concurrency: number, ending: AbortSignal): Promise<Map<string, DomainFile>> {
  const report = join(scratch.root, 'stryker.json');
  const config = {
    testRunner: 'domain',
    testRunnerNodeArgs: ['--no-warnings'],
    plugins: [join(scratch.root, 'infra/mutants/domain-runner.ts')],
    coverageAnalysis: 'perTest',
    // What runs for ever is noticed too: most of it by how often it is run, and the rest by the clock, of a machine that has other work too.
    timeoutMS: 10_000,
    timeoutFactor: 3,
    // Node keeps every module that it ever loaded.
    maxTestRunnerReuse: 200,
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
  writeFileSync(join(scratch.root, 'stryker.config.json'), JSON.stringify(config));
  const code = await new Promise<number | null>((done, fail) => {
    // A group of its own: the processes that run specs end with it, even within a loop that has no end.
    const child = spawn(process.execPath, [join(scratch.root, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', 'stryker.config.json'], {
      cwd: scratch.root,
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    ending.addEventListener('abort', () => endGroup(child), { once: true });
    child.once('error', fail);
    child.once('close', done);
  });
  if (code !== 0) throw new Error(`StrykerJS ended with exit code ${code}.`);
  return read(JSON.parse(readFileSync(report, 'utf8')) as StrykerReport);
}

function read({ files, testFiles }: StrykerReport): Map<string, DomainFile> {
  const specs = new Map(Object.values(testFiles).flatMap(({ tests }) => tests.map(({ id, name }) => [id, name])));
  const named = (ids: readonly string[] = []): string[] => ids.map((id) => specs.get(id) ?? id);
  return new Map(
    Object.entries(files).map(([file, { mutants }]) => [
      file,
      {
        mutants: mutants
          .filter(({ status }) => COUNTED.includes(status))
          .map(({ mutatorName, replacement, status, killedBy, location }) => ({
            line: location.start.line,
            mutator: mutatorName,
            text: replacement ?? '',
            noticed: NOTICED.includes(status),
            by: named(killedBy)[0] ?? null,
          })),
        specs: [...new Set(mutants.flatMap(({ coveredBy }) => named(coveredBy)))].toSorted(),
      },
    ]),
  );
}
