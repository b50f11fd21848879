import { jest } from '@jest/globals';
import { workingCalendar } from '@trainyard/domain';
import type { TFunction } from 'i18next';
import { isOverdue, leftText, nextSprintNumber, oddDay, offeredDays, projectDay } from './sprint-days.ts';

const t = ((key: string, { count }: { count: number }) => `${key} ${count}`) as unknown as TFunction<'sprint'>;

describe('the days of a sprint', () => {
  afterEach(() => jest.useRealTimers());

  it('are those of the project, wherever its reader is', () => {
    jest.useFakeTimers({ now: Date.parse('2026-12-13T23:30:00Z') });
    expect([projectDay('UTC'), projectDay('Asia/Shanghai'), projectDay('America/Lima'), projectDay('No/Zone')]).toEqual([
      '2026-12-13',
      '2026-12-14',
      '2026-12-13',
      '2026-12-13',
    ]);
  });

  it('are left until the last has passed', () => {
    const sprint = { state: 'RUNNING', endsOn: '2026-12-13' } as const;
    expect([leftText(t, sprint, '2026-12-13'), isOverdue(sprint, '2026-12-13')]).toEqual(['left 1', false]);
    expect([leftText(t, sprint, '2026-12-14'), isOverdue(sprint, '2026-12-14')]).toEqual(['overdue 1', true]);
    expect(isOverdue({ ...sprint, state: 'CLOSED' }, '2026-12-20')).toBe(false);
  });

  const calendar = workingCalendar({
    weekdays: [1, 2, 3, 4, 5],
    knownUntil: null,
    days: [
      { day: '2026-12-14', works: false, name: 'Founding day' },
      { day: '2026-12-27', works: true, name: 'Made up' },
    ],
  });

  it('that are offered are worked, the first and the last', () => {
    expect(offeredDays(calendar, '2026-12-01')).toEqual({ startsOn: '2026-12-01', endsOn: '2026-12-11' });
    // a Saturday, with a holiday behind its Sunday; two weeks on it is a day that is worked to make up for one
    expect(offeredDays(calendar, '2026-12-12')).toEqual({ startsOn: '2026-12-15', endsOn: '2026-12-28' });
    expect(offeredDays(calendar, '2026-12-15').endsOn).toBe('2026-12-28');
    expect(offeredDays(workingCalendar({ weekdays: [], knownUntil: null, days: [] }), '2026-12-12')).toEqual({ startsOn: '2026-12-12', endsOn: '2026-12-12' });
  });

  it('are odd where they have passed, or nobody works', () => {
    const odd = (day: string) => oddDay(calendar, day, '2026-12-10');
    expect(['2026-12-09', '2026-12-10', '2026-12-12', '2026-12-14', '2026-12-27', '', '2026-02-30'].map(odd)).toEqual([
      ...['PAST', null, 'FREE', 'FREE'],
      ...[null, null, null],
    ]);
  });

  it('have a number behind the largest that a name tells', () => {
    expect(nextSprintNumber([])).toBe(1);
    expect(nextSprintNumber(['Sprint 4: incidents', 'Sprint 3'])).toBe(5);
    expect(nextSprintNumber(['冲刺 9：队列', 'Sprint 10 '])).toBe(11);
    // a date or an amount in the middle of a name numbers nothing
    expect(nextSprintNumber(['Move 300 images', 'Hardening', 'Order 1234567'])).toBe(1);
  });
});
