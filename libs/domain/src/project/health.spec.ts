import { parse } from '../query/parse.ts';
import { TICKET_FIELDS } from '../ticket/fields.ts';
import { RUN_FIELDS } from '../training/fields.ts';
import { HEALTH_CODES, projectHealth, RUN_COUNTS, TICKET_COUNTS, type HealthFacts } from './health.ts';

const NOTHING: HealthFacts = { OPEN: 0, IN_PROGRESS: 0, DONE: 0, OVER_LIMIT: 0, OLD_CARDS: 0, UNASSIGNED: 0, RUNS: 0, FAILED_RUNS: 0, STUCK_RUNS: 0 };

describe('the health of a project', () => {
  it.each<[what: string, facts: Partial<HealthFacts>, level: string, reasons: string[]]>([
    ['nothing at all', {}, 'UNKNOWN', []],
    ['plans alone', { OPEN: 40 }, 'UNKNOWN', []],
    ['plans in a column that is too full', { OPEN: 40, OVER_LIMIT: 9 }, 'AMBER', ['OVER_LIMIT AMBER 9']],
    ['one card begun', { IN_PROGRESS: 1 }, 'GREEN', []],
    ['one card done', { DONE: 1 }, 'GREEN', []],
    ['one run', { RUNS: 1 }, 'GREEN', []],
    ['two failed runs', { RUNS: 5, FAILED_RUNS: 2 }, 'AMBER', ['FAILED_RUNS AMBER 2']],
    ['three failed runs', { RUNS: 5, FAILED_RUNS: 3 }, 'RED', ['FAILED_RUNS RED 3']],
    ['two runs that wait', { RUNS: 5, STUCK_RUNS: 2 }, 'AMBER', ['STUCK_RUNS AMBER 2']],
    ['three runs that wait', { RUNS: 5, STUCK_RUNS: 3 }, 'RED', ['STUCK_RUNS RED 3']],
    ['a limit that is far passed', { IN_PROGRESS: 90, OVER_LIMIT: 90 }, 'AMBER', ['OVER_LIMIT AMBER 90']],
    ['two old cards of two', { IN_PROGRESS: 2, OLD_CARDS: 2 }, 'AMBER', ['OLD_CARDS AMBER 2/2']],
    ['three old cards of twelve', { IN_PROGRESS: 12, OLD_CARDS: 3 }, 'RED', ['OLD_CARDS RED 3/12']],
    ['three old cards of thirteen', { IN_PROGRESS: 13, OLD_CARDS: 3 }, 'AMBER', ['OLD_CARDS AMBER 3/13']],
    ['nobody on all three cards', { IN_PROGRESS: 3, UNASSIGNED: 3 }, 'RED', ['UNASSIGNED RED 3/3']],
    [
      'much at once, the worst first',
      { IN_PROGRESS: 40, OVER_LIMIT: 5, OLD_CARDS: 20, UNASSIGNED: 1, RUNS: 9, FAILED_RUNS: 1, STUCK_RUNS: 9 },
      'RED',
      ['STUCK_RUNS RED 9', 'OLD_CARDS RED 20/40', 'FAILED_RUNS AMBER 1', 'OVER_LIMIT AMBER 5', 'UNASSIGNED AMBER 1/40'],
    ],
  ])('%s', (_, facts, level, reasons) => {
    const health = projectHealth({ ...NOTHING, ...facts });
    const told = health.reasons.map((reason) => `${reason.code} ${reason.level} ${reason.count}${reason.of === null ? '' : `/${reason.of}`}`);
    expect([health.level, told]).toEqual([level, reasons]);
  });

  it('counts by queries that the lists understand', () => {
    for (const query of Object.values(TICKET_COUNTS)) expect(parse(query, TICKET_FIELDS)).toMatchObject({ ok: true });
    for (const query of Object.values(RUN_COUNTS)) expect(parse(query, RUN_FIELDS)).toMatchObject({ ok: true });
  });

  it('says with each reason what it counts, and where that is', () => {
    const facts = Object.fromEntries(Object.keys(NOTHING).map((name) => [name, 1])) as unknown as HealthFacts;
    expect(projectHealth(facts).reasons.map(({ code, list, query, threshold }) => [code, list, query, threshold])).toEqual([
      ['FAILED_RUNS', 'RUNS', 'is:unrepaired ended:-7d', 7],
      ['STUCK_RUNS', 'RUNS', 'state:queued queued:<-2h', 2],
      ['OVER_LIMIT', 'TICKETS', 'is:over_limit', null],
      ['OLD_CARDS', 'TICKETS', 'state:in_progress entered:<-7d', 7],
      ['UNASSIGNED', 'TICKETS', 'state:in_progress assignee:none', null],
    ]);
    expect(HEALTH_CODES).toHaveLength(5);
  });
});
