import fc from 'fast-check';
import type { CheckRow } from './check.ts';
import { rollup, type RequiredCheck } from './rollup.ts';
import { check } from './story.fixture.ts';

const ofAnyApp = (...names: string[]): RequiredCheck[] => names.map((name) => ({ name, app: null }));
const job = (name: string, id: string, conclusion: string | null, given: Partial<CheckRow> = {}) =>
  check({ name, id, conclusion, state: conclusion === null ? 'QUEUED' : 'COMPLETED', ...given });

describe('the rollup of a commit', () => {
  it.each([
    [[], 'NONE'],
    [['SUCCESS'], 'PASSING'],
    [['SUCCESS', null], 'PENDING'],
    [['SUCCESS', null, 'FAILURE'], 'FAILING'],
    [['SUCCESS', 'STARTUP_FAILURE'], 'FAILING'],
    [['SUCCESS', 'STALE'], 'PENDING'],
    [['SUCCESS', 'SOMETHING_NEW'], 'PENDING'],
    [['SKIPPED'], 'PASSING'],
    [['NEUTRAL', 'SKIPPED', 'WARNING', 'SUCCESS'], 'PASSING'],
  ] as const)('%j is %s', (conclusions, verdict) => {
    const rows = conclusions.map((conclusion, index) => job(`job ${index}`, String(index + 1), conclusion));
    expect(rollup(rows, null).verdict).toBe(verdict);
    expect(rollup(rows.toReversed(), null)).toEqual(rollup(rows, null));
  });

  it('shows skipped, neutral and warning apart from successes, and failing names first', () => {
    const rows = [job('a', '1', 'SUCCESS'), job('b', '2', 'SKIPPED'), job('z', '3', 'FAILURE'), job('y', '4', 'TIMED_OUT'), job('c', '5', 'WARNING')];
    const { counts, failing, rows: shown } = rollup(rows, null);
    expect(counts).toEqual({ FAIL: 2, PENDING: 0, WARNING: 1, SKIPPED: 1, NEUTRAL: 0, PASS: 1 });
    expect(failing).toEqual(['y', 'z']);
    expect(shown.map(({ name }) => name)).toEqual(['y', 'z', 'c', 'b', 'a']);
  });

  it('2: an optional check that was skipped is green', () => {
    expect(rollup([job('tests', '1', 'SUCCESS'), job('docs', '2', 'SKIPPED')], ofAnyApp('tests')).verdict).toBe('PASSING');
  });

  it('2: a required check that was skipped because another job of its run failed did not run', () => {
    const build = job('build', '1', 'FAILURE', { runId: '7' });
    const tests = job('tests', '2', 'SKIPPED', { runId: '7' });
    expect(rollup([build, tests], ofAnyApp('tests')).required).toEqual([{ name: 'tests', app: null, answer: 'DID_NOT_RUN' }]);
    // the failed one is of another run, or there is none: skipped by choice
    expect(rollup([{ ...build, runId: '6' }, tests], ofAnyApp('tests')).required![0]!.answer).toBe('PASSED');
    expect(rollup([tests], ofAnyApp('tests')).required![0]!.answer).toBe('PASSED');
    const [passed, skipped] = [job('build', '3', 'SUCCESS', { runId: '7', attempt: 2 }), job('tests', '4', 'SKIPPED', { runId: '7', attempt: 2 })];
    expect(rollup([build, tests, passed, skipped], ofAnyApp('tests')).required![0]!.answer).toBe('PASSED');
  });

  it('go-gitea/gitea#28761: it still did not run once the failed job alone was run again', () => {
    const build = job('build', '1', 'FAILURE', { runId: '7' });
    const again = job('build', '3', 'SUCCESS', { runId: '7', attempt: 2 });
    const tests = job('tests', '2', 'SKIPPED', { runId: '7' });
    const { verdict, required } = rollup([build, again, tests], ofAnyApp('tests', 'build'));
    expect(verdict).toBe('PASSING');
    expect(required!.map(({ name, answer }) => [name, answer])).toEqual([
      ['tests', 'DID_NOT_RUN'],
      ['build', 'PASSED'],
    ]);
    const ran = job('tests', '4', 'SUCCESS', { runId: '7', attempt: 2 });
    expect(rollup([build, again, tests, ran], ofAnyApp('tests', 'build')).requiredCount).toEqual({ passed: 2, total: 2 });
  });

  it('3: a failed check that is queued again is pending, and green at no step between', () => {
    const failed = job('tests', '1', 'FAILURE');
    const others = [job('lint', '2', 'SUCCESS')];
    const steps = [
      [failed],
      [failed, job('tests', '3', null)],
      [failed, job('tests', '3', null, { state: 'IN_PROGRESS' })],
      [failed, job('tests', '3', 'SUCCESS')],
    ];
    expect(steps.map((rows) => rollup([...others, ...rows], ofAnyApp('tests')).verdict)).toEqual(['FAILING', 'PENDING', 'PENDING', 'PASSING']);
    expect(steps.map((rows) => rollup([...rows, ...others], ofAnyApp('tests')).required![0]!.answer)).toEqual(['FAILED', 'PENDING', 'PENDING', 'PASSED']);
  });
});

describe('required checks', () => {
  it('paritytech/parity-processbot#268: one that has not arrived yet is expected, and the commit waits', () => {
    const { verdict, required, requiredCount } = rollup([job('tests', '1', 'SUCCESS')], ofAnyApp('tests', 'transaction-versions'));
    expect(verdict).toBe('PENDING');
    expect(required![0]).toEqual({ name: 'transaction-versions', app: null, answer: 'EXPECTED' });
    expect(requiredCount).toEqual({ passed: 1, total: 2 });
    expect(rollup([], ofAnyApp('tests')).verdict).toBe('PENDING');
  });

  it('bobvanderlinden/probot-auto-merge#266: a check and a status of one name are both required', () => {
    const status = job('tests', '9', null, { source: 'STATUS', app: null });
    expect(rollup([job('tests', '1', 'SUCCESS'), status], ofAnyApp('tests')).required![0]!.answer).toBe('PENDING');
    expect(rollup([{ ...status, state: 'COMPLETED', conclusion: 'SUCCESS' }], ofAnyApp('tests')).required![0]!.answer).toBe('PASSED');
  });

  it('can ask for an app: another one, or one that is not known, does not count', () => {
    const required = [{ name: 'tests', app: '15368' }];
    expect(rollup([job('tests', '1', 'SUCCESS')], required).required![0]!.answer).toBe('PASSED');
    expect(rollup([job('tests', '1', 'SUCCESS', { app: '2' })], required).required![0]!.answer).toBe('EXPECTED');
    expect(rollup([job('tests', '1', 'SUCCESS', { app: null })], required).required![0]!.answer).toBe('EXPECTED');
  });

  it('are counted apart from optional ones', () => {
    const rows = [...'abc'].map((name, index) => job(name, String(index + 1), 'SUCCESS'));
    const { requiredCount, optionalCount } = rollup(
      [...rows, job('d', '4', 'FAILURE'), job('x', '5', 'FAILURE'), job('y', '6', 'SKIPPED')],
      ofAnyApp('a', 'b', 'c', 'd', 'e'),
    );
    expect(requiredCount).toEqual({ passed: 3, total: 5 });
    expect(optionalCount).toEqual({ passed: 1, total: 2 });
  });

  it('that are not known are not none', () => {
    expect(rollup([job('a', '1', 'SUCCESS')], null)).toMatchObject({ required: null, requiredCount: null });
    expect(rollup([job('a', '1', 'SUCCESS')], [])).toMatchObject({ required: [], requiredCount: { passed: 0, total: 0 } });
  });

  it('never pass while something of theirs fails or waits', () => {
    const row = fc
      .record({
        name: fc.constantFrom('a', 'b'),
        id: fc.nat({ max: 30 }).map(String),
        conclusion: fc.constantFrom(null, 'SUCCESS', 'FAILURE', 'SKIPPED', 'ODD'),
        workflow: fc.constantFrom('x', 'y'),
      })
      .map(({ name, id, conclusion, workflow }) => job(name, id, conclusion, { workflow }));
    fc.assert(
      fc.property(fc.array(row, { maxLength: 8 }), (rows) => {
        const { verdict, required, rows: newest, counts } = rollup(rows, ofAnyApp('a', 'b'));
        if (verdict === 'PASSING') expect(required!.every(({ answer }) => answer === 'PASSED' || answer === 'DID_NOT_RUN')).toBe(true);
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(newest.length);
        expect(rollup([...rows, ...rows].toReversed(), ofAnyApp('a', 'b'))).toEqual(rollup(rows, ofAnyApp('a', 'b')));
      }),
    );
  });
});
