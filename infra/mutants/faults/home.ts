import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const HOME = 'apps/api/src/home/home.integration.spec.ts';
const WORK = 'apps/api/src/home/work.integration.spec.ts';
const HEALTH = 'apps/api/src/project/health.integration.spec.ts';

const service = faultsOf('apps/api/src/home/home.service.ts', [HOME]);
const news = faultsOf('apps/api/src/home/work-news.service.ts', [HOME]);
const work = faultsOf('apps/api/src/home/work.reader.ts', [WORK]);
const merit = faultsOf('apps/api/src/training/merit.ts', [WORK]);
const counts = faultsOf('apps/api/src/platform/lists/counts.ts', [WORK]);
const turns = faultsOf('apps/api/src/platform/lists/counts.ts', ['apps/api/src/platform/lists/counts.integration.spec.ts']);
const ticket = faultsOf('apps/api/src/ticket/ticket.writes.ts', [HEALTH]);

export const HOME_FAULTS: readonly Fault[] = [
  service('FIGURE', 'HomeService.update', 'home: folding a block unfolds all others', inText('array_append(array_remove(folded, $4), $4)', 'ARRAY[$4]')),
  service('RIGHTS', 'HomeService.firstDay', 'home: a hidden ticket is a step that is done', inText('t.deleted_at IS NULL AND', 't.deleted_at IS NULL OR')),
  news('RIGHTS', 'WorkNews.follow', 'home: news come of what one may not read', instead('now !== known', 'true')),
  news('LIMIT', 'WorkNews.follow', 'home: news come as often as there are any', leaveOut('await delay(')),
  work('FIGURE', 'WorkReader.changes', 'home: what happened in archived projects is told', inText('WHERE p.archived_at IS NULL AND', 'WHERE')),
  work('RIGHTS', 'WorkReader.sinceYesterday', 'home: a hidden project answers as one in which nothing happens', leaveOut('await demandReadable(')),
  work('FIGURE', 'WorkReader.workload', 'home: who left is still in the team', inText('NOT u.disabled AND', '')),
  merit('FIGURE', 'MERIT', 'of errors the largest is best', inText(' ELSE -', ' ELSE ')),
  counts(
    'RIGHTS',
    'countsOf',
    'home: what one may not read is counted',
    instead('[readable, within, ...(by.where ? [by.where(statement)] : [])]', '[within, ...(by.where ? [by.where(statement)] : [])]'),
  ),
  turns(
    'LIMIT',
    'countsOf',
    'home: whoever counts takes all connections',
    instead(
      'inTurn(database, actor, (tx) => rows<Record<string, number> & { key: string; sum: number }>(tx, built(sql), statement.parameters))',
      'rows<Record<string, number> & { key: string; sum: number }>(database.direct, built(sql), statement.parameters)',
    ),
  ),
  ticket(
    'FIGURE',
    'endedAt',
    'home: what is done is done anew with each move',
    inText("WHEN state = 'DONE' THEN ended_at ELSE", 'WHEN false THEN ended_at ELSE'),
  ),
  ticket('FIGURE', 'setProgress', 'home: a place in the same column is a new one', instead("place === 'ENTERS'", 'true')),
];
