import { INSTRUMENTER_CONSTANTS, type InstrumenterContext } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  MutantRunStatus,
  TestStatus,
  type DryRunResult,
  type MutantRunOptions,
  type MutantRunResult,
  type TestResult,
  type TestRunner,
} from '@stryker-mutator/api/test-runner';
import { globSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { runSpecFile } from './domain-specs.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** StrykerJS lets a mutant be run a hundred times as often as without it, for a property that looks for its smallest example. Here none does. */
const TOO_PATIENT = 10;
/** What hardly runs may well run oftener. */
const LEAST_HITS = 10_000;

/**
 * How StrykerJS runs the specs of libs/domain: in its own process. It still changes the code, and ends what runs for ever.
 *
 * What StrykerJS calls a test is a spec file here, because modules live as long as one: a mutant is active before the first of them is
 * loaded, and is tried with every spec file that runs it, at any time of its life. So one that is only run while modules are loaded is
 * like any other.
 */
class DomainRunner implements TestRunner {
  private readonly stryker: InstrumenterContext = ((globalThis as unknown as Record<string, InstrumenterContext>)[INSTRUMENTER_CONSTANTS.NAMESPACE] ??=
    {} as InstrumenterContext);

  capabilities(): { reloadEnvironment: true } {
    return { reloadEnvironment: true };
  }

  async dryRun(): Promise<DryRunResult> {
    const found: { test: TestResult; coverage: Record<string, number> }[] = [];
    for (const spec of globSync('libs/domain/src/**/*.spec.ts', { cwd: ROOT })) {
      this.stryker.mutantCoverage = { static: {}, perTest: {} };
      const began = performance.now();
      const { failure } = await runSpecFile(spec);
      const test = { id: spec, name: spec, fileName: resolve(ROOT, spec), timeSpentMs: performance.now() - began };
      found.push({
        test: failure ? { ...test, status: TestStatus.Failed, failureMessage: `${failure.test}: ${failure.message}` } : { ...test, status: TestStatus.Success },
        coverage: this.stryker.mutantCoverage.static,
      });
    }
    // In this order they are asked about a mutant: the quick ones first.
    found.sort((a, b) => a.test.timeSpentMs - b.test.timeSpentMs);
    return {
      status: DryRunStatus.Complete,
      tests: found.map(({ test }) => test),
      mutantCoverage: { static: {}, perTest: Object.fromEntries(found.map(({ test, coverage }) => [test.id, coverage])) },
    };
  }

  async mutantRun({ activeMutant, hitLimit: patient = Infinity, testFilter = [] }: MutantRunOptions): Promise<MutantRunResult> {
    this.stryker.activeMutant = activeMutant.id;
    const hitLimit = Math.max(LEAST_HITS, Math.ceil(patient / TOO_PATIENT));
    this.stryker.hitLimit = hitLimit;
    this.stryker.hitCount = 0;
    const own = basename(activeMutant.fileName, '.ts');
    for (const spec of testFilter.toSorted((a, b) => Number(basename(b).startsWith(own)) - Number(basename(a).startsWith(own)))) {
      const { passed, failure } = await runSpecFile(spec);
      const endless = determineHitLimitReached(this.stryker.hitCount, hitLimit);
      if (endless) return { status: MutantRunStatus.Timeout, reason: endless.reason };
      if (failure) return { status: MutantRunStatus.Killed, killedBy: [spec], failureMessage: `${failure.test}: ${failure.message}`, nrOfTests: passed + 1 };
    }
    return { status: MutantRunStatus.Survived, nrOfTests: testFilter.length };
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'domain', DomainRunner)];
