import { faultsOf, inText, instead, leaveOut, UNTOLD, type Fault } from '../fault.ts';

const CALENDAR = 'apps/api/src/staffing/calendar.integration.spec.ts';
const WORK = 'apps/api/src/staffing/work-time.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';

const calendar = faultsOf('apps/api/src/staffing/calendar.service.ts', [CALENDAR]);
const told = faultsOf('apps/api/src/staffing/calendar.service.ts', [MUTATIONS]);
const reader = faultsOf('apps/api/src/staffing/calendar.reader.ts', [CALENDAR]);
const project = faultsOf('apps/api/src/project/project.service.ts', [CALENDAR]);
const capacity = faultsOf('apps/api/src/staffing/capacity.reader.ts', [WORK]);
const timeOff = faultsOf('apps/api/src/staffing/time-off.service.ts', [WORK]);
const pattern = faultsOf('apps/api/src/staffing/working-pattern.service.ts', [WORK]);

/** Calendars, zones, and when people work. */
export const TIME_FAULTS: readonly Fault[] = [
  told('LOG', 'CalendarService.tell', 'what becomes of a calendar is not logged', UNTOLD),
  told('RIGHTS', 'CalendarService.changeDays', 'anybody makes holidays', leaveOut('demand(')),
  told('VERSION', 'lock', 'a calendar is changed from a stale version', leaveOut('sameVersion(')),
  calendar('INPUT', 'CalendarService.delete', 'a calendar that is used is deleted', leaveOut('if (used!.projects')),
  calendar('INPUT', 'CalendarService.delete', 'the calendar that all begin with is deleted', leaveOut('if (id.toLowerCase() === FIRST_CALENDAR)')),
  calendar('FIGURE', 'CalendarService.importIcs', 'a dry run writes', instead('!dryRun', 'true')),
  calendar('LIMIT', 'CalendarService.write', 'a calendar grows without end', leaveOut('if (kept!.count > CALENDAR_DAYS_MAX)')),
  reader('FIGURE', 'CalendarReader.workingAt', 'a later holiday rewrites reports of before', instead('named.delete(day)', 'named.has(day)')),
  project('INPUT', 'knownZone', 'a zone that there is not is kept', leaveOut('if (!found ||')),
  capacity('FIGURE', 'CapacityReader.timesOf', 'what is promised to others counts for a team', inText('m.team_id = $2)', 'true)')),
  timeOff('INPUT', 'checkedDays', 'days off end before they begin', leaveOut('if (toDate < fromDate)')),
  pattern('FIGURE', 'WorkingPatternService.remove', 'what was before does not go on', leaveOut('if (earlier)')),
];
