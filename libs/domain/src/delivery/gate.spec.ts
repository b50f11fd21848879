import { acceptanceGate, approvalsGate, checksGate, mergedGate, parseAcceptance, type LinkedChange } from './gate.ts';
import { pipelineRollup } from './pipeline.ts';
import { reviewState } from './review-state.ts';
import { rollup } from './rollup.ts';
import { check, OPENED, person, review } from './story.fixture.ts';

const linked = (id: string, state: LinkedChange['facts']['state'], landedShas: string[] = []): LinkedChange => ({
  id,
  facts: { state, headSha: 'A' },
  landedShas,
});
const codes = (lacking: readonly { code: string }[]) => lacking.map(({ code }) => code);

describe('the gate "merged"', () => {
  it('15: opens with the last change that is merged, not with the first', () => {
    expect(mergedGate([linked('1', 'MERGED'), linked('2', 'OPEN')])).toEqual([{ code: 'CHANGE_NOT_MERGED', change: '2', state: 'OPEN' }]);
    expect(mergedGate([linked('1', 'MERGED'), linked('2', 'MERGED')])).toEqual([]);
  });

  it('15: lets those of a stack pass that were closed when it landed', () => {
    expect(mergedGate([linked('1', 'CLOSED', ['A'])])).toEqual([]);
    expect(mergedGate([linked('1', 'CLOSED', ['X'])])).toEqual([{ code: 'CHANGE_NOT_MERGED', change: '1', state: 'CLOSED' }]);
  });

  it('is not held by one that was given up, and is not opened by none', () => {
    expect(mergedGate([linked('1', 'MERGED'), linked('2', 'CLOSED')])).toEqual([]);
    expect(mergedGate([])).toEqual([{ code: 'NO_CHANGE' }]);
  });
});

describe('the gate "approvals"', () => {
  const input = { change: OPENED, heads: [{ sha: 'A', since: 100 }], reviews: [review()], requests: [], required: null };
  const rule = { need: 1, againBlocks: false };

  it('counts those of the head', () => {
    expect(approvalsGate('1', reviewState(input), rule)).toEqual([]);
    const heads = [...input.heads, { sha: 'B', since: 200 }];
    expect(approvalsGate('1', reviewState({ ...input, heads, change: { ...OPENED, headSha: 'B' } }), rule)).toEqual([
      { code: 'APPROVALS_MISSING', change: '1', have: 0, need: 1, stale: 1 },
    ]);
  });

  it('is shut while changes are requested, whatever the number', () => {
    const reviews = [review(), review({ id: '2', reviewer: person('3'), verdict: 'CHANGES_REQUESTED' })];
    expect(approvalsGate('1', reviewState({ ...input, reviews }), rule)).toEqual([{ code: 'CHANGES_REQUESTED', change: '1', by: ['3'] }]);
  });

  it('9: is shut by a question that was asked again, where the project chooses so', () => {
    const state = reviewState({ ...input, change: { ...OPENED, requested: ['2'] } });
    expect(approvalsGate('1', state, rule)).toEqual([]);
    expect(approvalsGate('1', state, { ...rule, againBlocks: true })).toEqual([{ code: 'REVIEW_ASKED_AGAIN', change: '1', of: ['2'] }]);
  });

  it('10: is not opened by a host that says approved without anybody', () => {
    expect(codes(approvalsGate('1', reviewState({ ...input, reviews: [], required: 0 }), rule))).toEqual(['APPROVALS_MISSING']);
  });
});

describe('the gate "checks"', () => {
  const required = [{ name: 'tests', app: null }];

  it('asks for those that are required, on this commit', () => {
    expect(checksGate('1', rollup([check(), check({ name: 'docs', id: '2', conclusion: 'FAILURE' })], required))).toEqual([]);
    expect(checksGate('1', rollup([], required))).toEqual([{ code: 'CHECK_EXPECTED', change: '1', name: 'tests' }]);
    expect(codes(checksGate('1', rollup([check({ conclusion: 'FAILURE' })], required)))).toEqual(['CHECK_FAILED']);
    expect(codes(checksGate('1', rollup([check({ conclusion: 'FAILURE' }), check({ id: '2', state: 'QUEUED', conclusion: null })], required)))).toEqual([
      'CHECK_PENDING',
    ]);
  });

  it('2: is shut by one that did not run, though the host lets it pass', () => {
    const rows = [
      check({ name: 'build', id: '1', runId: '7', conclusion: 'FAILURE' }),
      check({ name: 'build', id: '3', runId: '7', attempt: 2 }),
      check({ id: '2', runId: '7', conclusion: 'SKIPPED' }),
    ];
    expect(checksGate('1', rollup(rows, required))).toEqual([{ code: 'CHECK_DID_NOT_RUN', change: '1', name: 'tests' }]);
  });

  it.each([[null], [[]]])('dlang/dlang-bot#243: with required %j asks that all pass, and that there is one', (none) => {
    expect(checksGate('1', rollup([check()], none))).toEqual([]);
    expect(checksGate('1', rollup([], none))).toEqual([{ code: 'NO_CHECKS', change: '1' }]);
    const rows = [check(), check({ name: 'docs', id: '2', conclusion: 'FAILURE' }), check({ name: 'e2e', id: '3', state: 'QUEUED', conclusion: null })];
    expect(checksGate('1', rollup(rows, none))).toEqual([
      { code: 'CHECK_FAILED', change: '1', name: 'docs' },
      { code: 'CHECK_PENDING', change: '1', name: 'e2e' },
    ]);
  });

  it('is shut by a pipeline that waits for a person, or that ran nothing', () => {
    const job = (id: string, status: string) => ({ id, name: `job ${id}`, status, allowFailure: false, child: null });
    const pipeline = { id: '7', sha: 'A', source: 'push', status: null };
    expect(checksGate('1', pipelineRollup(pipeline, [job('1', 'success'), job('2', 'manual')]))).toEqual([
      { code: 'CHECK_PENDING', change: '1', name: 'job 2' },
    ]);
    expect(codes(checksGate('1', pipelineRollup(pipeline, [job('1', 'skipped')])))).toEqual(['NO_CHECKS']);
    expect(checksGate('1', pipelineRollup(pipeline, [job('1', 'success')]))).toEqual([]);
  });
});

describe('acceptance lines', () => {
  it('are a metric, a comparison and a number', () => {
    const text = '# what is good enough\n\nval/accuracy >= 0.92\r\nloss<1e-3\nepoch = 10\nf1@5 > .5\ndrift <= -0.5';
    expect(parseAcceptance(text)).toEqual({
      lines: [
        { metric: 'val/accuracy', op: '>=', value: 0.92 },
        { metric: 'loss', op: '<', value: 0.001 },
        { metric: 'epoch', op: '=', value: 10 },
        { metric: 'f1@5', op: '>', value: 0.5 },
        { metric: 'drift', op: '<=', value: -0.5 },
      ],
      faults: [],
    });
  });

  it.each([
    ['accuracy 0.9', 'NO_OPERATOR'],
    ['>= 0.9', 'NO_METRIC'],
    ['val accuracy >= 0.9', 'NO_METRIC'],
    ['accuracy >= 90%', 'NO_NUMBER'],
    ['accuracy >=', 'NO_NUMBER'],
    ['accuracy => 0.9', 'NO_NUMBER'],
    ['accuracy == 0.9', 'NO_NUMBER'],
    ['accuracy > 1e999', 'NO_NUMBER'],
    ['accuracy > 1e400', 'NO_NUMBER'],
    ['accuracy > Infinity', 'NO_NUMBER'],
    ['accuracy > 0x10', 'NO_NUMBER'],
    [`${'a'.repeat(200)} > 1`, 'TOO_LONG'],
  ])('%s is none: %s', (line, code) => expect(parseAcceptance(`loss < 1\n${line}`)).toMatchObject({ lines: [{}], faults: [{ line: 2, code }] }));

  it('are as many as a person reads', () => {
    const { lines, faults } = parseAcceptance('a > 1\n'.repeat(1000));
    expect([lines.length, faults]).toEqual([20, [{ line: 21, code: 'TOO_MANY' }]]);
  });

  it('are met by the metrics of a run; what it does not have is not met', () => {
    const { lines } = parseAcceptance('acc >= 0.9\nloss < 1\nf1 = 0.5\nbleu > 1\nlost <= 0');
    const metrics = new Map([
      ['acc', 0.9],
      ['loss', 1],
      ['f1', 0.5],
      ['lost', NaN],
    ]);
    expect(acceptanceGate(lines, metrics)).toEqual([
      { code: 'METRIC_NOT_MET', metric: 'loss', op: '<', value: 1, is: 1 },
      { code: 'METRIC_MISSING', metric: 'bleu', op: '>', value: 1 },
      { code: 'METRIC_MISSING', metric: 'lost', op: '<=', value: 0 },
    ]);
    expect(acceptanceGate([{ metric: 'loss', op: '<', value: 1 }], new Map([['loss', Infinity]]))).toHaveLength(1);
  });
});
