import { faultsOf, instead, leaveOut, type Fault } from '../fault.ts';

const at = (path: string): string => `apps/ml-runner/src/${path}`;
const ATTEMPT = at('run-attempt.spec.ts');
const SPOOL = at('outbox/spool.spec.ts');
const REPORT = at('outbox/report.spec.ts');
const RECOVERY = at('outbox/recovery.spec.ts');
const OUTBOX = at('outbox/outbox.spec.ts');
const UPLOAD = at('outbox/checkpoint-upload.spec.ts');
const EXIT = at('executors/failure-of-exit.spec.ts');
const CHILD = at('child.spec.ts');
const RUNNER = at('runner.spec.ts');
const INSPECTION = at('run-inspection.spec.ts');
const SLOTS = at('slots.spec.ts');

const attempt = faultsOf(at('run-attempt.ts'), [ATTEMPT]);
const spool = faultsOf(at('outbox/spool.ts'), [SPOOL]);
const report = faultsOf(at('outbox/report.ts'), [REPORT]);
const outbox = faultsOf(at('outbox/outbox.ts'), [OUTBOX]);
const upload = faultsOf(at('outbox/checkpoint-upload.ts'), [UPLOAD]);
const recovery = faultsOf(at('outbox/recovery.ts'), [RECOVERY]);
const exit = faultsOf(at('executors/failure-of-exit.ts'), [EXIT]);
const local = faultsOf(at('executors/local-process.ts'), [at('executors/local-process.spec.ts'), ATTEMPT, CHILD]);
const orphan = faultsOf(at('executors/orphan.ts'), [RECOVERY]);
const slots = faultsOf(at('slots.ts'), [SLOTS]);
const api = faultsOf(at('link/api-client.ts'), [OUTBOX]);
const retry = faultsOf(at('link/retry.ts'), [at('link/retry.spec.ts')]);
const registration = faultsOf(at('link/registration.ts'), [at('link/registration.spec.ts'), RUNNER]);
const runner = faultsOf(at('runner.ts'), [RUNNER]);
const inspection = faultsOf(at('run-inspection.ts'), [INSPECTION]);
const child = faultsOf(at('child.ts'), [CHILD]);
const folder = faultsOf(at('machine/runner-folder.ts'), [at('machine/runner-folder.spec.ts')]);

/** The process that claims attempts: how it delivers what a child says, stops it, and begins again. */
export const RUNNER_FAULTS: readonly Fault[] = [
  attempt('FENCE', 'AttemptRun.hear', 'a fenced attempt trains on', leaveOut("if (verdict === 'FENCED')")),
  attempt('DELIVERY', 'AttemptRun.hear', 'a cancelled attempt trains on', leaveOut("if (verdict === 'CANCEL')")),
  attempt('FENCE', 'AttemptRun.stop', 'what is fenced goes on being sent', leaveOut("if (reason === 'FENCED') this.outbox?.stop()")),
  attempt('INPUT', 'AttemptRun.work', 'a run of a kind that is not known is trained as a template', instead("spec.kind === 'TEMPLATE'", 'true'), [RUNNER]),
  api('INPUT', 'withKind', 'what an api of before sends is of no kind', instead("'kind' in spec", 'true'), [RUNNER]),
  attempt('END', 'AttemptRun.stop', 'the last reason to stop is told and not the first', leaveOut("if (this.stopReason === 'FENCED' ||")),
  attempt('DELIVERY', 'AttemptRun.writeEnd', 'the end is told before the last figures', leaveOut('await reporter.flush()')),
  attempt(
    'DELIVERY',
    'AttemptRun.writeEnd',
    'a failure is told before its newest checkpoint is sent',
    leaveOut("if (end.outcome === 'FAILED' && checkpoint !== null)"),
  ),
  attempt('DELIVERY', 'AttemptRun.writeEnd', 'a run succeeds without its model', leaveOut("if (end.outcome === 'SUCCEEDED') for")),
  attempt('END', 'AttemptRun.runChild', 'a result is lost when the child then crashes', instead('result !== null', 'result !== null && end.code === 0')),
  attempt('END', 'AttemptRun.runChild', 'a cancelled run is told as failed', leaveOut("if (end.stopped === 'CANCEL') return CANCELLED")),
  attempt('END', 'AttemptRun.runChild', 'what the child says of its failure is not told', instead('end.stopped === null && refusal !== null', 'false')),
  attempt(
    'LIMIT',
    'AttemptRun.train',
    "the machine's ceiling of memory is ignored",
    instead('Math.min(limits.memoryMiB, this.deps.memoryMiB)', 'limits.memoryMiB'),
  ),
  attempt(
    'LIMIT',
    'AttemptRun.train',
    "the machine's ceiling of time is ignored",
    instead('Math.min(limits.wallSeconds, this.deps.wallSeconds)', 'limits.wallSeconds'),
  ),
  attempt('DATA', 'AttemptRun.fetchCheckpoint', 'a run begins afresh though it has a checkpoint', instead('this.given.checkpoint === null', 'true')),
  attempt('END', 'AttemptRun.fetchCheckpoint', 'a checkpoint that cannot be had fails the run', instead('!(error instanceof DatasetUnavailable)', 'true')),
  attempt('END', 'AttemptRun.endOf', 'a cancellation before training is told as a failure', leaveOut("if (this.stopReason === 'CANCEL') return CANCELLED")),
  attempt('END', 'AttemptRun.endOf', 'a stopped runner fails its attempts for good', leaveOut('if (this.stopReason !== null) return failed(')),
  attempt('DELIVERY', 'AttemptRun.run', 'what is delivered stays on the disk', leaveOut('await spool.discard()')),

  spool('DELIVERY', 'Spool.reopen', 'what was acknowledged is sent again after a restart', instead('records.slice(spool.acknowledged)', 'records')),
  spool(
    'DELIVERY',
    'Spool.reopen',
    'a record too many is skipped after a restart',
    instead('records.slice(spool.acknowledged)', 'records.slice(spool.acknowledged + 1)'),
  ),
  spool('DELIVERY', 'Spool.reopen', 'a copied spool removes the folder of the original', instead('{ ...owner, workDir }', 'owner'), [RECOVERY]),
  spool('DELIVERY', 'Spool.recordOf', 'a moved spool looks for a checkpoint where it was', leaveOut("if (record.kind === 'CHECKPOINT')"), [RECOVERY]),
  spool('DELIVERY', 'Spool.reopen', 'a torn last line breaks the spool', instead('whole.lastIndexOf(10) + 1', 'whole.length')),
  spool('DELIVERY', 'Spool.acknowledge', 'an acknowledgment is not written', leaveOut('await this.write({ acknowledged: this.acknowledged }, false)')),
  spool('DELIVERY', 'Spool.acknowledge', 'nobody hears that a record was taken', leaveOut("this.events.emit('delivered')")),
  spool('DELIVERY', 'Spool.append', 'nobody hears of a new record', leaveOut("this.events.emit('record')")),
  spool(
    'DELIVERY',
    'Spool.untilDelivered',
    'one waits for the next record only',
    instead('this.delivered + this.pending.length', 'this.delivered + Math.min(1, this.pending.length)'),
  ),
  spool('DELIVERY', 'Spool.startAnew', 'a file begun anew forgets its checkpoint', leaveOut('if (this.newestCheckpoint !== null)')),
  spool(
    'DELIVERY',
    'Spool.startAnew',
    'a file is emptied while records wait in it',
    instead('this.closed || this.diskError !== null || this.pending.length > 0', 'this.closed || this.diskError !== null'),
  ),
  spool('DELIVERY', 'Spool.startAnew', 'a file begun anew counts on from the old one', leaveOut('this.acknowledged = 0')),
  spool(
    'DELIVERY',
    'Spool.unstoredCheckpoint',
    'a stored checkpoint is sent again',
    instead('this.newestCheckpoint.step > this.storedStep', 'this.newestCheckpoint.step >= this.storedStep'),
  ),
  spool(
    'DELIVERY',
    'Spool.noteCheckpointStored',
    'an older checkpoint that arrives late makes the newer one unsent',
    instead('Math.max(this.storedStep, step)', 'step'),
  ),
  spool('DELIVERY', 'Spool.write', 'a disk that refuses ends the attempt', instead('onDisk = false', 'throw error')),
  spool('LIMIT', 'Spool.write', 'all that waits is held in memory', instead('!onDisk || this.memory + bytes <= MEMORY_BYTES', 'true')),
  spool('FIGURE', 'Spool.acknowledge', 'bytes that were sent count as waiting', leaveOut('this.bytes -= first.bytes')),

  report('DELIVERY', 'Reporter.take', 'two reports have one number', leaveOut('this.seq += reports.length')),
  report('DELIVERY', 'Reporter.take', 'the second of two reports has the number of the first', instead('this.seq + reports.length', 'this.seq')),
  report('DELIVERY', 'Reporter.take', 'points are reported twice', leaveOut('this.batches = []')),
  report('DELIVERY', 'Reporter.take', 'where it resumed is said with each report', leaveOut('this.resumedFromStep = undefined')),
  report('LIMIT', 'Reporter.log', 'lines wait in any number', leaveOut('if (this.logs.length >= MAX_WAITING_LINES')),
  report(
    'LIMIT',
    'Reporter.log',
    "the runner's own lines are dropped too",
    instead("this.logs.length >= MAX_WAITING_LINES && stream !== 'RUNNER'", 'this.logs.length >= MAX_WAITING_LINES'),
  ),
  report('LIMIT', 'Reporter.take', 'a spool that is full takes points', leaveOut('if (this.points > 0 && this.spool.pendingBytes')),
  report('DELIVERY', 'Reporter.metrics', 'points of a step that comes again are put into a series that must rise', instead('first > last', 'true')),
  report(
    'LIMIT',
    'Reporter.take',
    'a report has a point more than may be',
    instead('slices(this.batches, MAX_POINTS)', 'slices(this.batches, MAX_POINTS + 1)'),
  ),
  report('DELIVERY', 'slices', 'the last points of a series are lost', leaveOut('if (group.length > 0) groups.push(group)')),

  outbox('DELIVERY', 'Outbox.run', 'a record is sent again for ever', leaveOut('await spool.acknowledge()')),
  outbox('DELIVERY', 'Outbox.run', 'it ends before the finish', instead("record.kind === 'FINISH'", "record.kind === 'REPORT'")),
  outbox('FENCE', 'Outbox.deliver', 'a fenced runner goes on sending', instead('isFenced(error)', 'false')),
  outbox('FENCE', 'Outbox.deliver', 'a fenced attempt is not told to stop', leaveOut("onVerdict('FENCED')")),
  outbox('DELIVERY', 'Outbox.deliver', 'a runner that is not known loses what it reports', leaveOut('if (error.status === 401)')),
  outbox('DELIVERY', 'Outbox.deliver', "figures are lost on the api's full disk", leaveOut('if (isFullDisk(error) && waits)')),
  outbox(
    'DELIVERY',
    'Outbox.deliver',
    "a run whose model finds no room on the api's disk is given up",
    instead("record.kind !== 'CHECKPOINT' && !(record.kind === 'ARTIFACT' && this.isCancelled)", "record.kind !== 'CHECKPOINT' && record.kind !== 'ARTIFACT'"),
  ),
  outbox('END', 'Outbox.deliver', 'a cancelled run waits for room', instead("!(record.kind === 'ARTIFACT' && this.isCancelled)", 'true')),
  outbox('END', 'Outbox.deliver', 'a checkpoint that finds no room holds up the end', instead("record.kind !== 'CHECKPOINT'", 'true')),
  attempt('END', 'AttemptRun.stop', 'a run whose model waits cannot be cancelled', leaveOut("if (reason === 'CANCEL')")),
  recovery('END', 'deliverRest', 'a run whose model waits since an earlier life cannot be cancelled', leaveOut("if (verdict === 'CANCEL')"), [RUNNER]),
  runner(
    'DELIVERY',
    'Runner.constructor',
    'what waits since an earlier life is taken for lost',
    instead(
      '[...this.attempts, ...this.recovered].map(({ attemptId, claim }) => ({ attemptId, claim }))',
      '[...this.attempts].map(({ attemptId, claim }) => ({ attemptId, claim }))',
    ),
  ),
  runner('DELIVERY', 'Runner.start', 'what was delivered is held for ever', leaveOut('void past.done.finally(')),
  api('DELIVERY', 'ApiClient.send', 'what was refused is sent on', leaveOut('if (!request.writableFinished)')),
  outbox('END', 'Outbox.deliver', 'a run whose model could not be stored succeeds', leaveOut("if (record.kind === 'ARTIFACT')")),
  outbox('END', 'Outbox.deliver', 'an end that is refused is never told', leaveOut("if (record.kind === 'FINISH' && this.refusedFinish === null)")),
  outbox(
    'END',
    'Outbox.trueEnd',
    'a failed run is failed for another reason by its lost model',
    instead("this.lostArtifact === null || finish.outcome !== 'SUCCEEDED'", 'this.lostArtifact === null'),
  ),
  outbox('DELIVERY', 'Outbox.sendFile', 'a file that is gone holds up the rest for ever', instead("!hasCode(error, 'ENOENT')", 'true')),
  outbox('DELIVERY', 'Outbox.send', "the api's wish is not heard", leaveOut('onVerdict(reply.verdict)')),

  upload('DELIVERY', 'CheckpointUploads.upload', 'a checkpoint travels before the figures of its steps are written', leaveOut('await flushReports()')),
  upload('DELIVERY', 'CheckpointUploads.upload', 'a checkpoint is stored before the figures of its steps', leaveOut('await spool.untilDelivered(signal)')),
  upload('DELIVERY', 'CheckpointUploads.upload', 'a stored checkpoint is not noted', leaveOut('await spool.noteCheckpointStored(step)')),
  upload('DELIVERY', 'CheckpointUploads.offer', 'a written checkpoint is not noted', leaveOut('void this.note(checkpoint)')),
  upload('DELIVERY', 'CheckpointUploads.note', 'a checkpoint is noted before the reports of its steps', leaveOut('await this.deps.flushReports()')),
  upload('DELIVERY', 'CheckpointUploads.run', 'a checkpoint is not sent again when the api was away', instead('this.next ??= checkpoint', 'void checkpoint')),
  upload(
    'DELIVERY',
    'CheckpointUploads.run',
    'an old checkpoint is sent again instead of the newer one',
    instead('this.next ??= checkpoint', 'this.next = checkpoint'),
  ),
  upload('FENCE', 'CheckpointUploads.run', 'a fenced upload stops nothing', instead('return onFenced()', 'return')),
  upload('END', 'CheckpointUploads.run', 'nobody is told that a checkpoint could not be stored', leaveOut('onRefused(error.message)')),

  recovery('DELIVERY', 'recover', 'children that outlived their runner go on', leaveOut('if (await killOrphan(')),
  recovery('DELIVERY', 'recover', 'folders that nobody wants stay', instead('!wanted.has(name)', 'false')),
  recovery('DELIVERY', 'recover', 'what a checkpoint of a spooled attempt lies in is removed', leaveOut('wanted.add(')),
  recovery('END', 'deliverRest', 'an attempt that was cut off is never given back', instead('!spool.hasFinish', 'false')),
  recovery('DELIVERY', 'deliverRest', 'the newest checkpoint of a cut-off attempt is not sent', leaveOut('if (checkpoint !== null && readable)')),

  exit(
    'END',
    'failureOfExit',
    'the limit of time is told as a lost runner',
    instead(
      "{ code: 'TIME_LIMIT', message: `The run was stopped because it took longer than its limit of ${limits.wallSeconds} s.`, params: { reason: 'TIME_LIMIT', limitMs: limits.wallSeconds * 1000 } }",
      "{ code: 'RUNNER_LOST', message: `The run was stopped because it took longer than its limit of ${limits.wallSeconds} s.`, params: { reason: 'TIME_LIMIT', limitMs: limits.wallSeconds * 1000 } }",
    ),
  ),
  exit('END', 'failureOfExit', 'the kernel that killed for memory is taken for a person', leaveOut('if (end.kernelKilledForMemory &&')),
  exit(
    'END',
    'failureOfExit',
    'any end beside a kill for memory is one',
    instead("end.kernelKilledForMemory && end.signal === 'SIGKILL'", 'end.kernelKilledForMemory'),
  ),
  exit('END', 'failureOfExit', 'memory that was refused is an exit code', leaveOut('if (end.code !== 0 && end.stderrTail.some(')),
  exit(
    'END',
    'failureOfExit',
    'a good end that spoke of memory ran out of it',
    instead('end.code !== 0 && end.stderrTail.some(saysOutOfMemory)', 'end.stderrTail.some(saysOutOfMemory)'),
  ),
  exit(
    'END',
    'failureOfExit',
    'a child that was killed is not tried again',
    instead("end.signal === 'SIGKILL' || end.signal === 'SIGTERM'", "end.signal === 'SIGTERM'"),
  ),
  exit('END', 'failureOfExit', 'a crash is tried again like a kill', leaveOut('if (end.signal !== null) return')),
  exit('END', 'failureOfExit', 'an end without a result is exit code 0', leaveOut('if (end.code === 0) return')),
  exit('END', 'failureOfExit', 'a program that cannot be started crashed', leaveOut('if (end.spawnError !== null) return')),
  exit('FIGURE', 'bytes', 'mebibytes are told as kibibytes', instead('mebibytes * 1024 * 1024', 'mebibytes * 1024')),

  local('LIMIT', 'LocalProcess.constructor', 'the limit of time is never kept', instead("this.stop('TIME_LIMIT')", 'undefined')),
  local('LIMIT', 'LocalProcess.constructor', 'the limit of memory is never kept', instead("this.stop('MEMORY_LIMIT')", 'undefined')),
  local('RIGHTS', 'ENVIRONMENT', 'a child sees the secrets of its runner', instead('/^(PATH|HOME|LANG|LC_.*|TZ|TMPDIR|NODE_ENV|XDG_RUNTIME_DIR)$/', '/./')),
  local('END', 'LocalProcess.stop', 'a child that will not end lives on', leaveOut('this.grace ??=')),
  local('END', 'LocalProcess.stop', 'the last reason counts', instead('this.stopped ??= reason', 'this.stopped = reason')),
  local('DELIVERY', 'LocalProcess.watch', 'the last messages of a child are lost', leaveOut('if (spawnError === null) await Promise.all(')),
  local('END', 'LocalProcess.watch', 'what the child started lives on', leaveOut("this.signal('SIGKILL')")),
  orphan('END', 'killOrphan', 'a stranger with the number of an old child is killed', leaveOut('if (note.started === null ||')),
  orphan('END', 'killOrphan', "a copied folder kills the original's process", leaveOut('if (folder === null ||')),

  slots('LIMIT', 'Slots.untilRoom', 'one piece of work too many is taken', instead('this.free <= 0', 'this.free < 0')),
  slots('LIMIT', 'Slots.hold', 'work that failed keeps its place', instead('work.then(release, release)', 'void work.then(release, () => undefined)')),
  slots('WAKE', 'Slots.hold', 'nobody is told of a free place', leaveOut('for (const wake of waiting) wake()')),

  api(
    'DELIVERY',
    'refusalOf',
    'a server that says later is taken for a refusal',
    instead('(status >= 500 && status !== 507) || status === 408 || status === 429', 'false'),
  ),
  api('DELIVERY', 'refusalOf', 'a full disk is waited for for ever', instead('status >= 500 && status !== 507', 'status >= 500')),
  api('LIMIT', 'textOf', 'an answer may be of any size', leaveOut('if (size > MAX_REPLY_BYTES)')),
  api('FENCE', 'isFenced', 'any refusal is a fence', instead("error instanceof ApiRefusal && error.code === 'FENCED'", 'error instanceof ApiRefusal')),
  retry('LIMIT', 'backoff', 'waits grow for ever', instead('Math.min(longest, FIRST_MS * 2 ** Math.min(tries, 10))', 'FIRST_MS * 2 ** tries')),
  retry('DELIVERY', 'untilAnswered', 'a refusal is asked again for ever', leaveOut('if (!(error instanceof ApiAway)) throw error')),

  registration('DELIVERY', 'Registration.note', 'a runner that is not known does not say hello again', leaveOut('this.helloDue = true')),
  registration('DELIVERY', 'Registration.hello', 'a hello that failed is not said again', leaveOut('this.helloDue = true')),
  registration(
    'DELIVERY',
    'Registration.beat',
    'what a heartbeat is told is not heard',
    leaveOut('for (const { attemptId, claim, verdict } of reply.attempts)'),
  ),
  runner(
    'FENCE',
    'Runner.constructor',
    'a verdict on an old claim stops the new one',
    instead('run.attemptId === attemptId && run.claim === claim', 'run.attemptId === attemptId'),
  ),
  runner('DELIVERY', 'Runner.claimAttempt', 'what already runs here is claimed again', leaveOut('if (!run.ending) return')),
  runner(
    'DELIVERY',
    'Runner.claimed',
    'a runner that is not known gives up its ring',
    instead('!(error instanceof ApiRefusal) || error.status !== 401', 'true'),
  ),
  runner('LIMIT', 'Runner.claimAttempt', 'more attempts run than may', leaveOut('this.attemptSlots.hold(')),

  inspection('DELIVERY', 'interruptedInspections', 'an inspection that was cut off is forgotten', instead('names.map(decodeURIComponent)', '[]')),
  inspection(
    'END',
    'inspect',
    'a dataset too large for its limits is a fault of ours',
    instead("failure.code === 'OUT_OF_MEMORY' || failure.code === 'TIME_LIMIT'", 'false'),
  ),
  inspection('DELIVERY', 'runInspection', 'a finished inspection is taken up again by the next life', leaveOut('await rm(note,')),

  child('END', 'work', 'a failure that has words is a crash', leaveOut('if (error instanceof TrainingFailure) return')),
  child('END', 'work', 'a refused dataset is a crash', leaveOut('if (error instanceof DatasetError) return')),

  folder('LOCK', 'lockFolder', 'two runners share one folder', leaveOut('if (holder !== null && holder.pid !== process.pid && (await holds(holder, dir)))')),
  folder('LOCK', 'holds', "the original's runner keeps a copy's from its folder", leaveOut('if (holder.folder !== folderIdentity(dir))')),
  folder('LOCK', 'holds', 'a number that was given to another process keeps a runner from its folder', instead('holder.began === beganAt(pid)', 'true')),
  folder('LOCK', 'instanceOf', 'a copied folder is taken for the runner it was copied from', instead('inode === here', 'true')),
  folder('LOCK', 'isRunner', "a stranger's number keeps a runner from its folder", instead("command.includes('ml-runner')", 'true')),

  registration('FENCE', 'Registration.note', 'a revoked runner trains on', leaveOut("if (error.code === 'RUNNER_REVOKED')")),
  registration('END', 'Registration.run', 'a refusal that is over is shown for ever', leaveOut('this.refusal = null')),
  registration('WAKE', 'Registration.helloAgain', 'a changed engine is told with the next beat only', leaveOut('this.wake.abort()')),
  registration('DELIVERY', 'Registration.hello', 'a hello is heard though a later one is due', instead('!this.helloDue', 'true')),
  runner(
    'INPUT',
    'Runner.answer',
    'a ring for an attempt is taken for one of a dataset',
    instead('ring.name === RUNNER_JOBS.attempt && attempt.success', 'false'),
  ),
];
