import { releaseDay, releaseDays, releaseStanding } from './release.ts';

const TODAY = '2026-11-30';

describe('a release', () => {
  it.each([
    ['ahead', '2026-12-01', null, 'PLANNED', '2026-12-01'],
    ['due today', TODAY, null, 'PLANNED', TODAY],
    ['late', '2026-11-29', null, 'OVERDUE', '2026-11-29'],
    ['out in time', '2026-11-20', '2026-11-18', 'RELEASED', '2026-11-18'],
    ['out late', '2026-11-20', TODAY, 'RELEASED', TODAY],
  ] as const)('%s', (_, plannedOn, releasedOn, standing, day) => {
    expect([releaseStanding({ plannedOn, releasedOn }, TODAY), releaseDay({ plannedOn, releasedOn })]).toEqual([standing, day]);
  });

  it.each([
    ['2026-12-24', null, null],
    ['2026-11-20', TODAY, null],
    ['2026-11-31', null, { field: 'plannedOn', reason: 'NOT_A_DAY' }],
    ['2026-11-20', '20 November', { field: 'releasedOn', reason: 'NOT_A_DAY' }],
    ['2026-12-24', '2026-12-01', { field: 'releasedOn', reason: 'NOT_YET' }],
  ])('planned for %s and out on %s: %j', (plannedOn, releasedOn, params) => {
    const found = releaseDays({ plannedOn, releasedOn }, TODAY);
    expect(found.ok ? null : found.params).toEqual(params);
  });
});
