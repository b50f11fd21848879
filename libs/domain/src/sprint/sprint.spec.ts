import { daysLeft, outcomeOf, sprintDays } from './sprint.ts';
import { sprintOffBoard, sprintOnBoard } from '../board/placed-sprint.ts';

describe('the days of a sprint', () => {
  it.each<[string, string, number]>([
    ['2026-11-30', '2026-12-11', 12],
    ['2026-11-30', '2026-11-30', 1],
    ['2028-02-28', '2028-03-01', 3],
  ])('%s to %s are %i', (from, to, days) => {
    expect(sprintDays(from, to)).toEqual({ ok: true, days });
  });
  it.each<[string, string, object]>([
    ['2026-12-01', '2026-11-30', { field: 'endsOn', reason: 'BEFORE_START' }],
    ['2026-02-30', '2026-03-30', { field: 'startsOn', reason: 'NOT_A_DAY' }],
    ['2026-1-1', '2026-03-30', { field: 'startsOn', reason: 'NOT_A_DAY' }],
    ['2026-01-01', 'soon', { field: 'endsOn', reason: 'NOT_A_DAY' }],
    ['2026-01-01', '2027-01-02', { field: 'endsOn', reason: 'TOO_LONG', max: 366 }],
  ])('%s to %s are refused', (from, to, params) => {
    expect(sprintDays(from, to)).toEqual({ ok: false, code: 'BAD_INPUT', params });
  });
  it('are all left on the first of them, one on the last, none behind it', () => {
    expect(['2026-11-30', '2026-12-11', '2026-12-12', '2026-12-14'].map((today) => daysLeft('2026-12-11', today))).toEqual([12, 1, 0, -2]);
  });
});

it('tells what was done from what was given up and what goes on', () => {
  expect(outcomeOf({ state: 'DONE', resolution: 'DONE' })).toBe('COMPLETED');
  expect(outcomeOf({ state: 'DONE', resolution: 'CANCELLED' })).toBe('CANCELLED');
  expect(outcomeOf({ state: 'DONE', resolution: 'DUPLICATE' })).toBe('CANCELLED');
  expect(outcomeOf({ state: 'IN_PROGRESS', resolution: null })).toBe('CARRIED');
});

describe('the sprint of a card', () => {
  it.each<[string, string | null, string[], string[], string | null]>([
    ['joins the newest that runs where it is put', null, ['b', 'a'], [], 'b'],
    ['stays where that runs, too', 'a', ['b', 'a'], [], 'a'],
    ['changes from a plan to what runs', 'plan', ['a'], [], 'a'],
    ['stays a plan on a board where none runs', 'plan', [], [], 'plan'],
    ['is left with the board it ran on', 'a', [], ['a'], null],
    ['changes with the board', 'a', ['c'], ['a'], 'c'],
  ])('%s', (_, sprintId, running, left, expected) => {
    expect(sprintOnBoard(sprintId, running, left)).toBe(expected);
  });
  it('is none once it leaves the board where that runs, and the same plan else', () => {
    expect([sprintOffBoard('a', ['a']), sprintOffBoard('plan', ['a']), sprintOffBoard(null, ['a'])]).toEqual([null, 'plan', null]);
  });
});
