import { faultsOf, inText, instead, leaveOut, UNTOLD, type Fault } from '../fault.ts';

const ATTEMPTS = 'apps/api/src/training/attempts.integration.spec.ts';
const LOST = 'apps/api/src/training/lost-claims.integration.spec.ts';
const FENCES = 'apps/api/src/training/fences.integration.spec.ts';
const RETRY = 'apps/api/src/training/retry.integration.spec.ts';
const RECONCILER = 'apps/api/src/training/reconciler.integration.spec.ts';
const CREDENTIALS = 'apps/api/src/runner/credential.integration.spec.ts';
const SERIES = 'apps/api/src/training/series.integration.spec.ts';
const OPERATIONS = 'apps/api/test/operations/operations.integration.spec.ts';

const protocol = faultsOf('apps/api/src/runner/attempt-protocol.service.ts', [ATTEMPTS, LOST, FENCES]);
const writes = faultsOf('apps/api/src/training/attempt.writes.ts', [ATTEMPTS, LOST, FENCES]);
const stored = faultsOf('apps/api/src/runner/stored-bytes.service.ts', [ATTEMPTS, LOST, FENCES]);
const runners = faultsOf('apps/api/src/runner/runner.service.ts', [ATTEMPTS, LOST]);
const notes = faultsOf('apps/api/src/runner/lease-watch.service.ts', [RECONCILER]);
const guard = faultsOf('apps/api/src/runner/runner.guard.ts', [ATTEMPTS]);
const states = faultsOf('apps/api/src/training/attempt-state.service.ts', [ATTEMPTS, LOST, FENCES]);
const body = faultsOf('apps/api/src/runner/report-body.ts', [SERIES]);
const credential = faultsOf('apps/api/src/runner/credential.service.ts', [CREDENTIALS]);

/** Attempts as runners have them: claimed, fenced, reported on and finished; and how runners are known. */
export const ATTEMPT_FAULTS: readonly Fault[] = [
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

  body('INPUT', 'batch', 'a series has any name', instead("typeof series !== 'string' || !isSeriesName(series)", "typeof series !== 'string'")),
  body('INPUT', 'batch', 'a series counts in anything', instead("(typeof unit !== 'string' || !isSeriesUnit(unit))", "typeof unit !== 'string'")),

  credential('FENCE', 'RunnerCredentials.revoke', 'a revoked runner keeps its attempts until their leases end', leaveOut('await endLeasesOf(')),
  credential('FENCE', 'RunnerCredentials.revoke', 'a revoked runner keeps its inspection until its lease ends', leaveOut('await endChecksOf(')),
  credential('FENCE', 'RunnerCredentials.revoke', 'a revoked runner is shown as online', leaveOut('await tx.query(`UPDATE runner SET last_seen_at')),
  credential('RIGHTS', 'RunnerCredentials.revoke', 'anybody revokes a runner', leaveOut("demand(actor, 'runner.manage')"), [OPERATIONS]),
  credential('RIGHTS', 'RunnerCredentials.all', 'anybody lists the tokens of runners', leaveOut("demand(actor, 'runner.manage')"), [OPERATIONS]),
  credential('PAGE', 'RunnerCredentials.all', 'revoked tokens of runners are listed', inText('WHERE revoked_at IS NULL', '')),
];
