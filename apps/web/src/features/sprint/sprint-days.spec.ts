import { jest } from '@jest/globals';
import type { TFunction } from 'i18next';
import { isOverdue, leftText, projectDay } from './sprint-days.ts';

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
});
