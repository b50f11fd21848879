import fc from 'fast-check';
import { CHECK_STATES, checkWords, joinCheck, newestOf, checkOutcome, rowsOfChange, statusWords, type CheckRow } from './check.ts';
import { check, shuffled } from './story.fixture.ts';

const all = (rows: readonly CheckRow[]) => rows.reduce<CheckRow | null>(joinCheck, null);

const anyCheck: fc.Arbitrary<CheckRow> = fc
  .record({
    id: fc.constantFrom('9', '10'),
    attempt: fc.integer({ min: 1, max: 2 }),
    state: fc.constantFrom(...CHECK_STATES),
    conclusion: fc.constantFrom(null, 'SUCCESS', 'FAILURE', 'FANCY'),
    completedAt: fc.option(fc.integer({ min: 0, max: 2 })),
  })
  .map(check);

describe('words of hosts', () => {
  it.each([
    ['SUCCESS', 'PASS'],
    ['NEUTRAL', 'NEUTRAL'],
    ['SKIPPED', 'SKIPPED'],
    ['FAILURE', 'FAIL'],
    ['ERROR', 'FAIL'],
    // chdsbd/kodiak#352: a cancelled check was waited for
    ['CANCELLED', 'FAIL'],
    ['TIMED_OUT', 'FAIL'],
    ['ACTION_REQUIRED', 'FAIL'],
    ['STARTUP_FAILURE', 'FAIL'],
    ['STALE', 'PENDING'],
    ['EXPECTED', 'PENDING'],
    ['SOMETHING_NEW', 'PENDING'],
    ['toString', 'PENDING'],
  ])('%s comes to %s', (conclusion, outcome) => expect(checkOutcome({ state: 'COMPLETED', conclusion })).toBe(outcome));

  it('of a state that is not the end are pending', () => {
    for (const word of ['queued', 'in_progress', 'waiting', 'requested', 'pending', 'expected', 'fancy']) {
      expect([word, checkOutcome(checkWords(word, ''))]).toEqual([word, 'PENDING']);
      expect([word, checkOutcome(checkWords(word, null))]).toEqual([word, 'PENDING']);
    }
    expect(checkOutcome(checkWords('completed', null))).toBe('PENDING');
    // a run that was requested and is completed: the object tells, not the event
    expect(checkWords('completed', 'action_required')).toEqual({ state: 'COMPLETED', conclusion: 'ACTION_REQUIRED' });
    expect(checkOutcome(statusWords('pending'))).toBe('PENDING');
    expect(checkOutcome(statusWords('error'))).toBe('FAIL');
  });
});

describe('joining observations of a check', () => {
  it('is a semilattice: associative, commutative, idempotent', () => {
    fc.assert(
      fc.property(anyCheck, anyCheck, anyCheck, (one, two, three) => {
        expect(joinCheck(joinCheck(one, two), three)).toEqual(joinCheck(one, joinCheck(two, three)));
        expect(joinCheck(one, two)).toEqual(joinCheck(two, one));
        expect(joinCheck(one, one)).toEqual(one);
      }),
      { numRuns: 1000 },
    );
  });

  it('1: queued, in progress and completed of one second end in completed, in whatever order and however often they come', () => {
    const steps = CHECK_STATES.map((state) => check({ state, conclusion: state === 'COMPLETED' ? 'FAILURE' : null, startedAt: 100 }));
    fc.assert(fc.property(shuffled(steps), (list) => expect(all(list)).toBe(steps[2])));
  });

  it('begins again with another attempt, and never goes back to the one before', () => {
    const again = check({ attempt: 2, state: 'QUEUED', conclusion: null });
    expect(all([check(), again, check()])).toBe(again);
  });

  it('Mergifyio/mergify#541: a completed check that is set to running under its own id stays what it was', () => {
    const failed = check({ conclusion: 'FAILURE', completedAt: 10 });
    expect(all([failed, check({ state: 'IN_PROGRESS', conclusion: null })])).toBe(failed);
    const passed = check({ completedAt: 20 });
    expect(all([passed, failed])).toBe(passed);
  });
});

describe('the newest run of each check', () => {
  const old = check({ id: '99', conclusion: 'FAILURE', completedAt: 500, runId: '1' });
  const young = check({ id: '100', completedAt: 400, runId: '2' });

  it('4: of two suites on one commit is that of the higher id, in both orders', () => {
    expect(newestOf([old, young])).toEqual([young]);
    expect(newestOf([young, old])).toEqual([young]);
  });

  it('kunchenguid/firstmate#4258: does not depend on which ended last, and a status is another check than a run of its name', () => {
    const cancelled = check({ id: '99', conclusion: 'CANCELLED', completedAt: 900 });
    expect(newestOf([cancelled, young])).toEqual([young]);
    const status = check({ source: 'STATUS', app: null, workflow: null, event: null, id: '5', conclusion: 'FAILURE' });
    expect(newestOf([young, status])).toHaveLength(2);
  });

  it('tells jobs of one name in two workflows, apps or events apart', () => {
    expect(newestOf([check(), check({ id: '2', workflow: 'nightly' }), check({ id: '3', event: 'push' }), check({ id: '4', app: '2' })])).toHaveLength(4);
  });

  it('of a status is known by its context alone', () => {
    const post = (id: string, app: string | null) => check({ source: 'STATUS', workflow: null, event: null, app, id, name: 'ci/build' });
    expect(newestOf([post('2', '7'), post('10', null)])).toEqual([post('10', null)]);
  });
});

describe('whose commit a check is of', () => {
  const change = { headSha: 'B', baseSha: 'base', testMergeSha: null };

  it('8: a late result of an earlier head changes nothing', () => {
    expect(rowsOfChange([check({ sha: 'A', conclusion: 'FAILURE' })], change)).toEqual([]);
  });

  it('6: a run of pull_request_target with the base commit is not the change’s, also where that is its head', () => {
    const run = check({ sha: 'base', event: 'pull_request_target' });
    expect(rowsOfChange([run], change)).toEqual([]);
    expect(rowsOfChange([run], { ...change, headSha: 'base' })).toEqual([]);
    expect(rowsOfChange([check({ sha: 'base', event: 'push' })], { ...change, headSha: 'base' })).toHaveLength(1);
  });

  it('5: of a fork is found by its commit alone, also if it came before the change', () => {
    expect(rowsOfChange([check({ sha: 'B' })], change)).toHaveLength(1);
  });

  it('is that of the tried merge where something ran on it', () => {
    const tried = check({ sha: 'M', conclusion: 'FAILURE', id: '2' });
    expect(rowsOfChange([check({ sha: 'B' }), tried], { ...change, testMergeSha: 'M' })).toEqual([tried]);
    expect(rowsOfChange([check({ sha: 'B' })], { ...change, testMergeSha: 'M' })).toHaveLength(1);
  });
});
