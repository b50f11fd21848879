import { faultsOf, inText, instead, leaveOut, STALE, type Fault } from '../fault.ts';

const VIEW = 'apps/api/src/view/view.integration.spec.ts';

const service = faultsOf('apps/api/src/view/view.service.ts', [VIEW]);
const UNTOLD = leaveOut('await this.tell(');

export const VIEW_FAULTS: readonly Fault[] = [
  service('RIGHTS', 'READABLE', 'views: what somebody keeps for themselves is shown to all', inText('(v.shared OR v.owner_id = $', '(true OR v.owner_id = $')),
  service('RIGHTS', 'READABLE', 'views: what is shared is shown to its owner alone', inText('(v.shared OR v.owner_id = $', '(false OR v.owner_id = $')),
  service('RIGHTS', 'ViewService.views', 'views: those of a hidden project are an empty list', leaveOut('if (projectId === null) demand(')),
  service(
    'PAGE',
    'ViewService.views',
    'views: those of every project are listed',
    inText('v.project_id IS NOT DISTINCT FROM $5', 'COALESCE($5::uuid, v.id) IS NOT NULL'),
  ),
  service('PAGE', 'ViewService.views', 'views: those of every list are listed', inText('v.list = $4', "$4::text <> ''")),
  service('PAGE', 'ViewService.views', 'views: capitals come before small letters', inText('ORDER BY v.name_key', 'ORDER BY v.name')),

  service(
    'RIGHTS',
    'ViewService.create',
    'views: whoever reads makes one for all',
    instead('if (shared) demandShare(actor, place); else demandKeep(actor, place, ownerId);', 'demandKeep(actor, place, ownerId)'),
  ),
  service('RIGHTS', 'ViewService.update', 'views: whoever reads shares what they keep', leaveOut('if (isShared) demandShare(')),
  service('RIGHTS', 'lockView', 'views: whoever sees a shared one changes it', leaveOut('if (view.shared) demandManage(')),
  service(
    'RIGHTS',
    'demandManage',
    'views: a member changes what others share in a project',
    instead("demandProject(actor, 'view.manage', { ...place, ownerId })", "demandProject(actor, 'view.share', place)"),
  ),
  service(
    'RIGHTS',
    'demandManage',
    'views: a member changes what others share with all',
    instead("demand(actor, 'organisationView.manage', { ownerId })", "demand(actor, 'organisationView.share')"),
  ),
  service(
    'RIGHTS',
    'demandShare',
    'views: whoever reads shares with all',
    instead("demand(actor, 'organisationView.share')", "demand(actor, 'organisation.read')"),
  ),

  service('VERSION', 'ViewService.update', 'views: a stale change is taken', STALE),
  service('VERSION', 'ViewService.delete', 'views: a stale deletion is taken', leaveOut('sameVersion(view, version)')),
  service('VERSION', 'ViewService.update', 'views: one that changed keeps its version', inText('shared = $5, version = version + 1', 'shared = $5')),
  service('LOG', 'ViewService.create', 'views: the audit trail is not told of a new one', UNTOLD),
  service('LOG', 'ViewService.update', 'views: the audit trail is not told of a change', UNTOLD),
  service('LOG', 'ViewService.delete', 'views: the audit trail is not told of a deletion', UNTOLD),
  service(
    'LOG',
    'ViewService.update',
    'views: the audit trail does not say what was shared until now',
    instead('before.shared || after.shared', 'after.shared'),
  ),
  service('RIGHTS', 'ViewService.tell', 'views: the audit trail has the words of private ones', instead('isPublic && { name, query }', '{ name, query }')),

  service('LIMIT', 'ViewService.create', 'views: a person keeps as many as they like', leaveOut("await this.demandRoom(tx, view, 'owner')")),
  service('LIMIT', 'ViewService.create', 'views: new ones are shared without end', leaveOut('if (shared) await this.demandRoom(')),
  service('LIMIT', 'ViewService.update', 'views: old ones are shared without end', leaveOut('if (isShared) await this.demandRoom(')),
  service('LIMIT', 'ViewService.demandRoom', 'views: there is room for one too many', instead('(held?.count ?? 0) >= max', '(held?.count ?? 0) > max')),
  service(
    'LIMIT',
    'ViewService.demandRoom',
    'views: what is kept elsewhere takes the room',
    inText('v.project_id IS NOT DISTINCT FROM $2', 'COALESCE($2::uuid, v.id) IS NOT NULL'),
  ),
  service('LIMIT', 'ViewService.demandRoom', 'views: what is kept of another list takes the room', inText('v.list = $1', "$1::text <> ''")),
  service('LIMIT', 'ViewService.demandRoom', 'views: what others keep takes the room', inText('THEN v.owner_id = $4', 'THEN $4::uuid IS NOT NULL')),
  service(
    'LOCK',
    'lockPlace',
    'views: two that are made at once share the last room of all',
    inText('FROM organisation FOR NO KEY UPDATE', 'FROM organisation'),
  ),
  service(
    'LOCK',
    'lockPlace',
    'views: two that are made at once share the last room of a project',
    inText('WHERE p.id = $1 FOR NO KEY UPDATE', 'WHERE p.id = $1'),
  ),

  service('INPUT', 'ViewService.create', 'views: any text is kept', instead('checkedQuery(list, input.query)', 'input.query')),
  service(
    'INPUT',
    'ViewService.update',
    'views: any text is kept instead of one that was understood',
    instead('checkedQuery(before.list, input.query)', 'input.query'),
  ),
  service(
    'INPUT',
    'ViewService.update',
    'views: one that is understood no more cannot be renamed',
    instead('input.query == null ? before.query : checkedQuery(before.list, input.query)', 'checkedQuery(before.list, input.query ?? before.query)'),
  ),
  service('INPUT', 'ViewService.create', 'views: people are looked for in a project', leaveOut("if (projectId !== null && list === 'PEOPLE')")),
  service(
    'FIGURE',
    'ViewService.update',
    'views: one that was renamed stands where its old name did',
    inText('name_key = $3', 'name_key = COALESCE(name_key, $3)'),
  ),
  service('FIGURE', 'ViewService.update', 'views: saving what is the same makes a new version', leaveOut('if (after.name === before.name &&')),
];
