import { changeFrom, endedBefore, stints } from './effective.ts';

describe('changeFrom', () => {
  const year = { fromDate: '2028-01-01', toDate: '2028-12-31' };
  it.each([
    ['2028-03-01', { kept: { fromDate: '2028-01-01', toDate: '2028-02-29' }, changed: { fromDate: '2028-03-01', toDate: '2028-12-31' } }],
    ['2028-12-31', { kept: { fromDate: '2028-01-01', toDate: '2028-12-30' }, changed: { fromDate: '2028-12-31', toDate: '2028-12-31' } }],
    ['2028-01-01', { kept: null, changed: year }],
    ['2027-12-31', null],
    ['2029-01-01', null],
  ])('%s', (since, expected) => expect(changeFrom(year, since)).toEqual(expected));
  it('cuts what is open on both sides', () =>
    expect(changeFrom({ fromDate: null, toDate: null }, '2028-03-01')).toEqual({
      kept: { fromDate: null, toDate: '2028-02-29' },
      changed: { fromDate: '2028-03-01', toDate: null },
    }));
});

describe('endedBefore', () => {
  it.each([
    [null, null, { fromDate: null, toDate: '2028-02-29' }],
    ['2028-02-29', null, { fromDate: '2028-02-29', toDate: '2028-02-29' }],
    ['2028-03-01', null, 'GONE'],
    ['2028-03-02', '2028-04-01', 'GONE'],
    [null, '2028-03-01', { fromDate: null, toDate: '2028-02-29' }],
    [null, '2028-02-29', 'ENDED'],
  ] as const)('from %s to %s, on 1 March', (fromDate, toDate, expected) => expect(endedBefore({ fromDate, toDate }, '2028-03-01')).toEqual(expected));
});

describe('stints', () => {
  const one = (id: string, fromDate: string | null, toDate: string | null) => ({ id, fromDate, toDate });
  const ids = (...stretches: ReturnType<typeof one>[]): string[] => stints(stretches).map((stint) => stint.map(({ id }) => id).join(''));
  it('are one where the next begins on the day after', () => expect(ids(one('b', '2028-03-01', null), one('a', null, '2028-02-29'))).toEqual(['ab']));
  it('are two where a day lies between', () => expect(ids(one('a', null, '2028-02-28'), one('b', '2028-03-01', null))).toEqual(['a', 'b']));
  it('are two side by side', () =>
    expect(ids(one('a', null, '2028-02-29'), one('b', null, null), one('c', '2028-03-01', '2028-03-01'), one('d', '2028-03-02', null))).toEqual(['acd', 'b']));
});
