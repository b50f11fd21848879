import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const COST = 'apps/api/src/platform/graphql/query-cost.integration.spec.ts';
const ATTEMPTS = 'apps/api/src/training/attempts.integration.spec.ts';
const FENCES = 'apps/api/src/training/fences.integration.spec.ts';
const RETRY = 'apps/api/src/training/retry.integration.spec.ts';
const RUN = 'apps/api/src/training/run.integration.spec.ts';
const LIVE = 'apps/api/src/training/run-live.integration.spec.ts';
const RECONCILER = 'apps/api/src/training/reconciler.integration.spec.ts';
const CREDENTIALS = 'apps/api/src/runner/credential.integration.spec.ts';
const SERIES = 'apps/api/src/training/series.integration.spec.ts';
const METRICS = 'apps/api/src/training/metric-store.integration.spec.ts';
const GUARDED = 'apps/api/src/access/guarded.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';
const OPERATIONS = 'apps/api/test/operations/operations.integration.spec.ts';
const UNTOLD = leaveOut('await this.activity.append(');

const protocol = faultsOf('apps/api/src/runner/attempt-protocol.service.ts', [ATTEMPTS, FENCES]);
const writes = faultsOf('apps/api/src/training/attempt.writes.ts', [ATTEMPTS, FENCES]);
const stored = faultsOf('apps/api/src/runner/stored-bytes.service.ts', [ATTEMPTS, FENCES]);
const runners = faultsOf('apps/api/src/runner/runner.service.ts', [ATTEMPTS]);
const notes = faultsOf('apps/api/src/runner/lease-watch.service.ts', [RECONCILER]);
const guard = faultsOf('apps/api/src/runner/runner.guard.ts', [ATTEMPTS]);
const states = faultsOf('apps/api/src/training/attempt-state.service.ts', [ATTEMPTS, FENCES]);
const runs = faultsOf('apps/api/src/training/run.service.ts', [RUN, MUTATIONS]);
const inherit = faultsOf('apps/api/src/training/inherit.ts', [RETRY]);
const reconciler = faultsOf('apps/api/src/training/reconciler.service.ts', [RECONCILER]);
const tidyAccess = faultsOf('apps/api/src/access/access.housekeeping.ts', [RECONCILER]);
const tidyDataset = faultsOf('apps/api/src/dataset/dataset.housekeeping.ts', [RECONCILER]);
const tidyTraining = faultsOf('apps/api/src/training/training.housekeeping.ts', [RECONCILER]);
const waiting = faultsOf('apps/api/src/training/waiting.ts', [RECONCILER]);
const live = faultsOf('apps/api/src/training/run-live.ts', [LIVE]);
const series = faultsOf('apps/api/src/training/metric-store.ts', [SERIES]);
const body = faultsOf('apps/api/src/runner/report-body.ts', [SERIES]);
const metrics = faultsOf('apps/api/src/training/metric-store.ts', [METRICS]);
const reader = faultsOf('apps/api/src/training/run-reader.ts', [RUN]);
const credential = faultsOf('apps/api/src/runner/credential.service.ts', [CREDENTIALS]);
const app = faultsOf('apps/api/src/app.ts', [RUN]);

const projects = faultsOf('apps/api/src/project/project.rows.ts', [RUN, RETRY]);

export const TRAINING_FAULTS: readonly Fault[] = [
  writes('FENCE', 'renewLeases', "a fenced runner's heartbeat renews the new claim's lease", inText('AND a.claim = h.claim', '')),
  writes('FENCE', 'renewLeases', 'a heartbeat renews the lease of what has ended', instead('LIVE', "'(a.state)'")),
  protocol(
    'FENCE',
    'AttemptProtocol.heartbeat',
    'a runner is not told that it is fenced',
    instead("!held ? 'FENCED' : held.cancelRequested ? 'CANCEL' : 'CONTINUE'", "held?.cancelRequested ? 'CANCEL' : 'CONTINUE'"),
  ),
  writes(
    'FENCE',
    'renewLeases',
    'a heartbeat renews nothing',
    inText('SET lease_until = now() + make_interval(secs => $3)', 'SET lease_until = a.lease_until + make_interval(secs => $3 * 0)'),
  ),
  protocol(
    'DELIVERY',
    'AttemptProtocol.heartbeat',
    'a wish to cancel is not told with a heartbeat',
    instead("held.cancelRequested ? 'CANCEL' : 'CONTINUE'", "'CONTINUE'"),
    [RETRY],
  ),
  protocol(
    'DELIVERY',
    'AttemptProtocol.report',
    'a wish to cancel is not told with a report',
    instead("attempt.cancelRequested ? 'CANCEL' : 'CONTINUE'", "'CONTINUE'"),
    [RETRY],
  ),
  protocol(
    'DELIVERY',
    'AttemptProtocol.report',
    'a report that comes twice is stored twice',
    instead('report.seq < attempt.nextSeq', 'report.seq < attempt.nextSeq - 1'),
  ),
  protocol('FENCE', 'AttemptProtocol.report', 'a report that comes again does not renew the lease', leaveOut('await renewLease(')),
  writes('FENCE', 'giveAttempt', 'the second claim ignores its reports as known', inText('next_seq = 0,', '')),
  writes(
    'FENCE',
    'giveAttempt',
    'a claim starts no lease',
    inText('lease_until = now() + make_interval(secs => $3),', 'lease_until = CASE WHEN $3::float8 > 0 THEN lease_until END,'),
  ),
  protocol('FENCE', 'AttemptProtocol.demandLiving', 'a report of a claim that is over is taken', instead('attempt.claim === claim', 'true')),
  protocol('FENCE', 'AttemptProtocol.demandLiving', 'a report to what has ended is taken', instead('!isLive(attempt.state)', 'false')),
  protocol('RIGHTS', 'AttemptProtocol.demandLiving', 'a runner reports on what another one holds', instead('attempt.credentialId === credentialId', 'true'), [
    CREDENTIALS,
  ]),
  protocol('RIGHTS', 'AttemptProtocol.finish', 'a runner ends what another one holds', instead('attempt.credentialId !== credentialId', 'false'), [
    CREDENTIALS,
  ]),
  protocol(
    'FENCE',
    'AttemptProtocol.finish',
    'a second finish is refused though it says the same',
    leaveOut('if (isEnded(attempt.state) && attempt.claim === finish.claim'),
  ),
  protocol(
    'FENCE',
    'AttemptProtocol.finish',
    'a finish of another claim is taken for the one that was lost on its way',
    instead('attempt.claim === finish.claim', 'true'),
  ),
  protocol(
    'FIGURE',
    'AttemptProtocol.finish',
    'the headline is not renewed by the result',
    instead('finalHeadline(result) ?? attempt.headline', 'attempt.headline'),
  ),
  protocol(
    'FIGURE',
    'AttemptProtocol.finish',
    'a failed end is doubted',
    instead("decision.state === 'SUCCEEDED' ? doubtOf(result, attempt.spark ?? EMPTY_SPARKLINE) : null", 'doubtOf(result, attempt.spark ?? EMPTY_SPARKLINE)'),
  ),
  protocol(
    'FIGURE',
    'AttemptProtocol.finish',
    'a result of an attempt that goes back in line is kept',
    instead('isEnded(decision.state) ? finish.result : null', 'finish.result'),
  ),
  protocol(
    'FIGURE',
    'AttemptProtocol.updateCard',
    'the headline is never renewed while it trains',
    instead('liveHeadline(resumed === 0 ? null : attempt.headline, report.metrics)', 'attempt.headline'),
  ),
  protocol(
    'FIGURE',
    'AttemptProtocol.updateCard',
    'a claim that begins afresh keeps the headline of the one before',
    instead('resumed === 0 ? null : attempt.headline', 'attempt.headline'),
  ),
  writes('FIGURE', 'noteReport', 'a claim that only loads is at step 0', instead('progress && hasPlace(progress.phase) ? progress : null', 'progress')),
  protocol('FIGURE', 'sparklineAfter', 'a resumed curve keeps what is trained again', instead('cutSparkline(before, resumed)', 'before')),
  protocol(
    'FIGURE',
    'sparklineAfter',
    'a curve begun afresh keeps the old one',
    instead('resumed === 0 ? EMPTY_SPARKLINE : cutSparkline(before, resumed)', 'cutSparkline(before, resumed)'),
  ),
  writes('FIGURE', 'resumedFrom', 'a claim that began afresh supersedes nothing', inText('CASE WHEN $4 THEN 0 END', 'CASE WHEN $4 AND false THEN 0 END')),
  writes('DELIVERY', 'appendLog', 'a line that comes twice is stored twice, or fails', inText('ON CONFLICT DO NOTHING', '')),
  protocol('INPUT', 'AttemptProtocol.claim', 'a runner without the engine gets the attempt', leaveOut('if (!canTrain(')),
  protocol('DELIVERY', 'AttemptProtocol.claim', 'a claim goes on from the oldest checkpoint', instead('NEWEST_FIRST', "'ORDER BY claim, step'")),
  protocol('WAKE', 'AttemptProtocol.report', 'who watches a run is not woken by a report', leaveOut('this.states.wakeAfter(tx, attempt)')),

  stored(
    'FENCE',
    'StoredBytes.store',
    'bytes of a claim that was fenced while they travelled count',
    instead('const attempt = await this.attempts.demandLiving(tx, attemptId, claim, credentialId)', 'const attempt = (await this.states.lock(tx, attemptId))!'),
  ),
  stored(
    'FENCE',
    'StoredBytes.store',
    'bytes of a fenced claim are received before they are refused',
    leaveOut('await this.database.transaction((tx) => this.attempts.demandLiving(tx, attemptId, claim, credentialId))'),
  ),
  stored(
    'RIGHTS',
    'StoredBytes.size',
    'a runner fetches any bytes there are',
    instead('named ? await this.blobs.size(digest) : null', 'await this.blobs.size(digest)'),
  ),
  stored(
    'RIGHTS',
    'StoredBytes.size',
    'checkpoints of what has ended are told',
    inText('c.digest = $1 AND a.runner_id = n.id AND a.state IN', 'c.digest = $1 AND a.runner_id = n.id OR a.state IN'),
  ),
  stored(
    'RIGHTS',
    'StoredBytes.size',
    'a runner fetches the checkpoint of what another one holds',
    inText('c.digest = $1 AND a.runner_id = n.id', 'c.digest = $1'),
    [CREDENTIALS],
  ),
  stored(
    'RIGHTS',
    'StoredBytes.size',
    'a runner fetches the data of what another one trains on',
    inText('r.dataset_id = d.id AND a.runner_id = n.id', 'r.dataset_id = d.id'),
    [CREDENTIALS],
  ),
  stored('RIGHTS', 'StoredBytes.size', 'a runner fetches the data that another one inspects', inText('AND d.runner_id = n.id', ''), [CREDENTIALS]),
  stored('LIMIT', 'CHECKPOINTS_KEPT', 'three checkpoints are kept', instead('2', '3')),
  stored('LIMIT', 'CHECKPOINTS_KEPT', 'one checkpoint is kept', instead('2', '1')),
  stored('WAKE', 'StoredBytes.store', 'who watches a run is not woken by a checkpoint', leaveOut('this.states.wakeAfter(')),

  runners('WAKE', 'RunnerService.hello', 'a runner with the engine that runs waited for is not rung', leaveOut('if (rings !== null) await this.bell')),
  runners(
    'WAKE',
    'RunnerService.hello',
    'a hello rings for runs whose pause is not over',
    instead('attempt.paused || !canTrain(request.engines, needOf(attempt.spec))', '!canTrain(request.engines, needOf(attempt.spec))'),
  ),
  runners(
    'DELIVERY',
    'RunnerService.seen',
    'a runner that is not known is not told to say hello',
    leaveOut("if (!runner) throw new DomainError('RUNNER_UNKNOWN')"),
  ),
  notes(
    'FIGURE',
    'LeaseWatchNotes.note',
    'the watch begins anew with each note',
    instead(
      'const { since, last } = keepWatch(noted, now ?? noted.now, this.config.leaseSeconds)',
      'const { since, last } = { since: now ?? noted.now, last: now ?? noted.now }',
    ),
  ),
  guard('RIGHTS', 'RunnerGuard.canActivate', 'the shared token is whatever is sent', instead('presents(request.headers, this.config.runnerToken)', 'true')),
  guard('RIGHTS', 'RunnerGuard.canActivate', 'a revoked runner goes on', leaveOut('if (found.revoked)'), [ATTEMPTS, CREDENTIALS]),

  states('LOG', 'AttemptStates.apply', 'what becomes of a run is not logged', UNTOLD),
  states('LOG', 'changesOf', 'why a run failed is not in the log', leaveOut('if (failureCode !== null &&')),
  states('LOCK', 'AttemptStates.lock', 'two claims of one attempt both win', inText('FOR UPDATE OF a', '')),
  states('LOCK', 'AttemptStates.lockExpired', 'two workers reap one attempt', inText('FOR UPDATE OF a SKIP LOCKED', ''), [RECONCILER]),
  states(
    'LOCK',
    'showOnTicket',
    'of two runs that end at once each takes the other for live',
    inText('SELECT 1 FROM ticket WHERE id = $1 FOR NO KEY UPDATE', 'SELECT 1 WHERE $1::uuid IS NOT NULL'),
  ),
  states('WAKE', 'AttemptStates.apply', 'who watches a run is not woken by its end', leaveOut('this.wakeAfter(tx, before)')),
  states('WAKE', 'AttemptStates.apply', 'nobody is rung for an attempt that is back in line', leaveOut('if (decision.requeue && written)')),
  states('WAKE', 'AttemptStates.wakeAfter', 'who watches a project does not hear of its runs', leaveOut('this.wakeups.wake(projectRunsTopic(')),
  states('WAKE', 'AttemptStates.wakeAfter', 'who watches one run does not hear of it', leaveOut('this.wakeups.wake(runTopic(')),
  states('FIGURE', 'AttemptStates.apply', 'the card goes on showing a run that has ended', leaveOut('if (ended || isLive(before.state)')),
  states('FIGURE', 'SHOW_RUN', 'a card shows the run that was queued first', inText('a.queued_at DESC', 'a.queued_at')),
  states('FIGURE', 'SHOW_RUN', 'a card does not show the run that trains', instead('LIVE', "'(r.state)'")),
  states(
    'FENCE',
    'AttemptStates.apply',
    'what is back in line keeps its lease',
    inText('lease_until = CASE WHEN $5 THEN NULL ELSE lease_until END', 'lease_until = CASE WHEN $5 THEN lease_until ELSE lease_until END'),
  ),
  states(
    'FIGURE',
    'AttemptStates.apply',
    'the pause before the next claim is left out',
    instead('decision.requeue ? retryPause(before.vainClaims, this.config.retrySeconds) : 0', '0'),
  ),
  states(
    'FIGURE',
    'LOCKED',
    'an attempt that comes on each time is given up',
    inText('a.claim + 1 - GREATEST(1, (SELECT max(claim) FROM checkpoint WHERE attempt_id = a.id))', 'a.claim'),
  ),

  runs('LOG', 'RunService.queue', 'a queued run is not logged', UNTOLD, [RUN, ATTEMPTS]),
  runs('LOG', 'RunService.retry', 'a run tried again is not logged', UNTOLD, [RETRY, FENCES]),
  runs('RIGHTS', 'RunService.queue', 'whoever reads may queue', instead("'run.queue'", "'project.read'"), [RUN, GUARDED]),
  runs('RIGHTS', 'RunService.retry', 'whoever reads may try again', instead("'run.queue'", "'project.read'"), [RETRY, FENCES]),
  runs('RIGHTS', 'RunService.cancel', 'whoever may queue may cancel what others queued', instead("'run.cancel'", "'run.queue'"), [FENCES]),
  runs(
    'RIGHTS',
    'RunService.datasetFor',
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
  runs('DATA', 'RunService.datasetFor', 'a dataset that is not ready is trained on', leaveOut("if (dataset.state !== 'READY')")),
  runs('DATA', 'RunService.retry', 'a retry begins at the first step always', leaveOut('if (resumeStep !== null)'), [RETRY]),
  runs('INPUT', 'RunService.retry', 'a run of a deleted ticket is tried again', leaveOut('if (run.ticketDeleted)'), [RECONCILER]),
  runs('LOCK', 'RunService.demandRun', 'a run is tried again twice', inText('FOR UPDATE OF r', ''), [RETRY]),
  runs('WAKE', 'RunService.queue', 'no runner is rung for a queued run', leaveOut('afterCommit(tx,'), [ATTEMPTS]),
  runs('WAKE', 'RunService.retry', 'no runner is rung for a run tried again', leaveOut('afterCommit(tx,'), [RETRY]),
  runs('WAKE', 'RunService.queue', 'who watches a project does not hear of a queued run', leaveOut('this.states.wakeAfter('), [FENCES]),
  runs('WAKE', 'RunService.retry', 'who watches a run does not hear that it is tried again', leaveOut('this.states.wakeAfter('), [LIVE, FENCES]),
  runs('FIGURE', 'RunService.queue', 'a card does not show a queued run', leaveOut('await showOnTicket('), [ATTEMPTS]),
  runs('FIGURE', 'RunService.retry', 'a card does not show a run tried again', leaveOut('await showOnTicket('), [RETRY, FENCES]),

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
  body('INPUT', 'batch', 'a series has any name', instead("typeof series !== 'string' || !isSeriesName(series)", "typeof series !== 'string'")),
  body('INPUT', 'batch', 'a series counts in anything', instead("(typeof unit !== 'string' || !isSeriesUnit(unit))", "typeof unit !== 'string'")),
  metrics('FIGURE', 'MetricStore.append', 'a report that adds to a chunk replaces it', inText('data = m.data || EXCLUDED.data', 'data = EXCLUDED.data')),
  metrics('FIGURE', 'MetricStore.append', 'the extreme of a chunk is kept at its first step', inText('max = GREATEST(m.max, EXCLUDED.max)', 'max = m.max')),
  metrics('FIGURE', 'livingUntil', 'what a later claim trained again is shown twice', instead('later.claim > claim', 'later.claim > claim + 1'), [
    METRICS,
    ATTEMPTS,
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

  credential('FENCE', 'RunnerCredentials.revoke', 'a revoked runner keeps its attempts until their leases end', leaveOut('await endLeasesOf(')),
  credential('FENCE', 'RunnerCredentials.revoke', 'a revoked runner keeps its inspection until its lease ends', leaveOut('await endChecksOf(')),
  credential('FENCE', 'RunnerCredentials.revoke', 'a revoked runner is shown as online', leaveOut('await tx.query(`UPDATE runner SET last_seen_at')),
  credential('RIGHTS', 'RunnerCredentials.revoke', 'anybody revokes a runner', leaveOut("demand(actor, 'runner.manage')"), [OPERATIONS]),
  credential('RIGHTS', 'RunnerCredentials.all', 'anybody lists the tokens of runners', leaveOut("demand(actor, 'runner.manage')"), [OPERATIONS]),
  credential('PAGE', 'RunnerCredentials.all', 'revoked tokens of runners are listed', inText('WHERE revoked_at IS NULL', '')),
  app('RIGHTS', 'admit', 'a browser keeps a model for whoever comes next', leaveOut('if (PRIVATE_ROUTES.test(route))')),
  runs('INPUT', 'RunService.queue', 'a run is queued on a deleted ticket', inText('AND t.deleted_at IS NULL FOR KEY SHARE OF t', 'FOR KEY SHARE OF t'), [
    RUN,
    RETRY,
  ]),
  runs(
    'INPUT',
    'RunService.queue',
    'what cannot be trained is queued',
    instead('decided(validateSpec(input.template, parameters, { kind: dataset.kind, summary: dataset }))', '({ totalSteps: 1, rows: undefined } as never)'),
    [RUN, RETRY],
  ),
  projects(
    'FIGURE',
    'nextRunNumber',
    'runs of a project have one number',
    inText('last_run_number = last_run_number + 1', 'last_run_number = last_run_number'),
  ),
  runs('FIGURE', 'RunService.cancel', 'nobody is said to have cancelled', instead('actor.userId', 'null'), [RUN, RETRY, FENCES, MUTATIONS]),
  runs('LOCK', 'RunService.datasetFor', 'a dataset is deleted while a run of it is being queued', inText('FOR KEY SHARE', ''), [RUN]),
];
