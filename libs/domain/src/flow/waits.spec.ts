import { spansOf } from './histories.fixture.ts';
import { awayIn, blockedWaits, peopleWaits, type ToldBlock } from './waits.ts';

const short = (waits: readonly { from: number; to: number; detail: string | null; reason: string }[]): string[] =>
  waits.map(({ from, to, reason, detail }) => `${reason} ${detail ?? '-'} ${from} ${to}`);
const set = (at: number, blockerId: string, isSet = true): ToldBlock => ({ at, blockerId, isSet });

describe('what a ticket was blocked by', () => {
  const blockers = new Map([
    [
      'b',
      spansOf('b', [
        [0, {}],
        [30, { state: 'DONE', resolution: 'DONE' }],
        [50, { state: 'OPEN', resolution: null }],
        [70, { deleted: true }],
      ]),
    ],
  ]);
  const of = (...blocks: ToldBlock[]) => short(blockedWaits('a', blocks, blockers, (id) => (id === 'b' ? 'OPS-2' : null)));

  it.each<[what: string, blocks: ToldBlock[], waits: string[]]>([
    ['nothing, without a link', [], []],
    ['until the other is done, and again when that is taken up', [set(10, 'b')], ['BLOCKED OPS-2 10 30', 'BLOCKED OPS-2 50 70']],
    ['until the link goes', [set(10, 'b'), set(20, 'b', false)], ['BLOCKED OPS-2 10 20']],
    [
      'again when the link comes back',
      [set(10, 'b'), set(20, 'b', false), set(25, 'b')],
      ['BLOCKED OPS-2 10 20', 'BLOCKED OPS-2 25 30', 'BLOCKED OPS-2 50 70'],
    ],
    ['never, of one that was done by then', [set(35, 'b'), set(45, 'b', false)], []],
    ['by one that may not be named, as long as its link', [set(10, 'secret'), set(60, 'secret', false)], ['BLOCKED - 10 60']],
    ['once, of a link that is told twice', [set(10, 'b'), set(12, 'b'), set(20, 'b', false), set(22, 'b', false)], ['BLOCKED OPS-2 10 20']],
  ])('%s', (_, blocks, waits) => {
    expect(of(...blocks)).toEqual(waits);
  });
});

describe('who a ticket waited for', () => {
  const away = new Map([
    [
      'ann',
      [
        { from: 20, to: 40 },
        { from: 90, to: 95 },
      ],
    ],
  ]);

  it.each<[what: string, given: { at: number; value: string | null }[], waits: string[]]>([
    ['nobody, for ever', [], ['NOBODY - -Infinity Infinity']],
    ['its assignee, while away', [{ at: 10, value: 'ann' }], ['NOBODY - -Infinity 10', 'AWAY - 20 40', 'AWAY - 90 95']],
    [
      'one who took it over in the meantime',
      [
        { at: 10, value: 'ann' },
        { at: 30, value: 'bob' },
      ],
      ['NOBODY - -Infinity 10', 'AWAY - 20 30'],
    ],
    [
      'nobody again, when it is given back',
      [
        { at: 10, value: 'bob' },
        { at: 60, value: null },
      ],
      ['NOBODY - -Infinity 10', 'NOBODY - 60 Infinity'],
    ],
  ])('%s', (_, given, waits) => {
    expect(short(peopleWaits('a', given, away))).toEqual(waits);
  });

  it('counts days off by the days of the zone, halves too, also where a day has 25 hours', () => {
    const off = { fromDate: '2026-11-01', toDate: '2026-11-01', fromNoon: false, untilNoon: false };
    const at = (text: string) => Date.parse(text);
    expect(awayIn('America/New_York', [off, { ...off, fromNoon: true }, { ...off, fromDate: '2026-10-30', untilNoon: true }])).toEqual([
      { from: at('2026-11-01T00:00-04:00'), to: at('2026-11-02T00:00-05:00') },
      { from: at('2026-11-01T12:00-05:00'), to: at('2026-11-02T00:00-05:00') },
      { from: at('2026-10-30T00:00-04:00'), to: at('2026-11-01T12:00-05:00') },
    ]);
  });

  it('takes days that no clock shows as before and behind all others', () => {
    const off = { fromNoon: false, untilNoon: true };
    expect(awayIn('Asia/Shanghai', [{ ...off, fromDate: '0001-01-01', toDate: '9999-12-31' }])).toEqual([{ from: -Infinity, to: Infinity }]);
  });

  it.each([
    ['25 hours', 'Europe/Berlin', '2026-10-25', '2026-10-25T12:00+01:00'],
    ['23.5 hours', 'Australia/Lord_Howe', '2026-10-04', '2026-10-04T12:00+11:00'],
    ['no midnight', 'America/Santiago', '2026-09-06', '2026-09-06T12:00-03:00'],
    ['24 hours', 'Asia/Shanghai', '2026-10-04', '2026-10-04T12:00+08:00'],
  ])('has noon where clocks show it on a day of %s', (_, zone, day, noon) => {
    const [half] = awayIn(zone, [{ fromDate: day, toDate: day, fromNoon: true, untilNoon: false }]);
    expect(new Date(half!.from)).toEqual(new Date(noon));
    const [morning] = awayIn(zone, [{ fromDate: day, toDate: day, fromNoon: false, untilNoon: true }]);
    expect(new Date(morning!.to)).toEqual(new Date(noon));
  });
});
