import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const CREDENTIALS = 'apps/api/src/runner/credential.integration.spec.ts';
const RUN = 'apps/api/src/training/run.integration.spec.ts';
const RETRY = 'apps/api/src/training/retry.integration.spec.ts';
const FENCES = 'apps/api/src/training/fences.integration.spec.ts';
const DATASET = 'apps/api/src/dataset/dataset.integration.spec.ts';
const READING = 'apps/api/src/dataset/reading.integration.spec.ts';
const INSPECTION = 'apps/api/src/dataset/inspection.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';
const OPERATIONS = 'apps/api/test/operations/operations.integration.spec.ts';
const TICKET = 'apps/api/src/board/ticket.integration.spec.ts';
const at = (path: string): string => `apps/ml-runner/src/${path}`;

const credential = faultsOf('apps/api/src/runner/credential.service.ts', [CREDENTIALS]);
const artifact = faultsOf('apps/api/src/training/artifact.controller.ts', ['apps/api/src/training/attempts.integration.spec.ts', OPERATIONS]);
const runs = faultsOf('apps/api/src/training/run.service.ts', [RUN, RETRY]);
const dataset = faultsOf('apps/api/src/dataset/dataset.service.ts', [DATASET, READING]);
const uploads = faultsOf('apps/api/src/dataset/upload-quota.service.ts', [DATASET]);
const ticket = faultsOf('apps/api/src/board/ticket.service.ts', [TICKET]);
const registration = faultsOf(at('link/registration.ts'), [at('runner.spec.ts')]);
const runner = faultsOf(at('runner.ts'), [at('runner.spec.ts')]);
const prepare = faultsOf(at('trainers/prepare-data.ts'), [at('trainers/prepare-data.spec.ts'), at('trainers/rows.spec.ts')]);
const optimizer = faultsOf(at('trainers/optimizer.ts'), [at('trainers/train.spec.ts'), at('trainers/network.spec.ts')]);
const batch = faultsOf(at('trainers/batch.ts'), [at('trainers/train.spec.ts')]);
const idx = faultsOf(at('datasets/idx-files.ts'), [at('datasets/inspect-dataset.spec.ts')]);

/** Faults that somebody thought of who had not written the specs. */
export const FURTHER_FAULTS: readonly Fault[] = [
  credential('FENCE', 'RunnerCredentials.revoke', 'a revoked runner keeps its attempts until their leases end', leaveOut('await tx.query( `UPDATE attempt SET lease_until')),
  credential('FENCE', 'RunnerCredentials.revoke', 'a revoked runner keeps its inspection until its lease ends', leaveOut('await tx.query(`UPDATE dataset SET lease_until')),
  credential('FENCE', 'RunnerCredentials.revoke', 'a revoked runner is shown as online', leaveOut('await tx.query(`UPDATE runner SET last_seen_at')),
  credential('RIGHTS', 'RunnerCredentials.revoke', 'anybody revokes a runner', leaveOut("demand(actor, 'runner.manage')"), [OPERATIONS]),
  credential('RIGHTS', 'RunnerCredentials.all', 'anybody lists the tokens of runners', leaveOut("demand(actor, 'runner.manage')"), [OPERATIONS]),
  credential('PAGE', 'RunnerCredentials.all', 'revoked tokens of runners are listed', inText('WHERE revoked_at IS NULL', '')),
  artifact('RIGHTS', 'ArtifactController.download', 'a browser keeps a model for whoever comes next', inText('private, no-cache', 'public, max-age=3600')),

  runs('INPUT', 'RunService.queue', 'a run is queued on a deleted ticket', inText('AND t.deleted_at IS NULL FOR KEY SHARE OF t', 'FOR KEY SHARE OF t')),
  runs('INPUT', 'RunService.queue', 'what cannot be trained is queued', instead('decided(validateSpec(input.template, parameters, { kind: dataset.kind, summary: dataset }))', '({ totalSteps: 1, rows: undefined } as never)')),
  runs('FIGURE', 'RunService.queue', 'runs of a project have one number', inText('last_run_number = last_run_number + 1', 'last_run_number = last_run_number')),
  runs('FIGURE', 'RunService.cancel', 'nobody is said to have cancelled', instead('actor.userId', 'null'), [RUN, RETRY, FENCES, MUTATIONS]),
  runs('LOCK', 'RunService.datasetFor', 'a dataset is deleted while a run of it is being queued', inText('FOR KEY SHARE', ''), [DATASET, RUN, FENCES]),

  dataset('RIGHTS', 'DatasetService.create', 'a member registers files of the server', leaveOut("if (input.source === 'PATH') demand(")),
  dataset('RIGHTS', 'DatasetService.lock', 'whoever reads a project checks its datasets again', instead("demandProject(actor, 'data.manage', dataset)", "demandProject(actor, 'project.read', dataset)"), [DATASET, READING, MUTATIONS]),
  dataset('INPUT', 'refuseInUse', 'a dataset that a run waits for is deleted', inText("state IN ('QUEUED', 'STARTING', 'RUNNING')", "state IN ('STARTING', 'RUNNING')")),
  dataset('FENCE', 'DatasetService.checkAgain', 'a runner that still checks it as it was may finish', inText('epoch = epoch + 1, lease_until = NULL, inspections = 0,', 'lease_until = NULL, inspections = 0,'), [DATASET, READING, INSPECTION]),
  dataset('LIMIT', 'DatasetService.checkAgain', 'a dataset given up once is given up at once', inText('inspections = 0,', ''), [DATASET, READING, INSPECTION]),
  dataset('WAKE', 'DatasetService.checkAgain', 'no runner is rung to check again', leaveOut('if (rung) afterCommit('), [DATASET, READING, INSPECTION]),
  dataset('INPUT', 'DatasetService.setReading', 'images are read as a table', leaveOut("if (dataset.kind !== 'CSV')")),
  dataset('INPUT', 'pathOf', 'a path leads out of its folder', instead('!isAbsolute(clean) || normalize(clean) !== clean', '!isAbsolute(clean)')),
  dataset('LIMIT', 'syntheticOf', 'the most samples that may be are refused', instead('samples > limits.samples.max', 'samples >= limits.samples.max')),
  dataset('INPUT', 'requireRoles', 'a role is filled twice', instead('!allowed.includes(role) || roles.indexOf(role) !== i', '!allowed.includes(role)')),
  uploads('LIMIT', 'UploadQuota.confirm', 'as much as may lie unused is refused', instead('pending + size > this.config.uploadPendingBytes', 'pending + size >= this.config.uploadPendingBytes')),
  ticket('FIGURE', 'TicketService.createTicket', 'a label that is named twice stands twice', instead('[...new Set(input.labelIds ?? [])]', 'input.labelIds ?? []')),
  ticket('INPUT', 'TicketService.updateTicket', 'what is not named is emptied', inText('stage = CASE WHEN $4 THEN $5 ELSE stage END', 'stage = CASE WHEN $4 THEN $5 ELSE $5 END')),

  registration('FENCE', 'Registration.note', 'a revoked runner trains on', leaveOut("if (error.code === 'RUNNER_REVOKED')"), [at('runner.spec.ts'), at('link/registration.spec.ts')]),
  registration('END', 'Registration.run', 'a refusal that is over is shown for ever', leaveOut('this.refusal = null'), [at('runner.spec.ts'), at('link/registration.spec.ts')]),
  registration('WAKE', 'Registration.helloAgain', 'a changed engine is told with the next beat only', leaveOut('this.wake.abort()'), [at('runner.spec.ts'), at('link/registration.spec.ts')]),
  registration('DELIVERY', 'Registration.hello', 'a hello is heard though a later one is due', instead('!this.helloDue', 'true'), [at('link/registration.spec.ts')]),
  runner('INPUT', 'Runner.answer', 'a ring for an attempt is taken for one of a dataset', instead('ring.name === RUNNER_JOBS.attempt && attempt.success', 'false')),

  prepare('DATA', 'accountForRows', 'rows that vanished are not missed', leaveOut('throw new TrainingFailure(')),
  prepare('DATA', 'accountForRows', 'fewer rows than promised are trained on', instead('used === rows.used', 'true')),
  prepare('DATA', 'prepareTable', 'the scale of the target is learnt from what is held out too', instead('scaleOf(target.numbers!, split.train)', 'scaleOf(target.numbers!, Uint32Array.from({ length: rows }, (_, i) => i))')),
  optimizer('DATA', 'FlatOptimizer.apply', 'Adam forgets its bias', instead('(learningRate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step)', 'learningRate')),
  optimizer('DATA', 'FlatOptimizer.apply', 'momentum climbs', instead('tf.add(tf.mul(first!, MOMENTUM), gradient)', 'tf.sub(tf.mul(first!, MOMENTUM), gradient)')),
  optimizer('DATA', 'average', 'an average weighs the new as the old', instead('tf.add(tf.mul(old, decay), tf.mul(now, 1 - decay))', 'tf.add(tf.mul(old, 1 - decay), tf.mul(now, decay))')),
  batch('DATA', 'randomShift', 'images are moved one way only', instead('[random.below(2 * MAX_SHIFT + 1) - MAX_SHIFT, random.below(2 * MAX_SHIFT + 1) - MAX_SHIFT]', '[random.below(2 * MAX_SHIFT + 1), random.below(2 * MAX_SHIFT + 1)]')),
  idx('INPUT', 'loadIdx', 'images and labels of different number are trained on', leaveOut('if (pair.images.dimensions[0] !== pair.labels.dimensions[0])')),
  idx('INPUT', 'loadIdx', 'test images of another size are taken', leaveOut('if (testShape && testShape.join(')),
  idx('INPUT', 'readIdx', 'a file that is cut short is filled with zeros', leaveOut('if (filled < data!.length)')),
  idx('LIMIT', 'checkSize', 'a header promises what no file can hold', leaveOut('if (dataBytes > largest)')),
];
