import { writeFileSync } from 'node:fs';

/**
 * Writes what each spec file came to as soon as it is over: Jest that stops at the first failure writes no results of its own.
 * Plain JavaScript, because Jest loads a reporter as it is.
 */
export default class SpecReporter {
  output = process.env.TRAINYARD_SPEC_RESULTS;
  run = { passed: 0, failures: [], broken: null, longestMs: 0 };

  /**
   * @param {import('@jest/reporters').Test} test
   * @param {import('@jest/reporters').TestResult} result
   */
  onTestFileResult(test, result) {
    this.run.passed += result.numPassingTests;
    this.run.longestMs = Math.max(this.run.longestMs, ...result.testResults.map(({ duration }) => duration ?? 0));
    for (const each of result.testResults) if (each.status === 'failed') this.run.failures.push({ spec: test.path, test: each.fullName });
    if (result.testExecError) this.run.broken ??= result.failureMessage ?? result.testExecError.message;
    writeFileSync(this.output, JSON.stringify(this.run));
  }
}
