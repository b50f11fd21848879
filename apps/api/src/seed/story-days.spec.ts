import { dayAt } from '@trainyard/domain';
import { workedAt } from './story-days.ts';

it.each([...Array.from({ length: 7 }, (_, day) => new Date(Date.UTC(2026, 10, 23 + day, 3, 10)))])('tells of working days, in order, as seen on %s', (now) => {
  const told = Array.from({ length: 901 }, (_, i) => workedAt(now, 90 - i / 10));
  expect(told.every((at, i) => i === 0 || at >= told[i - 1]!)).toBe(true);
  expect(told.filter((at) => at < now && [0, 6].includes(at.getUTCDay()))).toEqual([]);
  expect(told.every((at) => at <= now)).toBe(true);
  const start = workedAt(now, 6.9);
  expect(start.getUTCDay()).toBe(1);
  const days = (now.getTime() - start.getTime()) / 86_400_000;
  expect([days > 3, days < 11]).toEqual([true, true]);
  expect(dayAt(workedAt(now, 20.9), 'UTC')).toBe(dayAt(new Date(start.getTime() - 14 * 86_400_000), 'UTC'));
});
