import { daysOf, knownOf, measureOf, reportSearch } from './report-search.ts';

const ID = '0b0b0b0b-0000-4000-8000-000000000001';

describe('the address of a report', () => {
  it('keeps what it may carry', () => {
    const search = {
      ...{ asOf: '2026-11-20T16:00Z', known: 'NOW', sprint: ID, measure: 'COUNT', counted: 'PARENTS', days: 28, of: 'LEAD', working: true },
      ...{ count: 34, until: '2026-12-24', absence: true, runners: 0, away: `${ID},${ID}`, horizon: 28 },
    };
    expect(reportSearch(search)).toEqual(search);
  });
  it('leaves out what is no value, and what is as usual', () => {
    expect(
      reportSearch({
        ...{ asOf: 'soon', known: 'LATER', sprint: 'x', board: 3, measure: 'POINTS', counted: 'LEAVES', days: 85, of: 'CYCLE', working: false },
        ...{ count: 0, until: '2026-02-30', absence: 1, runners: -1, away: 'me', horizon: 14 },
      }),
    ).toEqual({ unread: 'soon' });
    expect(reportSearch({ days: 84 })).toEqual({});
  });
  it('keeps what is no moment that has passed, so that the page can say so, until a moment is chosen', () => {
    const ahead = new Date(Date.now() + 3_600_000).toISOString();
    for (const asOf of ['soon', 'May', '2026-02-31', ahead, 2026]) {
      const read = reportSearch({ asOf });
      expect(read).toEqual({ unread: String(asOf) });
      // an address is read more than once
      expect(reportSearch({ ...read })).toEqual(read);
    }
    expect(reportSearch({ unread: 'soon', asOf: '2026-11-20T16:00Z' })).toEqual({ asOf: '2026-11-20T16:00Z' });
  });
  it('names an instant by its minute, whatever the zone it was written in', () => {
    expect(reportSearch({ asOf: '2026-11-20T17:00:59+01:00' })).toEqual({ asOf: '2026-11-20T16:00Z' });
  });
  it('says what is asked where it says nothing', () => {
    expect([daysOf({}), measureOf({}), knownOf({})]).toEqual([84, 'POINTS', 'THEN']);
    // of now both are the same
    expect([knownOf({ known: 'NOW' }), knownOf({ known: 'NOW', asOf: '2026-11-20T16:00Z' })]).toEqual(['THEN', 'NOW']);
  });
});
