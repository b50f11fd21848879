import { faultsOf, inText, instead, leaveOut, UNTOLD, type Fault } from '../fault.ts';

const RIGHTS = 'apps/api/src/access/rights.integration.spec.ts';
const EFFECTIVE = 'apps/api/src/platform/sql/effective-rows.integration.spec.ts';
const AUDIT = 'apps/api/src/audit/audit.integration.spec.ts';
const STAFFING = 'apps/api/src/staffing/staffing.integration.spec.ts';
const MEMBERSHIP = 'apps/api/src/staffing/membership.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';
const MIGRATION = 'apps/api/src/staffing/membership-migration.integration.spec.ts';

const effective = faultsOf('apps/api/src/platform/sql/effective-rows.ts', [EFFECTIVE]);
const service = faultsOf('apps/api/src/staffing/membership.service.ts', [MEMBERSHIP]);
const reader = faultsOf('apps/api/src/staffing/membership.reader.ts', [MEMBERSHIP]);
const resolver = faultsOf('apps/api/src/staffing/staffing.resolver.ts', [MEMBERSHIP]);
const team = faultsOf('apps/api/src/staffing/team.service.ts', [MEMBERSHIP]);
const memberships = faultsOf('apps/api/src/staffing/membership.service.ts', [STAFFING, MUTATIONS]);
const teams = faultsOf('apps/api/src/staffing/team.service.ts', [STAFFING, MUTATIONS]);
const project = faultsOf('apps/api/src/project/project.service.ts', [STAFFING]);
const rebuilt = faultsOf('apps/api/src/migrations/earlier-states.ts', [MIGRATION]);

/** Rows that hold from a day to a day, memberships, which are such rows, and their teams. */
export const STAFFING_FAULTS: readonly Fault[] = [
  effective('RIGHTS', 'HOLDS_ON', 'an ended membership still counts', inText('.to_date >=', ".to_date IS NOT NULL OR '1000-01-01'::date <="), [RIGHTS]),
  effective('RIGHTS', 'HOLDS_ON', 'a membership that has not begun counts', inText('.from_date <=', ".from_date IS NOT NULL OR '1000-01-01'::date <="), [
    RIGHTS,
  ]),
  effective('FIGURE', 'HOLDS_ON', 'the last day does not count', inText('to_date >=', 'to_date >')),
  effective('FIGURE', 'EffectiveRows.asOf', 'what was known before a correction is lost', inText('known_to >', 'known_to IS NULL AND known_to >')),
  effective(
    'FIGURE',
    'EffectiveRows.asOf',
    'what is known since is told for before',
    inText('_superseded WHERE known_from <=', "_superseded WHERE '2000-01-01' <="),
  ),
  effective('FIGURE', 'EffectiveRows.asOf', 'what was superseded is told for ever', inText('AND known_to >', 'AND now() >=')),
  effective(
    'ATOMIC',
    'EffectiveRows.hold',
    'the parts of a change are known from moments of their own',
    inText('hold_effective($1, $2)', '(SELECT now() WHERE $1::int > 0 AND $2 IS NOT NULL)'),
  ),
  effective('VERSION', 'EffectiveRows.correct', 'a correction keeps its version', inText('version = r.version + 1', 'version = r.version')),
  service('INPUT', 'refuseOverlap', 'another stint is not named', leaveOut('if (other)')),
  service('INPUT', 'MembershipService.update', 'a change onto another stint is not refused in words', leaveOut('await refuseOverlap(')),
  service('INPUT', 'MembershipService.update', 'a change begins on any day', leaveOut('if (since !== null) refuseSince(')),
  service('LOG', 'MembershipService.update', 'a change from a day on rewrites what was before', instead('since === null || since === before.fromDate', 'true')),
  service(
    'LOG',
    'MembershipService.remove',
    'who leaves never was there',
    instead('neverWas ? await takeBack(tx, [before]) : await leave(tx, [before, ...(await following(tx, before))], today)', 'await takeBack(tx, [before])'),
  ),
  service('RIGHTS', 'MembershipService.remove', 'who was removed comes back by what was to follow', instead('...(await following(tx, before))', '')),
  service('LOG', 'leave', 'the last day of who leaves is not logged', instead('...changesBetween(one, { toDate: end.toDate })', ''), [MUTATIONS]),
  service('INPUT', 'MembershipService.remove', 'what ended is removed by mistake', leaveOut('if (!neverWas && endedBefore(before, today)')),
  reader('FIGURE', 'MembershipReader.of', 'those who left are shown as members', inText('r.to_date >=', "r.to_date IS NOT NULL OR '1000-01-01'::date <=")),
  reader('FIGURE', 'MembershipReader.of', 'those who are there are shown as past', inText('r.to_date <', 'r.to_date IS NULL OR r.to_date <')),
  service('LOG', 'MembershipService.endAll', 'who leaves with their team is not logged', leaveOut('if (entries.length > 0)')),
  service('INPUT', 'MembershipService.add', 'a deleted team takes people', inText('AND t.deleted_at IS NULL', '')),
  service('INPUT', 'MembershipService.lock', 'who was in a deleted team comes back', inText('AND t.deleted_at IS NULL', '')),
  service('LOCK', 'MembershipService.lock', 'a membership goes on in a team that is being deleted', inText('FOR KEY SHARE OF t', '')),
  team('FIGURE', 'TeamService.teams', 'deleted teams are listed', inText('WHERE t.deleted_at IS NULL', '')),
  team('RIGHTS', 'TeamService.deleteTeam', 'who was in a deleted team stays in it', leaveOut('await this.memberships.endAll(')),
  project('INPUT', 'holdTeam', 'a project is given to a deleted team', inText('AND deleted_at IS NULL', '')),
  resolver('INPUT', 'timeOf', 'a known moment without a day is passed over', leaveOut('if (knownAt != null)')),
  resolver('INPUT', 'timeOf', 'a day that is none is asked for', instead("day('on', on)", 'on')),
  team('FIGURE', 'TEAM', 'those to come are counted', instead('HOLDS_TODAY', "'true'")),
  rebuilt('FIGURE', 'back', 'what was known before the last change is not rebuilt', instead("change.action !== 'UPDATED'", 'true')),
  rebuilt('FIGURE', 'forth', 'a membership that is gone was never known', leaveOut('if (knownTo)')),

  memberships('LOG', 'MembershipService.append', 'who joins, changes or leaves is not logged', UNTOLD),
  memberships('VERSION', 'MembershipService.update', 'a membership is changed from a stale version', leaveOut('sameVersion(')),
  memberships('VERSION', 'MembershipService.remove', 'a membership that changed since is removed', leaveOut('sameVersion(')),
  memberships('RIGHTS', 'MembershipService.add', 'anybody joins any team', leaveOut('demandTeam(')),
  memberships('RIGHTS', 'MembershipService.update', 'a script makes somebody a lead', leaveOut('for (const permission of membershipChangeDemands(before'), [
    RIGHTS,
  ]),
  memberships('RIGHTS', 'MembershipService.remove', 'anybody sends anybody away', leaveOut('demandTeam(')),
  memberships('INPUT', 'days', 'a membership ends before it begins', leaveOut('if (fromDate && toDate &&')),
  memberships('LIMIT', 'allocation', 'the whole of a time cannot be promised', instead('percent > 100', 'percent >= 100')),
  memberships('LIMIT', 'allocation', 'more than the whole of a time is promised', instead('percent > 100', 'percent > 101')),
  teams('LOG', 'TeamService.createTeam', 'a new team is not logged', UNTOLD),
  teams('LOG', 'TeamService.updateTeam', 'a changed team is not logged', UNTOLD),
  teams('LOG', 'TeamService.deleteTeam', 'a deleted team is not logged', UNTOLD),
  teams('LOG', 'TeamService.createProfession', 'a new profession is not logged', UNTOLD),
  teams('VERSION', 'TeamService.updateTeam', 'a team is changed from a stale version', leaveOut('sameVersion(')),
  teams('VERSION', 'TeamService.deleteTeam', 'a team that changed since is deleted', leaveOut('sameVersion(')),
  teams('RIGHTS', 'TeamService.createTeam', 'anybody makes teams', leaveOut('demand(')),
  teams('RIGHTS', 'TeamService.updateTeam', 'anybody changes a team', leaveOut('demandTeam(')),
  teams('RIGHTS', 'TeamService.deleteTeam', 'a lead deletes the team', leaveOut('demand(')),
  teams('RIGHTS', 'TeamService.createProfession', 'anybody makes professions', leaveOut('demand(')),
  teams('INPUT', 'TeamService.deleteTeam', 'a team that owns projects is deleted', leaveOut('if (owned && owned.count > 0)')),
  teams('LOG', 'TeamService.updateTeam', 'the trail does not tell of a renamed team', leaveOut("if (changes['name'])"), [AUDIT]),
];
