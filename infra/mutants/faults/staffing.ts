import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const RIGHTS = 'apps/api/src/access/rights.integration.spec.ts';
const EFFECTIVE = 'apps/api/src/platform/sql/effective-rows.integration.spec.ts';
const MEMBERSHIP = 'apps/api/src/staffing/membership.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';
const MIGRATION = 'apps/api/src/staffing/membership-migration.integration.spec.ts';

const effective = faultsOf('apps/api/src/platform/sql/effective-rows.ts', [EFFECTIVE]);
const service = faultsOf('apps/api/src/staffing/membership.service.ts', [MEMBERSHIP]);
const reader = faultsOf('apps/api/src/staffing/membership.reader.ts', [MEMBERSHIP]);
const resolver = faultsOf('apps/api/src/staffing/staffing.resolver.ts', [MEMBERSHIP]);
const team = faultsOf('apps/api/src/staffing/team.service.ts', [MEMBERSHIP]);
const project = faultsOf('apps/api/src/project/project.service.ts', ['apps/api/src/staffing/staffing.integration.spec.ts']);
const rebuilt = faultsOf('apps/api/src/migrations/earlier-states.ts', [MIGRATION]);

/** Rows that hold from a day to a day, and memberships, which are such rows. */
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
];
