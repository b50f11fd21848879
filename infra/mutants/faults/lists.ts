import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const TICKETS = 'apps/api/src/ticket/ticket-list.integration.spec.ts';
const ARCHIVED = 'apps/api/src/platform/lists/archived.integration.spec.ts';

const order = faultsOf('apps/api/src/platform/lists/order.ts', [TICKETS]);
const conditions = faultsOf('apps/api/src/platform/lists/conditions.ts', [TICKETS]);
const reading = faultsOf('apps/api/src/platform/lists/reading.ts', [TICKETS]);
const turns = faultsOf('apps/api/src/platform/lists/list-turns.ts', ['apps/api/src/platform/lists/list-turns.integration.spec.ts']);
const cursor = faultsOf('apps/api/src/platform/lists/cursor.ts', [TICKETS]);
const tickets = faultsOf('apps/api/src/ticket/ticket.list.ts', [TICKETS]);

const CSV = 'libs/domain/src/query/csv.spec.ts';
const csv = faultsOf('libs/domain/src/query/csv.ts', [CSV]);
const files = faultsOf('apps/api/src/platform/transfer/exports.ts', ['apps/api/src/platform/transfer/export.integration.spec.ts']);

export const LIST_FAULTS: readonly Fault[] = [
  conditions('RIGHTS', 'whereOf', 'a list shows what nobody may know of', instead('[list.readable(statement)]', "['true']")),
  conditions('PAGE', 'whereOf', 'a list over all projects shows archived ones', instead("all.push('p.archived_at IS NULL')", 'undefined'), [ARCHIVED]),
  conditions('PAGE', 'saysWhichProjects', 'nobody can ask for archived projects', instead("field === 'archived'", 'false'), [ARCHIVED]),
  conditions('PAGE', 'conditionSql', 'what has no value fulfils no negated condition', inText(') IS NOT TRUE', ') = false')),
  reading('RIGHTS', 'demandReadable', 'a hidden project answers with an empty list', leaveOut('if (!found)')),
  reading('LIMIT', 'readPage', 'a count that goes on is told as whole', instead('counted > COUNT_MAX', 'false')),
  reading('PAGE', 'readPage', 'a page that is exactly full says there is more', instead('limit + 1', 'limit')),
  reading(
    'FIGURE',
    'readPage',
    'a page that has more after it is counted as all there is',
    inText('CASE WHEN (SELECT count(*) FROM hit) <=', 'CASE WHEN 0 * (SELECT count(*) FROM hit) <='),
  ),
  reading('FIGURE', 'readPage', 'a later page is counted by itself', instead('cursor?.counted ?? found[0]?.counted ?? 0', 'found[0]?.counted ?? found.length')),
  reading('FIGURE', 'readPage', 'more is counted than anybody is told', instead('Math.min(counted, COUNT_MAX)', 'counted')),
  reading('PAGE', 'readPage', 'days move between two pages', instead('cursor?.now ?? Date.now()', 'Date.now()')),
  reading(
    'PAGE',
    'readPage',
    'a cursor of another time zone is taken',
    instead('[list.name, projectId, print(query, list.fields), zone]', '[list.name, projectId, print(query, list.fields)]'),
  ),
  reading('LIMIT', 'withinTime', 'a list may take as long as it likes', inText("SET LOCAL statement_timeout = '", "SET LOCAL statement_timeout = '10")),
  reading('LIMIT', 'withinTime', 'a list that was given up is a fault of ours', leaveOut('if (sqlState(error) === GIVEN_UP)')),
  order('PAGE', 'afterSql', 'rows of the same value are left out between pages', instead('keys.slice(0, i)', 'keys.slice(0, 0)')),
  order('PAGE', 'behind', 'what has no value comes on no later page', instead('nullable', 'false')),
  order('PAGE', 'orderSql', 'what has no value comes first', instead("nullable ? ' NULLS LAST' : ''", "''")),
  order('INPUT', 'areValuesOf', 'a cursor lacks what every row has', instead('nullable || values[i] !== null', 'true')),
  turns('LIMIT', 'turnsOf', 'slow lists take all connections', instead('database.connections / 2', 'database.connections')),
  turns('LIMIT', 'TurnsOfEach.within', 'one person takes the turns of all', instead('this.each', 'this.all')),
  turns('LIMIT', 'turnsOf', 'as many reports as are asked for are made at once', instead('new TurnsOfEach(PASTS_EACH, PASTS_MAX)', 'new TurnsOfEach(99, 99)'), [
    'apps/api/src/flow/kept-answers.integration.spec.ts',
  ]),
  cursor('PAGE', 'cursorIn', 'the cursor of another query is taken', leaveOut('if (of !== digest)')),
  tickets('RIGHTS', 'TICKET_LIST', 'every project is read', instead('`t.deleted_at IS NULL AND ${statement.readable}`', "'t.deleted_at IS NULL'")),
  csv('INPUT', 'csvCell', 'a text becomes a formula', instead('!isNumber && FORMULA.test(text)', 'false')),
  csv('FIGURE', 'csvCell', 'a negative number becomes a text', instead('!isNumber && FORMULA.test(text)', 'FORMULA.test(text)')),
  files('RIGHTS', 'Exports.exportList', 'a hidden project answers with an empty file', leaveOut('await demandReadable(')),
  files('RIGHTS', 'membersSql', 'headings tell of figures that nobody may read', instead('whereOf(list, query, statement)', "'true'")),
  files('FIGURE', 'columnsFound', 'figures are in no column', instead('list.sql[name]?.members', 'undefined as string | undefined')),
  files('LIMIT', 'Exports.exportList', 'any number of files is written at once', instead('this.going < AT_ONCE', 'true')),
  files(
    'DELIVERY',
    'Exports.exportList',
    'a part of a file looks like the whole',
    instead('output.destroy(error instanceof Error ? error : new Error(String(error)))', 'output.end()'),
  ),
  files('END', 'Exports.exportList', 'who asked for a file is not told that it cannot be had', leaveOut('begun.reject(error)')),
  files('PAGE', 'exportSql', 'a file holds what nobody asked for', inText('} WHERE ${', '} WHERE true OR ${')),
  files('PAGE', 'exportSql', 'a file is in the order of the list and not of the query', instead('query.sort', '[]')),
  files('INPUT', 'columnsNamed', 'a column that no list has is taken', leaveOut('if (!found?.spec.column)')),
  files('INPUT', 'columnsNamed', 'a field that is no column is one', instead('!found?.spec.column', '!found')),
  files('LIMIT', 'columnsNamed', 'a file has as many columns as one likes', leaveOut('if (names.length > COLUMNS_MAX)')),
  files('PAGE', 'columnsNamed', 'columns are written in capitals as they were typed', instead('name: found.name', 'name: typed')),
  files('PAGE', 'Exports.send', 'the last rows of a file are lost', instead('found.length > 0', 'found.length === BATCH')),
  files(
    'END',
    'Exports.send',
    'a reader who went away is waited for',
    instead("Promise.race([once(output, 'drain'), once(output, 'close')])", "once(output, 'drain')"),
  ),
  files('LIMIT', 'Exports.exportList', 'an export that is over still counts', leaveOut('this.going--')),
  files('LIMIT', 'Exports.exportList', 'one person takes the exports of all', instead('AT_ONCE_EACH', 'AT_ONCE')),
  files('LIMIT', 'Exports.exportList', 'an export lasts as long as its reader likes', instead('this.secondsMax * 1_000', '2 ** 31 - 1')),
];
