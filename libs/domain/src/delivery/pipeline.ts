import type { CheckRow } from './check.ts';
import { compareIds } from './host.ts';
import { isOwnContext } from './posted-status.ts';
import { rollup, type CheckVerdict, type Rollup } from './rollup.ts';

/** Statuses of pipelines and jobs of GitLab that its rules name. Newer versions have more: an unknown one is `pending`, never a pass. */
export const PIPELINE_STATUSES = [
  'created',
  'waiting_for_resource',
  'preparing',
  'pending',
  'running',
  'success',
  'failed',
  'canceled',
  'skipped',
  'manual',
  'scheduled',
] as const;
export type PipelineStatus = (typeof PIPELINE_STATUSES)[number];

/** A job of a pipeline, as hooks and answers tell it. */
export interface PipelineJob {
  /** The host's numeric id, as text; a retry is another job of the same name with a higher one. */
  id: string;
  name: string;
  status: string;
  allowFailure: boolean;
  /** The pipeline that the job started, where it is a trigger; `isFollowed` if by `strategy: depend` or `mirror`. */
  child: { status: string | null; isFollowed: boolean } | null;
}

/** What counts of jobs: of each name the newest. A job that was run again speaks no more, and a status of ours is no job. */
export function withoutRetried(jobs: readonly PipelineJob[]): PipelineJob[] {
  const newest = new Map<string, PipelineJob>();
  for (const job of jobs) {
    if (isOwnContext(job.name)) continue;
    const known = newest.get(job.name);
    if (!known || compareIds(known.id, job.id) < 0) newest.set(job.name, job);
  }
  return [...newest.values()].sort((one, other) => compareIds(one.id, other.id));
}

/** Names of jobs that failed and passed when they were run again, on the same commit. */
export function flakyJobs(jobs: readonly PipelineJob[]): string[] {
  return withoutRetried(jobs)
    .filter(({ name, status }) => status === 'success' && jobs.some((job) => job.name === name && job.status === 'failed'))
    .map(({ name }) => name);
}

/**
 * The status of a pipeline from its jobs, by GitLab's own rules in their order; null of no jobs. What fails while something runs is
 * running, and what has passed up to a blocking manual job is `manual`, which is no pass.
 */
export function compositeStatus(jobs: readonly PipelineJob[]): PipelineStatus | null {
  const counted = new Set(withoutRetried(jobs).map(countedAs));
  const only = (...statuses: string[]) => [...counted].every((status) => statuses.includes(status));
  const has = (status: PipelineStatus) => counted.has(status);
  const passed = ['skipped', 'WARNING', 'IGNORED'];

  if (counted.size === 0) return null;
  if (only('skipped', 'IGNORED')) return 'skipped';
  if (only('success', ...passed)) return 'success';
  if (only('created', 'WARNING', 'IGNORED')) return 'created';
  if (only('preparing', 'WARNING', 'IGNORED')) return 'preparing';
  if (only('canceled', 'success', ...passed)) return 'canceled';
  if (only('pending', 'created', ...passed)) return 'pending';
  if (has('running') || has('pending')) return 'running';
  for (const status of ['waiting_for_resource', 'manual', 'scheduled', 'preparing'] as const) if (has(status)) return status;
  return has('created') ? 'running' : 'failed';
}

function countedAs({ status, allowFailure, child }: PipelineJob): PipelineStatus | 'WARNING' | 'IGNORED' {
  const said = child?.isFollowed ? (child.status ?? 'pending') : status;
  if (allowFailure && (said === 'failed' || said === 'canceled')) return 'WARNING';
  if (allowFailure && said === 'manual') return 'IGNORED';
  return (PIPELINE_STATUSES as readonly string[]).includes(said) ? (said as PipelineStatus) : 'pending';
}

/** What a status comes to on a card; an unknown one is pending. A pipeline that was skipped has looked at nothing. */
export function pipelineVerdict(status: string | null): CheckVerdict {
  if (status === 'success') return 'PASSING';
  if (status === 'failed' || status === 'canceled') return 'FAILING';
  return status === null || status === 'skipped' ? 'NONE' : 'PENDING';
}

/** Child pipelines that fail under a pipeline that does not wait for them: shown beside its status, which they do not change. */
export function failingApart(jobs: readonly PipelineJob[]): PipelineJob[] {
  return withoutRetried(jobs).filter(({ child }) => child !== null && !child.isFollowed && (child.status === 'failed' || child.status === 'canceled'));
}

/**
 * A pipeline as a rollup: names and counts are those of its jobs. Its verdict follows `status` where that was read after the last delivery
 * of a job, since a host may call a pipeline done whose jobs never begin; else, as deliveries of its status cross, GitLab's rules over jobs.
 */
export function pipelineRollup(pipeline: { id: string; sha: string; source: string; status: string | null }, jobs: readonly PipelineJob[]): Rollup {
  const rows = withoutRetried(jobs).flatMap((job): CheckRow[] => {
    const words = rowWords(job);
    if (!words) return [];
    const { id: runId, sha, source: event } = pipeline;
    return [
      { source: 'JOB', app: null, workflow: null, event, name: job.name, id: job.id, attempt: 1, runId, sha, ...words, startedAt: null, completedAt: null },
    ];
  });
  return { ...rollup(rows, null), verdict: pipelineVerdict(pipeline.status ?? compositeStatus(jobs)) };
}

const CONCLUSION_OF: Readonly<Record<string, string>> = {
  success: 'SUCCESS',
  failed: 'FAILURE',
  canceled: 'CANCELLED',
  skipped: 'SKIPPED',
  WARNING: 'WARNING',
};

function rowWords(job: PipelineJob): Pick<CheckRow, 'state' | 'conclusion'> | null {
  const counted = countedAs(job);
  if (counted === 'IGNORED') return null;
  const conclusion = CONCLUSION_OF[counted] ?? null;
  return { state: conclusion !== null ? 'COMPLETED' : counted === 'running' ? 'IN_PROGRESS' : 'QUEUED', conclusion };
}

/** Which commits a pipeline is of. */
export interface Pipeline {
  /** The host's numeric id, as text. */
  id: string;
  sha: string;
  ref: string;
  /** Why it runs, in GitLab's words: `push`, `merge_request_event`, `parent_pipeline`, ... */
  source: string;
  /** The number (`iid`) of the merge request that it runs for, where it runs for one. */
  number: number | null;
  /** Of a pipeline on a merge that was tried: the head that was merged, where it is told. */
  sourceSha: string | null;
  /** Seconds since 1970. */
  createdAt: number | null;
}

/**
 * The pipeline that speaks of a merge request's head; null where none has run for this commit. GitLab's own `head_pipeline` goes on to name
 * the last commit that had one. A child pipeline is never the head's; one on a tried merge has a commit of its own. GitLab makes an `external`
 * pipeline of a status that is posted, ours too: it speaks only where there is no other.
 */
export function headPipeline(pipelines: readonly Pipeline[], head: { sha: string; since: number; number: number }): Pipeline | null {
  const own = pipelines.filter(
    (pipeline) =>
      pipeline.sha === head.sha ||
      (pipeline.number === head.number &&
        isTriedMerge(pipeline.ref, head.number) &&
        (pipeline.sourceSha === null ? pipeline.createdAt !== null && pipeline.createdAt >= head.since : pipeline.sourceSha === head.sha)),
  );
  return newest(own.filter(({ source }) => source !== 'external')) ?? newest(own);
}

/** The pipeline of what arrived in the target branch: it names no merge request, so it is found by the commits of the merge. */
export function mergedPipeline(pipelines: readonly Pipeline[], mergeShas: readonly string[]): Pipeline | null {
  return newest(pipelines.filter(({ sha }) => mergeShas.includes(sha)));
}

const isTriedMerge = (ref: string, number: number) => ref === `refs/merge-requests/${number}/merge` || ref === `refs/merge-requests/${number}/train`;

function newest(pipelines: readonly Pipeline[]): Pipeline | null {
  return pipelines
    .filter(({ source }) => source !== 'parent_pipeline')
    .reduce<Pipeline | null>((known, one) => (known !== null && compareIds(known.id, one.id) >= 0 ? known : one), null);
}

const ENDS: readonly string[] = ['success', 'failed', 'canceled', 'skipped'];

/**
 * Whether a pipeline that had ended goes on, as it does when a job of it is run again. Its hooks carry no time, so that this cannot be told
 * from a late delivery: read it again.
 */
export function goesBack(known: string | null, seen: string): boolean {
  return known !== null && ENDS.includes(known) && !ENDS.includes(seen);
}
