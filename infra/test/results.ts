import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

export interface Totals {
  passed: number;
  failed: number;
  /** What failed, for people: suite or test names. */
  failures: string[];
}

/** The part of Jest's --json that is counted. */
interface JestResult {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
}

/** Sums Jest's result files in `folder`. Each of `expected` must be there and hold at least one test, and each spec file must be in one of them. */
export function sumResults(folder: string, expected: string[], specFiles: string[] = []): Totals {
  const ran = new Set<string>();
  const totals: Totals = { passed: 0, failed: 0, failures: [] };
  const files = globSync('*.json', { cwd: folder });
  for (const name of expected) {
    if (!files.includes(`${name}.json`)) fail(totals, `${name}: its tests did not run`);
  }
  for (const file of files) {
    const result = JSON.parse(readFileSync(join(folder, file), 'utf8')) as JestResult;
    totals.passed += result.numPassedTests;
    if (result.numPassedTests + result.numFailedTests === 0) fail(totals, `${basename(file, '.json')}: no test ran`);
    for (const suite of result.testResults) {
      ran.add(suite.name);
      const failed = suite.assertionResults.filter((one) => one.status === 'failed');
      for (const one of failed) fail(totals, `${basename(suite.name)}: ${one.fullName}`);
      // A file that does not even load has no tests to fail.
      if (suite.status === 'failed' && failed.length === 0) fail(totals, `${basename(suite.name)}: the file could not be run`);
    }
  }
  for (const file of specFiles) {
    if (![...ran].some((name) => name.endsWith(`/${file}`))) fail(totals, `${file}: was not run`);
  }
  return totals;
}

function fail(totals: Totals, what: string): void {
  totals.failed++;
  totals.failures.push(what);
}
