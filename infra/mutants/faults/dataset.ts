import { faultsOf, inText, instead, leaveOut, UNTOLD, type Fault } from '../fault.ts';

const READING = 'apps/api/src/dataset/reading.integration.spec.ts';
const DATASET = 'apps/api/src/dataset/dataset.integration.spec.ts';
const INSPECTION = 'apps/api/src/dataset/inspection.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';

const dataset = faultsOf('apps/api/src/dataset/dataset.service.ts', [DATASET, MUTATIONS]);
const inspection = faultsOf('apps/api/src/dataset/inspection.service.ts', [INSPECTION]);
const quota = faultsOf('apps/api/src/dataset/upload-quota.service.ts', [DATASET]);
const counts = faultsOf('apps/api/src/platform/http/limits.ts', [DATASET]);
const upload = faultsOf('apps/api/src/dataset/upload.controller.ts', [DATASET]);

export const DATASET_FAULTS: readonly Fault[] = [
  dataset('LOG', 'DatasetService.create', 'a new dataset is not logged', UNTOLD),
  dataset('LOG', 'DatasetService.checkAgain', 'a check that begins again is not logged', UNTOLD),
  dataset('LOG', 'DatasetService.delete', 'a deleted dataset is not logged', UNTOLD),
  dataset('VERSION', 'DatasetService.delete', 'a dataset that changed since is deleted', leaveOut('sameVersion(dataset, version)')),
  dataset('RIGHTS', 'DatasetService.create', 'anybody makes datasets', leaveOut("demand(actor, 'dataset.create')")),
  dataset('RIGHTS', 'DatasetService.create', "a member registers the server's files", leaveOut("if (input.source === 'PATH')")),
  dataset('RIGHTS', 'DatasetService.files', "somebody else's upload is taken", inText('AND user_id = $2', 'AND $2::uuid IS NOT NULL')),
  dataset('RIGHTS', 'DatasetService.read', 'a dataset of a private project is shown to everybody', inText('(p.id IS NULL OR', '(p.id IS NULL OR true OR')),
  dataset('WAKE', 'DatasetService.create', 'no runner is rung for a new dataset', leaveOut('afterCommit(tx,'), [INSPECTION]),
  dataset('WAKE', 'DatasetService.checkAgain', 'no runner is rung for a check that begins again', leaveOut('if (rung) afterCommit('), [INSPECTION]),
  dataset('FENCE', 'DatasetService.checkAgain', 'a finish of the check before counts for the new one', inText('claim = claim + 1, lease_until = NULL,', ''), [
    READING,
  ]),
  dataset('INPUT', 'DatasetService.recheck', 'a dataset that a run trains on is checked again', leaveOut('await refuseInUse(')),
  dataset('INPUT', 'DatasetService.delete', 'a dataset that a run trains on is deleted', leaveOut('await refuseInUse(')),
  dataset('INPUT', 'refuseInUse', 'a dataset that a run waits to train on is deleted', instead('sqlWords(GOING_STATES)', `"('STARTING', 'RUNNING')"`)),
  dataset('INPUT', 'refuseInUse', 'a dataset that a run is training on is deleted', instead('sqlWords(GOING_STATES)', `"('QUEUED', 'STARTING')"`)),
  dataset('PAGE', 'DatasetService.datasets', 'a page of datasets that is exactly full says there is more', instead('size + 1', 'size')),
  dataset(
    'PAGE',
    'DatasetService.datasets',
    'the last dataset of a page stands on the next one too',
    inText('(d.created_at, d.id) < ($4', '(d.created_at, d.id) <= ($4'),
  ),
  dataset('LIMIT', 'syntheticOf', 'one sample more than the limit is made', instead('samples > limits.samples.max', 'samples > limits.samples.max + 1')),
  dataset('LIMIT', 'syntheticOf', 'as many samples as the limit are refused', instead('samples > limits.samples.max', 'samples >= limits.samples.max')),
  dataset('LIMIT', 'syntheticOf', 'the largest seed is refused', instead('from > limits.seed.max', 'from >= limits.seed.max')),
  dataset('INPUT', 'requireRoles', 'images come without labels', leaveOut('if (missing)')),
  dataset('INPUT', 'requireRoles', 'a role comes twice', leaveOut('if (wrong)')),
  dataset('INPUT', 'pathOf', 'a path climbs out of its folder', instead('normalize(clean) !== clean', 'false')),
  dataset(
    'LOCK',
    'DatasetService.files',
    'two datasets take one upload',
    inText(
      'DELETE FROM upload WHERE id = $1 AND user_id = $2 RETURNING digest, size, name',
      'SELECT digest, size, name FROM upload WHERE id = $1 AND user_id = $2',
    ),
  ),

  inspection('LOG', 'InspectionService.tell', 'what an inspection found is not logged', UNTOLD),
  inspection(
    'RIGHTS',
    'HELD_BY',
    'a runner says what another one found in a dataset',
    inText('AND n.credential_id IS NOT DISTINCT FROM', 'AND true OR n.credential_id IS NOT DISTINCT FROM'),
    ['apps/api/src/runner/credential.integration.spec.ts'],
  ),
  inspection('FENCE', 'InspectionService.finish', 'a stale finish is accepted', inText('AND claim = $2', 'AND $2::int IS NOT NULL')),
  inspection('FENCE', 'InspectionService.finish', 'a finish of a check that is back in line is accepted', inText('AND lease_until IS NOT NULL', '')),
  inspection(
    'FENCE',
    'InspectionService.finish',
    'a finish is accepted twice',
    inText("AND state = 'CHECKING' AND claim = $2 AND lease_until IS NOT NULL", 'AND claim = $2'),
  ),
  inspection(
    'FENCE',
    'InspectionService.claim',
    'two runners hold one inspection',
    inText('lease_until IS NULL OR lease_until <= now() OR runner_id = $2', 'true'),
  ),
  inspection('FENCE', 'InspectionService.claim', 'a runner that was started anew does not get its inspection back', inText('OR runner_id = $2', '')),
  inspection('FENCE', 'InspectionService.claim', 'an inspection is claimed without being counted', inText('claim = claim + 1, inspections', 'inspections')),
  inspection(
    'LIMIT',
    'InspectionService.reconcile',
    'a dataset that takes runners down is given up one claim late',
    instead('locked.inspections >= MAX_INSPECTIONS', 'locked.inspections > MAX_INSPECTIONS'),
  ),
  inspection('LIMIT', 'InspectionService.claim', 'lost claims of an inspection are not counted', inText('inspections = inspections + 1,', '')),
  inspection('WAKE', 'InspectionService.reconcile', 'nobody is rung for a lost inspection', leaveOut('afterCommit(tx,')),
  inspection(
    'FENCE',
    'InspectionService.reconcile',
    'an inspection is taken from a living runner',
    inText("AND (d.lease_until IS NULL OR d.lease_until <= $2 OR r.last_seen_at < $2 - interval '15 seconds')", 'AND ($2::timestamptz IS NULL OR true)'),
  ),
  inspection(
    'FENCE',
    'InspectionService.reconcile',
    'what was claimed meanwhile is put back in line',
    inText('AND claim = $2 AND rings = $3', 'AND ($2::int, $3::int) IS NOT NULL'),
  ),

  counts('LIMIT', 'OpenCounts.receive', 'one person sends any number of files at once', leaveOut('if (!giveBack) throw')),
  counts('LIMIT', 'OpenCounts.receive', 'a file that arrived counts for ever', leaveOut('giveBack()')),
  quota('LIMIT', 'UploadQuota.reserveBytes', 'one may have sent any amount that nobody took', leaveOut('if (wanted > left')),
  quota('LIMIT', 'UploadQuota.reserveBytes', 'what is being received does not count', leaveOut('this.underWay.set(userId, others + wanted)')),
  quota(
    'LIMIT',
    'UploadQuota.reserveBytes',
    'what was received counts for ever',
    instead('(this.underWay.get(userId) ?? 0) - wanted', '(this.underWay.get(userId) ?? 0)'),
  ),
  quota('LIMIT', 'UploadQuota.confirm', 'what other processes received does not count', leaveOut('if (pending + size >')),
  upload('RIGHTS', 'UploadController.upload', 'a viewer sends files', leaveOut("demand(actor, 'dataset.create')")),

  dataset(
    'RIGHTS',
    'DatasetService.lock',
    'whoever reads a project checks its datasets again',
    instead("demandProject(actor, 'data.manage', dataset)", "demandProject(actor, 'project.read', dataset)"),
    [DATASET, READING, MUTATIONS],
  ),
  dataset('LIMIT', 'DatasetService.checkAgain', 'a dataset given up once is given up at once', inText('inspections = 0,', ''), [DATASET, READING, INSPECTION]),
  dataset('INPUT', 'DatasetService.setReading', 'images are read as a table', leaveOut("if (dataset.kind !== 'CSV')"), [DATASET, READING]),
  dataset('INPUT', 'pathOf', 'a path leads out of its folder', instead('!isAbsolute(clean) || normalize(clean) !== clean', '!isAbsolute(clean)'), [
    DATASET,
    READING,
  ]),
  dataset('INPUT', 'requireRoles', 'a role is filled twice', instead('!allowed.includes(role) || roles.indexOf(role) !== i', '!allowed.includes(role)'), [
    DATASET,
    READING,
  ]),
  quota(
    'LIMIT',
    'UploadQuota.confirm',
    'as much as may lie unused is refused',
    instead('pending + size > this.config.uploadPendingBytes', 'pending + size >= this.config.uploadPendingBytes'),
  ),
];
