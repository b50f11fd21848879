import { builtInUnit, isSeriesName, isSeriesUnit, SERIES, SERIES_LIMITS } from './series.ts';

it('are named freely, within what can be printed and told apart', () => {
  const [longest, tooLong] = ['x'.repeat(100), 'x'.repeat(101)];
  for (const name of [...SERIES, 'a', 'train/loss', 'grad norm', 'top-5_acc.v2', '学习率', '0', '𝒙'.repeat(100), 'constructor', longest]) {
    expect([name, isSeriesName(name)]).toEqual([name, true]);
  }
  for (const name of ['', ' ', ' a', 'a ', 'a\tb', 'a\nb', 'a\n', 'a\0', 'a"b', 'a{b}', 'a:b', 'a\u200bb', '<b>', tooLong]) {
    expect([name, isSeriesName(name)]).toEqual([name, false]);
  }
  expect(SERIES_LIMITS).toEqual({ series: 200, name: 100, unit: 20 });
});

it('count in units of a few characters', () => {
  for (const unit of ['1', 'ms', 'tokens/s', '%', '°C', 'm²', 'µs', '€', 'steps per s', 'x'.repeat(20)])
    expect([unit, isSeriesUnit(unit)]).toEqual([unit, true]);
  for (const unit of ['', ' ', ' s', 's ', 'a\tb', 'a\n', '\u200b', 'x'.repeat(21)]) expect([unit, isSeriesUnit(unit)]).toEqual([unit, false]);
});

it('of our own trainers have units that they need not tell', () => {
  expect(SERIES.map(builtInUnit)).toEqual([null, '1', null, null, '1', null, '1', 'samples/s']);
  expect(SERIES.every(isSeriesName)).toBe(true);
  for (const other of ['constructor', 'loss', '']) expect(builtInUnit(other)).toBeNull();
});
