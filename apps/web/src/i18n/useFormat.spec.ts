import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { formatOf } from './useFormat.ts';

const en = formatOf('en');
const zh = formatOf('zh');

describe('format', () => {
  it.each<[number, string, string]>([
    [0, '0ms', '0ms'],
    [450, '450ms', '450ms'],
    [3_240, '3.2s', '3.2秒'],
    [59_600, '1m', '1分钟'],
    [125_000, '2m 5s', '2分钟 5秒'],
    [3_600_000, '1h', '1小时'],
    [3_725_000, '1h 2m', '1小时 2分钟'],
    [90_000_000, '1d 1h', '1天 1小时'],
  ])('writes %d milliseconds by its two largest units', (ms, english, chinese) => {
    expect(en.duration(ms)).toBe(english);
    expect(zh.duration(ms)).toBe(chinese);
  });

  it.each<[number, string]>([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1_500, '1.5 kB'],
    [7_840_016, '7.8 MB'],
    [2e9, '2 GB'],
  ])('writes %d bytes', (count, text) => {
    expect(en.bytes(count)).toBe(text);
  });

  it.each<[number, string]>([
    [0, '0'],
    [0.043214, '0.04321'],
    [2.30259, '2.303'],
    [1.2345e-7, '1.235E-7'],
    [12_345_678, '1.235E7'],
  ])('writes the figure %d', (value, text) => {
    expect(en.figure(value)).toBe(text);
  });

  it('writes shares and distances in time', () => {
    expect(en.percent(0.98462)).toBe('98.46%');
    const now = Date.parse('2026-11-22T10:00:00Z');
    expect(en.relative('2026-11-22T09:55:00Z', now)).toBe('5 minutes ago');
    expect(zh.relative('2026-11-21T10:00:00Z', now)).toBe('昨天');
    expect(en.relative('2026-11-22T10:00:00Z', now)).toBe('now');
    // Since the screen read its clock last.
    expect(en.relative('2026-11-22T10:00:20Z', now)).toBe('now');
  });
});

describe('a day of the calendar', () => {
  /** What a program in that zone says: the zone of this one stands. */
  const saidIn = (zone: string): unknown => {
    const code = `import { formatOf } from ${JSON.stringify(join(import.meta.dirname, 'useFormat.ts'))};
      const said = ['en', 'zh'].flatMap((language) => [formatOf(language).date('2026-01-05'), formatOf(language).shortDate('2026-01-05', '2026-12-31'), formatOf(language).shortDate('2026-01-05', '2025-12-31')]);
      console.log(JSON.stringify([new Date('2026-01-05').getDate(), ...said]));`;
    return JSON.parse(
      execFileSync(process.execPath, ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', code], { env: { TZ: zone }, encoding: 'utf8' }),
    );
  };

  // Where a Date of that text shows another day than the text says, too.
  it.each([
    ['America/Los_Angeles', 4],
    ['Asia/Shanghai', 5],
    ['Pacific/Kiritimati', 5],
  ])('is the same in %s', (zone, ofDate) => {
    expect(saidIn(zone)).toEqual([ofDate, 'Jan 5, 2026', 'Jan 5', 'Jan 5, 2026', '2026年1月5日', '1月5日', '2026年1月5日']);
  });
});
