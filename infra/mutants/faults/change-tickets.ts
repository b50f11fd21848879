import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const MANY = 'apps/api/src/board/change-tickets.integration.spec.ts';

const many = faultsOf('apps/api/src/board/change-tickets.service.ts', [MANY]);
const checks = faultsOf('apps/api/src/board/change-checks.ts', [MANY]);
const lying = faultsOf('apps/api/src/board/change-places.ts', [MANY]);
const refusal = faultsOf('apps/api/src/board/refusals.ts', [MANY]);
const place = faultsOf('apps/api/src/board/placement.ts', [MANY]);
const written = faultsOf('apps/api/src/ticket/ticket.writes.ts', [MANY]);

export const CHANGE_TICKETS_FAULTS: readonly Fault[] = [
  many('LOG', 'ChangeTicketsService.changeIn', 'many changed tickets are not logged', leaveOut('for (const [scope, told] of')),
  checks('VERSION', 'begin', 'one of many is changed from a stale version', leaveOut('if (change.version != null')),
  checks('RIGHTS', 'begin', 'whoever reads may change many', instead("'ticket.write'", "'project.read'")),
  checks('RIGHTS', 'begin', 'whoever writes in an open project may delete many', instead("'ticket.delete'", "'ticket.write'")),
  checks('RIGHTS', 'begin', 'one of many goes into a column of another project', instead('target && target.projectId !== ticket.projectId', 'false')),
  many('RIGHTS', 'checkReferences', 'many are given to somebody who may not read the project', instead('!readers.has(id)', 'false')),
  many('RIGHTS', 'checkReferences', 'many get a label of another project', instead('!labels.has(id)', 'false')),
  many('INPUT', 'checkKin', 'what its family does not allow one of many is done', leaveOut('for (const [id, error] of refused)')),
  checks('PLACE', 'begin', 'the way back takes along what somebody moved since', leaveOut('if (seen !== undefined')),
  refusal('PLACE', 'Refusals.missing', 'those behind one that is refused its place are refused theirs', instead('this.has(id)', 'false')),
  refusal(
    'RIGHTS',
    'Refusals.refuse',
    'one of many that may not be known of has a name',
    instead('found && !NOT_ALLOWED.includes(error.code)', 'found !== undefined'),
  ),
  lying('FIGURE', 'put', 'a column takes more of many than its limit', leaveOut('if (ticket.columnId !== columnId) column.count')),
  lying('PLACE', 'put', 'where one of many lay is not told', leaveOut('one.before.afterId = ')),
  checks('INPUT', 'check', 'more are changed at once than may be', leaveOut('if (changes.length > TICKETS_AT_ONCE)')),
  checks('INPUT', 'check', 'one ticket is changed twice at once', leaveOut('if (new Set(')),
  place('PLACE', 'cardBefore', 'the card before is the first of the column', inText('ORDER BY rank DESC, ticket_id DESC', 'ORDER BY rank, ticket_id')),
  place(
    'PLACE',
    'enterAgain',
    'those that come back lie among each other in another order',
    instead('return { rank, entries: [] }', 'return enter(tx, column, afterId)'),
  ),
  written('VERSION', 'writeValues', 'many changed tickets keep their version', inText('updated_at = now(), version = t.version + 1', 'updated_at = now()')),
];
