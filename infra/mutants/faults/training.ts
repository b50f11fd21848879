import { faultsOf, inText, instead, leaveOut, UNTOLD, type Fault } from '../fault.ts';

const COST = 'apps/api/src/platform/graphql/query-cost.integration.spec.ts';
const ATTEMPTS = 'apps/api/src/training/attempts.integration.spec.ts';
const LOST = 'apps/api/src/training/lost-claims.integration.spec.ts';
const FENCES = 'apps/api/src/training/fences.integration.spec.ts';
const RETRY = 'apps/api/src/training/retry.integration.spec.ts';
const RUN = 'apps/api/src/training/run.integration.spec.ts';
const GRID = 'apps/api/src/training/run-grid.integration.spec.ts';
const LIVE = 'apps/api/src/training/run-live.integration.spec.ts';
const RECONCILER = 'apps/api/src/training/reconciler.integration.spec.ts';
const SERIES = 'apps/api/src/training/series.integration.spec.ts';
const METRICS = 'apps/api/src/training/metric-store.integration.spec.ts';
const GUARDED = 'apps/api/src/access/guarded.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';

const runs = faultsOf('apps/api/src/training/run.service.ts', [RUN, MUTATIONS]);
const queueing = faultsOf('apps/api/src/training/queueing.ts', [RUN, MUTATIONS]);
const grids = faultsOf('apps/api/src/training/run-grid.service.ts', [GRID]);
const inherit = faultsOf('apps/api/src/training/inherit.ts', [RETRY]);
const reconciler = faultsOf('apps/api/src/training/reconciler.service.ts', [RECONCILER]);
const tidyAccess = faultsOf('apps/api/src/access/access.housekeeping.ts', [RECONCILER]);
const tidyDataset = faultsOf('apps/api/src/dataset/dataset.housekeeping.ts', [RECONCILER]);
const tidyTraining = faultsOf('apps/api/src/training/training.housekeeping.ts', [RECONCILER]);
const waiting = faultsOf('apps/api/src/training/waiting.ts', [RECONCILER]);
const live = faultsOf('apps/api/src/training/run-live.ts', [LIVE]);
const series = faultsOf('apps/api/src/training/metric-store.ts', [SERIES]);
const metrics = faultsOf('apps/api/src/training/metric-store.ts', [METRICS]);
const reader = faultsOf('apps/api/src/training/run-reader.ts', [RUN]);
const app = faultsOf('apps/api/src/app.ts', [RUN]);

const projects = faultsOf('apps/api/src/project/project.rows.ts', [RUN, RETRY]);

/** Runs as people have them: queued, tried again, watched and read; and what the worker does for them. */
export const TRAINING_FAULTS: readonly Fault[] = [
  queueing('LOG', 'Queueing.put', 'a queued run is not logged', UNTOLD, [RUN, ATTEMPTS]),
  runs('LOG', 'RunService.retry', 'a run tried again is not logged', UNTOLD, [RETRY, FENCES]),
  queueing('RIGHTS', 'Queueing.ticketProject', 'whoever reads may queue', instead("'run.queue'", "'project.read'"), [RUN, GUARDED]),
  runs('RIGHTS', 'RunService.retry', 'whoever reads may try again', instead("'run.queue'", "'project.read'"), [RETRY, FENCES]),
  runs('RIGHTS', 'RunService.cancelIn', 'whoever may queue may cancel what others queued', instead("'run.cancel'", "'run.queue'"), [FENCES]),
  queueing(
    'RIGHTS',
    'Queueing.datasetFor',
    'a dataset of another project is trained on',
    inText('AND (project_id IS NULL OR project_id = $2)', 'AND ($2::uuid IS NOT NULL)'),
  ),
  runs('DATA', 'RunService.retry', "the dataset's digest is not compared at a retry", instead('dataset.digest !== run.datasetDigest', 'false'), [
    RETRY,
    FENCES,
  ]),
  runs(
    'DATA',
    'RunService.retry',
    'a dataset that is being checked is trained on at a retry',
    instead("dataset?.state !== 'READY' || dataset.digest !== run.datasetDigest", 'dataset?.digest !== run.datasetDigest'),
    [RETRY, FENCES],
  ),
  queueing('DATA', 'Queueing.datasetFor', 'a dataset that is not ready is trained on', leaveOut("if (dataset.state !== 'READY')")),
  runs('DATA', 'RunService.retry', 'a retry begins at the first step always', leaveOut('if (resumeStep !== null)'), [RETRY]),
  runs('INPUT', 'RunService.retry', 'a run of a deleted ticket is tried again', leaveOut('if (run.ticketDeleted)'), [RECONCILER]),
  runs('LOCK', 'RunService.demandRun', 'a run is tried again twice', inText('FOR UPDATE OF r', ''), [RETRY]),
  queueing('WAKE', 'Queueing.put', 'no runner is rung for a queued run', leaveOut('afterCommit(tx,'), [ATTEMPTS]),
  runs('WAKE', 'RunService.retry', 'no runner is rung for a run tried again', leaveOut('afterCommit(tx,'), [RETRY]),
  queueing('WAKE', 'Queueing.put', 'who watches a project does not hear of a queued run', leaveOut('for (const { id: runId } of runs)'), [FENCES]),
  runs('WAKE', 'RunService.retry', 'who watches a run does not hear that it is tried again', leaveOut('this.states.wakeAfter('), [LIVE, FENCES]),
  queueing('FIGURE', 'Queueing.put', 'a card does not show a queued run', leaveOut('await showOnTicket('), [ATTEMPTS]),
  runs('FIGURE', 'RunService.retry', 'a card does not show a run tried again', leaveOut('await showOnTicket('), [RETRY, FENCES]),

  grids('RIGHTS', 'RunGrids.cancel', 'whoever may queue may cancel the runs that others queued together', instead("'run.cancel'", "'run.queue'")),
  grids('DELIVERY', 'RunGrids.queue', 'the same grid is queued twice', leaveOut('if (before) return id')),
  grids('FIGURE', 'RunGrids.queue', 'a grid says a value that was given twice', instead('[...new Set(one.values)]', 'one.values')),
  grids('INPUT', 'RunGrids.cancel', 'runs that ended stand in the way of cancelling the others', instead('!attempt || isEnded(attempt.state)', '!attempt')),
  inherit('DATA', 'inherit', 'a new attempt goes on from the oldest checkpoint', instead('NEWEST_FIRST', "'ORDER BY claim, step'")),
  inherit('FIGURE', 'inherit', 'a new attempt shows no headline of what it goes on from', inText('headline = o.headline,', ''), [RETRY, FENCES]),
  inherit('FIGURE', 'inherit', 'claims of the old attempt stand beside those of the new one', inText('c.claim - a.claim', 'c.claim')),

  reconciler(
    'FENCE',
    'Reconciler.round',
    'the living are reaped after an api that was away',
    instead('watch && mayReap(watch, now, this.config.leaseSeconds) ? now : null', 'now'),
  ),
  reconciler('DELIVERY', 'Reconciler.reap', 'one attempt that cannot be reaped keeps the others from it', leaveOut('stuck.push(id)')),
  reconciler('DELIVERY', 'Reconciler.ringAttempts', 'bells are rung again though the queue remembers', leaveOut('if (unanswered.has('), [ATTEMPTS]),
  reconciler('DELIVERY', 'Reconciler.ringAttempts', 'what the queue forgot is never rung again', leaveOut('await this.bell.ringAttempt('), [ATTEMPTS]),
  reconciler(
    'LIMIT',
    'Reconciler.cancelUnseen',
    'runs are cancelled while a deletion may be taken back',
    inText('t.deleted_at < now() - make_interval(secs => $1)', 't.deleted_at < now() - make_interval(secs => $1 * 0)'),
  ),
  tidyAccess('FIGURE', 'AccessHousekeeping.tidy', 'expired sessions stay', leaveOut('await direct.query(`DELETE FROM session')),
  tidyAccess('FIGURE', 'AccessHousekeeping.tidy', 'browsers that nobody signed in by for long stay', leaveOut('await direct.query(`DELETE FROM known_browser')),
  tidyAccess('FIGURE', 'AccessHousekeeping.tidy', 'guesses that count no more stay', leaveOut("await direct.query('DELETE FROM sign_in_throttle")),
  tidyDataset('FIGURE', 'DatasetHousekeeping.tidy', 'uploads that nobody took stay', leaveOut('await this.database.direct.query(`DELETE FROM upload')),
  tidyTraining(
    'DATA',
    'TrainingHousekeeping.tidy',
    'the checkpoint that a failed run would go on from is thrown away',
    inText("(r.state = 'SUCCEEDED' OR r.attempt_id <> a.id)", "(r.state IN ('SUCCEEDED', 'FAILED') OR r.attempt_id <> a.id)"),
  ),
  waiting('WAKE', 'Waiting.judge', 'who watches a run does not hear why it waits', leaveOut('for (const attempt of changed)'), [RECONCILER, FENCES]),
  waiting('PAGE', 'Waiting.refresh', 'runs behind the first thousand are never judged', leaveOut('after = queued.at(-1)')),
  waiting('FIGURE', 'Waiting.judge', 'why a run waits is not written', leaveOut('await this.database.direct.query(')),

  live('SESSION', 'RunLive.looks', 'who may see is asked once only', instead('yield await this.access.lookAgain(context)', 'yield context.actor!')),
  live(
    'DELIVERY',
    'RunLive.cards',
    'a run that began and ended between two looks is not told',
    inText('OR r.ended_at > $3', 'OR $3::timestamptz IS NULL AND false'),
  ),
  live('DELIVERY', 'RunLive.cards', 'the end of a run is not told', inText('OR r.id = ANY ($2)', 'OR r.id = ANY ($2) AND false')),
  live('DELIVERY', 'RunLive.news', 'points are told twice', leaveOut('for (const { series, steps } of metrics) lastSteps.set(')),
  live('DELIVERY', 'RunLive.news', 'what the claim before reported last is not told', instead('[...late, ...metrics]', 'metrics')),
  live('DELIVERY', 'RunLive.lines', 'lines are told again', inText('(claim, line) > ($2, $3)', '(claim, line) >= ($2, $3)')),
  live('DELIVERY', 'RunLive.progress', 'a subscription does not end with its run', leaveOut('if (pushed.progress.ended) return')),

  series('LIMIT', 'nameSeries', 'a run has any number of series', instead('noted.count >= SERIES_LIMITS.series', 'false')),
  series('LIMIT', 'nameSeries', 'the series that a run has count as new ones', inText('AND name <> $2', '')),
  series('INPUT', 'nameSeries', 'a series comes to count in something else', instead('unit !== null && noted?.unit !== unit', 'false')),
  series('FIGURE', 'nameSeries', 'a unit that comes late is not kept', instead('(unit !== null && known.get(name) !== unit)', 'false')),
  series('FIGURE', 'nameSeries', 'series of our own trainers have no units', instead('builtInUnit(name)', 'null')),
  metrics('FIGURE', 'MetricStore.append', 'a report that adds to a chunk replaces it', inText('data = m.data || EXCLUDED.data', 'data = EXCLUDED.data')),
  metrics('FIGURE', 'MetricStore.append', 'the extreme of a chunk is kept at its first step', inText('max = GREATEST(m.max, EXCLUDED.max)', 'max = m.max')),
  metrics('FIGURE', 'livingUntil', 'what a later claim trained again is shown twice', instead('later.claim > claim', 'later.claim > claim + 1'), [
    METRICS,
    LOST,
  ]),
  metrics('PAGE', 'MetricStore.read', 'a range leaves out its last step', inText('from_step <= $6', 'from_step < $6')),
  metrics('FIGURE', 'extremesOf', 'of equal extremes the last step is told', instead('value > found.max', 'value >= found.max')),
  metrics('LIMIT', 'planOf', 'as many points as may be sent whole are thinned', instead('count <= 2 * width', 'count < 2 * width')),

  reader(
    'RIGHTS',
    'RunReader.run',
    'a run of a private project is shown to everybody',
    instead("demandProject(actor, 'project.read', found)", 'found as RunType'),
    [RUN, GUARDED],
  ),
  reader(
    'RIGHTS',
    'RunReader.artifact',
    'a model of a private project is given to everybody',
    instead("demandProject(actor, 'project.read', found)", 'found!'),
    [RUN, GUARDED],
  ),
  reader(
    'RIGHTS',
    'RunReader.readDatasetPages',
    'runs of private projects are listed with their dataset',
    instead('`r.dataset_id = w.dataset_id AND ${READABLE_PROJECT(5)}`', '`r.dataset_id = w.dataset_id AND (true OR ${READABLE_PROJECT(5)})`'),
    [RUN, 'apps/api/src/dataset/dataset.integration.spec.ts'],
  ),
  reader('PAGE', 'RunReader.readDatasetPages', 'a page of runs that is exactly full says there is more', inText('LIMIT w.size + 1', 'LIMIT w.size'), [
    RUN,
    'apps/api/src/dataset/dataset.integration.spec.ts',
  ]),
  reader(
    'PAGE',
    'RunReader.readDatasetPages',
    'the last run of a page stands on the next one too',
    inText('(r.queued_at, r.id) < (w.before_at', '(r.queued_at, r.id) <= (w.before_at'),
    [RUN, 'apps/api/src/dataset/dataset.integration.spec.ts'],
  ),
  reader(
    'PAGE',
    'RunReader.log',
    'the log shows its first lines',
    inText('WHERE attempt_id = $1 ORDER BY claim DESC, line DESC', 'WHERE attempt_id = $1 ORDER BY claim, line'),
    [COST],
  ),
  reader('LIMIT', 'RunReader.log', 'of a log of very long lines all are told', inText('WHERE letters <= $3', 'WHERE letters <= $3::int * 1000'), [COST]),

  app('RIGHTS', 'admit', 'a browser keeps a model for whoever comes next', leaveOut('if (PRIVATE_ROUTES.test(route))')),
  queueing(
    'INPUT',
    'Queueing.ticketProject',
    'a run is queued on a deleted ticket',
    inText('AND t.deleted_at IS NULL FOR KEY SHARE OF t', 'FOR KEY SHARE OF t'),
    [RUN, RETRY],
  ),
  runs(
    'INPUT',
    'RunService.queue',
    'what cannot be trained is queued',
    instead('decided(validateSpec(template, parameters, { kind: dataset.kind, summary: dataset }))', '({ totalSteps: 1, rows: undefined } as never)'),
    [RUN, RETRY],
  ),
  projects(
    'FIGURE',
    'nextRunNumber',
    'runs of a project have one number',
    inText('last_run_number = last_run_number + $2::int', 'last_run_number = last_run_number'),
  ),
  runs('FIGURE', 'RunService.cancelIn', 'nobody is said to have cancelled', instead('actor.userId', 'null'), [RUN, RETRY, FENCES, MUTATIONS]),
  queueing('LOCK', 'Queueing.datasetFor', 'a dataset is deleted while a run of it is being queued', inText('FOR KEY SHARE', ''), [RUN]),
];
