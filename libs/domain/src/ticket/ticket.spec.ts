import { areInOrder, deviceHoursIn, isDeviceHours, isOverdue, isPoints, pointsIn, TICKET_TITLE_MAX, titleExcess, titleOf } from './ticket.ts';

it.each([
  [-0.5, false],
  [0, true],
  [0.5, true],
  [0.25, false],
  [1000, true],
  [1000.5, false],
  [Number.NaN, false],
])('an estimate of %f points is one: %s', (value, is) => {
  expect(isPoints(value)).toBe(is);
});

describe('pointsIn', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['0', 0],
    ['3', 3],
    [' 0.5 ', 0.5],
    ['.5', 0.5],
    ['1000', 1000],
    ['2,5', 2.5],
    ['３．５', 3.5],
    ['-1', undefined],
    ['1.3', undefined],
    ['1000.5', undefined],
    ['1,000', undefined],
    ['1e2', undefined],
    ['0x10', undefined],
    ['three', undefined],
    ['.', undefined],
    ['1.2.3', undefined],
    ['5²', undefined],
  ])('%j', (typed, points) => {
    expect(pointsIn(typed)).toBe(points);
  });
});

describe('a title', () => {
  it('is one line', () => {
    expect(titleOf('  Clean \r\n\n the crawl\n')).toBe('Clean the crawl');
    expect(titleOf('two  spaces\n \nstay')).toBe('two  spaces stay');
    expect(titleOf(' \n ')).toBe('');
  });

  it('is too long by what cannot be kept', () => {
    expect(titleExcess(` ${'x'.repeat(TICKET_TITLE_MAX)} `)).toBe(0);
    expect(titleExcess('x'.repeat(TICKET_TITLE_MAX + 12))).toBe(12);
  });
});

it.each([
  [-0.25, false],
  [0, true],
  [0.25, true],
  [0.1, false],
  [100_000, true],
  [100_000.25, false],
  [1e9, false],
  [Number.NaN, false],
  [Number.POSITIVE_INFINITY, false],
])('an estimate of %f hours on a device is one: %s', (value, is) => {
  expect(isDeviceHours(value)).toBe(is);
});

it.each([
  ['', null],
  ['12', 12],
  ['1,25', 1.25],
  ['０．５', 0.5],
  ['1,000', undefined],
  ['1e9', undefined],
  ['1.1', undefined],
  ['-1', undefined],
])('reads %j as hours on a device', (typed, hours) => {
  expect(deviceHoursIn(typed)).toBe(hours);
});

it('is due on the day it begins or later', () => {
  expect(areInOrder({ startDate: '2026-01-05', dueDate: '2026-01-05' })).toBe(true);
  expect(areInOrder({ startDate: '2026-01-05', dueDate: '2026-01-04' })).toBe(false);
  expect(areInOrder({ startDate: '2026-01-05', dueDate: null })).toBe(true);
  expect(areInOrder({ startDate: null, dueDate: '2026-01-04' })).toBe(true);
});

it('is overdue once its day has passed, and while it is not done', () => {
  const due = (resolution: string | null, dueDate: string | null = '2026-01-05') => ({ dueDate, resolution });
  expect(isOverdue(due(null), '2026-01-05')).toBe(false);
  expect(isOverdue(due(null), '2026-01-06')).toBe(true);
  expect(isOverdue(due('DONE'), '2026-01-06')).toBe(false);
  expect(isOverdue(due('CANCELLED'), '2026-01-06')).toBe(false);
  expect(isOverdue(due(null, null), '2026-01-06')).toBe(false);
});
