import fc from 'fast-check';
import { CASE_VERDICTS, caseVerdict, compareReports, flakyRate, type CaseOutcome, type CaseRun, type CaseVerdict } from './junit-verdict.ts';

const run = (outcome: CaseOutcome, index = 0, given: Partial<CaseRun> = {}): CaseRun => ({ attempt: 1, index, outcome, failuresBefore: 0, ...given });

describe('the verdict of a test case', () => {
  it.each<[string, CaseRun[], CaseVerdict | null]>([
    ['nothing', [], null],
    ['passed', [run('PASSED')], 'PASSED'],
    ['errored', [run('ERRORED')], 'ERRORED'],
    ['only skipped', [run('SKIPPED'), run('SKIPPED', 1)], 'SKIPPED'],
    ['mikepenz/action-junit-report#493: failed and then passed in one suite', [run('FAILED'), run('PASSED', 1)], 'FLAKY'],
    ['failed, and passed in another attempt', [run('FAILED', 5), run('PASSED', 0, { attempt: 2 })], 'FLAKY'],
    ['mikepenz/action-junit-report#1394: passed with a flakyFailure inside', [run('PASSED', 0, { failuresBefore: 1 })], 'FLAKY'],
    ['EnricoMi/publish-unit-test-result-action#539: failed, errored, passed', [run('FAILED'), run('ERRORED', 1), run('PASSED', 2)], 'FLAKY'],
    ['gradle/test-retry-gradle-plugin#51: failed and then skipped is not flaky', [run('FAILED'), run('SKIPPED', 1)], 'FAILED'],
    ['passed and then failed', [run('PASSED'), run('FAILED', 1)], 'FAILED'],
    ['failed twice, the second time broken', [run('FAILED'), run('ERRORED', 1)], 'ERRORED'],
    ['skipped in the second attempt', [run('PASSED'), run('SKIPPED', 0, { attempt: 2 })], 'PASSED'],
  ])('%s', (_name, runs, verdict) => {
    expect(caseVerdict(runs)).toBe(verdict);
    expect(caseVerdict(runs.toReversed())).toBe(verdict);
  });
});

describe('the difference of two reports', () => {
  const verdicts = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom(...CASE_VERDICTS)).map((cases) => new Map(Object.entries(cases)));

  it('tells what fails here and not there', () => {
    const here = new Map<string, CaseVerdict>([
      ['new', 'FAILED'],
      ['broken', 'ERRORED'],
      ['old', 'FAILED'],
      ['good', 'PASSED'],
      ['mended', 'FLAKY'],
      ['shaky', 'FLAKY'],
      ['left out', 'SKIPPED'],
    ]);
    const there = new Map<string, CaseVerdict>([
      ['broken', 'PASSED'],
      ['old', 'ERRORED'],
      ['good', 'PASSED'],
      ['mended', 'FAILED'],
      ['shaky', 'PASSED'],
      ['left out', 'FAILED'],
      ['gone', 'PASSED'],
    ]);
    expect(compareReports(here, there)).toEqual({
      newlyFailing: ['broken', 'new'],
      stillFailing: ['old'],
      fixed: ['mended'],
      newlyFlaky: ['shaky'],
      failing: ['broken', 'new', 'old'],
      absent: ['gone'],
    });
    // nothing is known of there: nothing is this change's doing, and nothing is not
    expect(compareReports(here, null)).toMatchObject({ newlyFailing: null, stillFailing: null, fixed: null, failing: ['broken', 'new', 'old'] });
  });

  it('puts each that fails into one list, and nothing into any against itself', () => {
    fc.assert(
      fc.property(verdicts, verdicts, (here, there) => {
        const { newlyFailing, stillFailing, failing } = compareReports(here, there);
        expect([...newlyFailing!, ...stillFailing!].sort()).toEqual(failing);
        expect(compareReports(here, here)).toMatchObject({ newlyFailing: [], fixed: [], newlyFlaky: [], absent: [] });
      }),
    );
  });
});

describe('how flaky a case is', () => {
  it('is not said of few runs', () => {
    expect(flakyRate([...Array<CaseVerdict>(8).fill('PASSED'), 'FLAKY', ...Array<CaseVerdict>(50).fill('SKIPPED')])).toEqual({ flaky: 1, runs: 9, rate: null });
    expect(flakyRate([...Array<CaseVerdict>(8).fill('PASSED'), 'FLAKY', 'FAILED'])).toEqual({ flaky: 1, runs: 10, rate: 0.1 });
    expect(flakyRate([])).toEqual({ flaky: 0, runs: 0, rate: null });
  });
});
