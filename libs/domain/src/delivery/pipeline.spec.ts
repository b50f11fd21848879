import fc from 'fast-check';
import {
  compositeStatus,
  failingApart,
  flakyJobs,
  goesBack,
  headPipeline,
  mergedPipeline,
  PIPELINE_STATUSES,
  pipelineRollup,
  pipelineVerdict,
  type Pipeline,
  type PipelineJob,
} from './pipeline.ts';

const job = (id: number, status: string, given: Partial<PipelineJob> = {}): PipelineJob => ({
  id: String(id),
  name: `job ${id}`,
  status,
  allowFailure: false,
  child: null,
  ...given,
});
const lax = { allowFailure: true };

describe('the status of a pipeline', () => {
  it.each<[string, PipelineJob[], string | null]>([
    ['nothing', [], null],
    ['only skipped', [job(1, 'skipped'), job(2, 'manual', lax)], 'skipped'],
    ['passed', [job(1, 'success'), job(2, 'skipped'), job(3, 'manual', lax)], 'success'],
    ['passed with warnings', [job(1, 'success'), job(2, 'failed', lax), job(3, 'canceled', lax)], 'success'],
    ['only a warning', [job(1, 'failed', lax)], 'success'],
    ['not begun', [job(1, 'created'), job(2, 'manual', lax)], 'created'],
    ['preparing', [job(1, 'preparing'), job(2, 'failed', lax)], 'preparing'],
    ['canceled', [job(1, 'success'), job(2, 'canceled'), job(3, 'skipped')], 'canceled'],
    ['waiting to begin', [job(1, 'pending'), job(2, 'created'), job(3, 'skipped')], 'pending'],
    ['failed while another runs', [job(1, 'failed'), job(2, 'running')], 'running'],
    ['passed and pending', [job(1, 'success'), job(2, 'pending')], 'running'],
    ['waits for a resource', [job(1, 'success'), job(2, 'waiting_for_resource'), job(3, 'manual')], 'waiting_for_resource'],
    ['blocked by a manual job', [job(1, 'success'), job(2, 'manual')], 'manual'],
    ['failed and manual', [job(1, 'failed'), job(2, 'manual')], 'manual'],
    ['scheduled', [job(1, 'success'), job(2, 'scheduled')], 'scheduled'],
    ['passed, the next stage created', [job(1, 'success'), job(2, 'created')], 'running'],
    ['failed', [job(1, 'failed'), job(2, 'success'), job(3, 'skipped')], 'failed'],
    ['failed and canceled', [job(1, 'failed'), job(2, 'canceled')], 'failed'],
    ['an unknown word', [job(1, 'success'), job(2, 'canceling')], 'running'],
    ['only an unknown word', [job(1, 'waiting_for_callback')], 'pending'],
  ])('%s', (_name, jobs, status) => {
    expect(compositeStatus(jobs)).toBe(status);
    expect(compositeStatus(jobs.toReversed())).toBe(status);
  });

  it('12: does not count a job that was run again, and says that it is flaky', () => {
    const jobs = [job(1, 'failed', { name: 'test' }), job(2, 'success', { name: 'test' }), job(3, 'success')];
    expect(compositeStatus(jobs)).toBe('success');
    expect(flakyJobs(jobs)).toEqual(['test']);
    expect(compositeStatus([job(10, 'failed', { name: 'test' }), job(9, 'success', { name: 'test' })])).toBe('failed');
    expect(flakyJobs([job(10, 'failed', { name: 'test' }), job(9, 'success', { name: 'test' })])).toEqual([]);
  });

  it('12: renovatebot/renovate#1586: a job that may fail warns, and is not red', () => {
    const rolled = pipelineRollup({ id: '7', sha: 'A', source: 'push', status: null }, [job(1, 'success'), job(2, 'failed', { ...lax, name: 'outdated' })]);
    expect(rolled).toMatchObject({ verdict: 'PASSING', failing: [], counts: { PASS: 1, WARNING: 1, FAIL: 0 } });
  });

  it('12: counts a child pipeline only if it is followed, and shows a red one under a green pipeline', () => {
    const child = (isFollowed: boolean) => job(2, 'success', { child: { status: 'failed', isFollowed } });
    expect(compositeStatus([job(1, 'success'), child(true)])).toBe('failed');
    expect(compositeStatus([job(1, 'success'), child(false)])).toBe('success');
    expect(failingApart([child(false)])).toHaveLength(1);
    expect(failingApart([child(true)])).toEqual([]);
    expect(compositeStatus([job(1, 'success'), job(2, 'success', { child: { status: null, isFollowed: true } })])).toBe('running');
  });

  it('never passes while a job that must pass has not', () => {
    const jobs = fc.array(fc.tuple(fc.constantFrom(...PIPELINE_STATUSES, 'odd'), fc.boolean()), { maxLength: 6 });
    fc.assert(
      fc.property(jobs, (list) => {
        const made = list.map(([status, allowFailure], index) => job(index + 1, status, { allowFailure }));
        const must = made.filter(({ allowFailure }) => !allowFailure);
        if (pipelineVerdict(compositeStatus(made)) === 'PASSING') expect(must.filter(({ status }) => status !== 'success' && status !== 'skipped')).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it('DataDog/integrations-core#22399: a blocking manual job leaves it blocked, which is pending and not passed', () => {
    expect(pipelineVerdict(compositeStatus([job(1, 'success'), job(2, 'manual')]))).toBe('PENDING');
    expect(pipelineVerdict(compositeStatus([job(1, 'success'), job(2, 'manual', lax)]))).toBe('PASSING');
    expect(pipelineVerdict('skipped')).toBe('NONE');
    expect(pipelineVerdict('canceled')).toBe('FAILING');
  });

  it('is what was read, where that came last: a job that never begins holds nothing', () => {
    const jobs = [job(1, 'success'), job(2, 'created'), job(3, 'skipped', lax)];
    const pipeline = { id: '7', sha: 'A', source: 'push', status: null };
    expect(pipelineRollup(pipeline, jobs).verdict).toBe('PENDING');
    expect(pipelineRollup({ ...pipeline, status: 'success' }, jobs).verdict).toBe('PASSING');
    expect(pipelineRollup({ ...pipeline, status: 'waiting_for_callback' }, [job(1, 'success')]).verdict).toBe('PENDING');
  });

  it('that goes on after its end must be read again', () => {
    expect(goesBack('success', 'running')).toBe(true);
    expect(goesBack('running', 'failed')).toBe(false);
    expect(goesBack('failed', 'success')).toBe(false);
    expect(goesBack(null, 'running')).toBe(false);
  });
});

describe('the pipeline of a head', () => {
  const pipeline = (id: number, given: Partial<Pipeline> = {}): Pipeline => ({
    id: String(id),
    sha: 'B',
    ref: 'abc-12',
    source: 'push',
    number: null,
    sourceSha: null,
    createdAt: 100,
    ...given,
  });
  const head = { sha: 'B', since: 100, number: 5 };

  it('11: renovatebot/renovate#46236: is none if the last one is of an earlier commit, passed or failed', () => {
    expect(headPipeline([pipeline(9, { sha: 'A', number: 5 })], head)).toBeNull();
  });

  it('is the newest of the commit, by id', () => {
    expect(headPipeline([pipeline(10), pipeline(9, { createdAt: 900 })], head)!.id).toBe('10');
  });

  it('13: is not the one that GitLab makes of a status that was posted, unless there is no other', () => {
    expect(headPipeline([pipeline(9), pipeline(10, { source: 'external' })], head)!.id).toBe('9');
    expect(headPipeline([pipeline(10, { source: 'external' })], head)!.id).toBe('10');
    expect(compositeStatus([job(1, 'pending', { name: 'trainyard/done' })])).toBeNull();
  });

  it('is never a child', () => {
    expect(headPipeline([pipeline(9), pipeline(10, { source: 'parent_pipeline' })], head)!.id).toBe('9');
  });

  it('renovatebot/renovate#17432: may run on a tried merge, whose commit is another', () => {
    const tried = { sha: 'M', ref: 'refs/merge-requests/5/merge', number: 5, source: 'merge_request_event' };
    expect(headPipeline([pipeline(9), pipeline(10, { ...tried, sourceSha: 'B' })], head)!.id).toBe('10');
    expect(headPipeline([pipeline(10, { ...tried, sourceSha: 'A' })], head)).toBeNull();
    // not told of which head: one that was made before the head arrived is not of it
    expect(headPipeline([pipeline(10, tried)], head)!.id).toBe('10');
    expect(headPipeline([pipeline(10, { ...tried, createdAt: 99 })], head)).toBeNull();
    expect(headPipeline([pipeline(10, { ...tried, number: 6 })], head)).toBeNull();
  });

  it('11: after the merge is found by the commits of the merge', () => {
    const merged = [pipeline(9, { sha: 'S', ref: 'main' }), pipeline(10, { sha: 'X', ref: 'main' })];
    expect(mergedPipeline(merged, ['S', 'C'])!.id).toBe('9');
    expect(mergedPipeline(merged, [])).toBeNull();
  });
});
