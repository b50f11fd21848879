import { parse } from '../query/parse.ts';
import { TICKET_FIELDS } from '../ticket/fields.ts';
import { RUN_FIELDS } from '../training/fields.ts';
import { weekOf, type WeekFacts } from './week.ts';
import { COMPUTE_RUNS, DAY_RUNS, DAY_TICKETS, PERSON_TICKETS, WEEK_RUNS, WEEK_TICKETS } from './work-counts.ts';

const facts = (
  finished: number,
  before: number,
  runs: [well: number, failed: number, left: number],
  health: [red: number, amber: number, green: number],
): WeekFacts => ({
  tickets: { FINISHED: finished, FINISHED_BEFORE: before, CREATED: 4 },
  runs: { SUCCEEDED: runs[0], FAILED: runs[1], LEFT_FAILED: runs[2] },
  health: { RED: health[0], AMBER: health[1], GREEN: health[2], UNKNOWN: 1 },
});

describe('a week in three sentences', () => {
  it.each<[what: string, of: WeekFacts, codes: string[]]>([
    ['nothing at all', facts(0, 0, [0, 0, 0], [0, 0, 0]), ['WORK_NONE', 'RUNS_NONE', 'HEALTH_UNKNOWN']],
    ['nothing after much', facts(0, 9, [0, 0, 0], [0, 0, 2]), ['WORK_NONE', 'RUNS_NONE', 'HEALTH_GREEN']],
    ['a first week', facts(3, 0, [2, 0, 0], [0, 0, 1]), ['WORK_FIRST', 'RUNS_ALL_WELL', 'HEALTH_GREEN']],
    ['a better one', facts(5, 4, [2, 1, 0], [0, 1, 1]), ['WORK_MORE', 'RUNS_REPAIRED', 'HEALTH_AMBER']],
    ['a worse one', facts(4, 5, [2, 2, 1], [1, 1, 1]), ['WORK_LESS', 'RUNS_FAILED', 'HEALTH_RED']],
    ['one like the other', facts(4, 4, [0, 2, 2], [1, 0, 0]), ['WORK_SAME', 'RUNS_FAILED', 'HEALTH_RED']],
  ])('%s', (_, of, codes) => {
    expect(weekOf(of).map(({ code }) => code)).toEqual(codes);
  });

  it('tells each number with what it counts', () => {
    const numbers = weekOf(facts(5, 4, [3, 2, 1], [7, 8, 9])).flatMap((sentence) => sentence.numbers);
    expect(numbers.map(({ name, count, query }) => `${name} ${count} ${query}`)).toEqual([
      'FINISHED 5 ended:-7d',
      'FINISHED_BEFORE 4 ended:-14d..-7d',
      'CREATED 4 created:-7d',
      'SUCCEEDED 3 state:succeeded ended:-7d',
      'FAILED 2 state:failed ended:-7d',
      'LEFT_FAILED 1 is:unrepaired ended:-7d',
      'RED 7 null',
      'AMBER 8 null',
      'GREEN 9 null',
    ]);
  });
});

it.each([
  ['tickets', [DAY_TICKETS, PERSON_TICKETS, WEEK_TICKETS], TICKET_FIELDS],
  ['runs', [DAY_RUNS, WEEK_RUNS, COMPUTE_RUNS], RUN_FIELDS],
] as const)('what is counted of %s can be asked for in the list', (_, tables, fields) => {
  for (const query of tables.flatMap((table) => Object.values(table))) expect([query, parse(query, fields)]).toMatchObject([query, { ok: true }]);
});
