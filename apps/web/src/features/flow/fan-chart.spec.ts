import { fanOfCount, fanOfDays } from './fan-chart.ts';

const names = { fan: 'P50 to P95', p85: 'P85' };

it('how many: from nothing today to what is said of the last day', () => {
  const { days, layers } = fanOfCount('2026-11-29', '2026-12-04', { p50: 10, p85: 5, p95: 0 }, names);
  expect([days[0], days.at(-1), days.length]).toEqual(['2026-11-30', '2026-12-04', 5]);
  const [fan] = layers;
  expect(fan?.kind === 'AREA' && [fan.low, fan.high]).toEqual([
    [0, 0, 0, 0, 0],
    [0, 2.5, 5, 7.5, 10],
  ]);
});

it('when: each chance reaches the number on its day', () => {
  const { days, layers } = fanOfDays('2026-11-29', 4, ['2026-12-01', '2026-12-02', '2026-12-04'], names);
  expect(days.at(-1)).toBe('2026-12-04');
  const [fan] = layers;
  expect(fan?.kind === 'AREA' && [fan.high.indexOf(4), fan.low.indexOf(4)]).toEqual([1, 4]);
});

it('when: what is later than two years does not reach it, and nothing is drawn where all are', () => {
  const { layers } = fanOfDays('2026-11-29', 4, ['2026-12-01', '2026-12-02', null], names);
  const [fan] = layers;
  expect(fan?.kind === 'AREA' && fan.low.includes(4)).toBe(false);
  expect(fanOfDays('2026-11-29', 4, [null, null, null], names)).toEqual({ days: [], layers: [] });
});

it('a day ahead has one slot', () => expect(fanOfCount('2026-11-29', '2026-11-30', { p50: 2, p85: 1, p95: 0 }, names).days).toEqual(['2026-11-30']));
