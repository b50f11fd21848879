import fc from 'fast-check';
import { readIcs } from './ics.ts';

const file = (...lines: readonly string[]): string => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: readonly string[]): string[] => ['BEGIN:VEVENT', 'UID:1', ...lines, 'END:VEVENT'];
const read = (text: string) => {
  const found = readIcs(text);
  if (!found.ok) throw new Error(JSON.stringify(found));
  return found;
};

describe('a file of holidays', () => {
  it('gives the days of its events: the end is the first day that is none', () => {
    const { days, leftOut } = read(
      file(
        ...event('DTSTART;VALUE=DATE:20261001', 'DTEND;VALUE=DATE:20261004', 'SUMMARY:国庆节'),
        ...event('SUMMARY:Labour\\, May\\nDay', 'DTSTART:20260501'),
        ...event('DTSTART;VALUE=DATE:20260101', 'DTEND;VALUE=DATE:20260101', 'SUMMARY:New year'),
        ...event('DTSTART;VALUE=DATE:20261224', 'DURATION:P2D', 'SUMMARY:Christmas'),
      ),
    );
    expect(leftOut).toEqual([]);
    expect(days.map(({ day, works, name }) => `${day} ${works} ${name}`)).toEqual([
      '2026-01-01 false New year',
      '2026-05-01 false Labour, May Day',
      '2026-10-01 false 国庆节',
      '2026-10-02 false 国庆节',
      '2026-10-03 false 国庆节',
      '2026-12-24 false Christmas',
      '2026-12-25 false Christmas',
    ]);
  });

  it('tells days that are worked to make up for one', () => {
    const { days } = read(file(...event('DTSTART;VALUE=DATE:20261010', 'SUMMARY:国庆节（补班）'), ...event('DTSTART;VALUE=DATE:20261001', 'SUMMARY:国庆节')));
    expect(days.map(({ works }) => works)).toEqual([false, true]);
  });

  it('is read as it was before it was folded, with any line ends, a mark of bytes, and colons in parameters', () => {
    const text = `\uFEFF${file(...event('DTSTART;VALUE=DATE;X-A="a:b;c":2026', ' 0101', 'SUMMARY;LANGUAGE=de:Neu', '\tjahr'))}`;
    const expected = [{ day: '2026-01-01', works: false, name: 'Neujahr' }];
    for (const end of ['\r\n', '\n', '\r']) expect(read(text.replaceAll('\r\n', end)).days).toEqual(expected);
  });

  it('leaves out and names what is no day, and nothing of what lies within an event', () => {
    const fine = event('DTSTART;VALUE=DATE:20260101', 'SUMMARY:Fine', 'BEGIN:VALARM', 'SUMMARY:Alarm', 'END:VALARM');
    const { days, leftOut, leftOutCount } = read(
      file(
        ...['BEGIN:VTIMEZONE', 'BEGIN:STANDARD', 'DTSTART:19701025T030000', 'END:STANDARD', 'END:VTIMEZONE'],
        ...fine,
        ...event('DTSTART:20260102T090000Z', 'SUMMARY:Hours'),
        ...event('DTSTART;VALUE=DATE:20260103', 'RRULE:FREQ=YEARLY', 'SUMMARY:Each year'),
        ...event('DTSTART;VALUE=DATE:20260104', 'STATUS:CANCELLED', 'SUMMARY:Not'),
        ...event('DTSTART;VALUE=DATE:20260105', 'DTEND;VALUE=DATE:20260301', 'SUMMARY:Long'),
        ...event('DTSTART;VALUE=DATE:20260230', 'SUMMARY:No such day'),
        ...event('SUMMARY:Without'),
        ...event('DTSTART;VALUE=DATE:20260101', 'SUMMARY:Working day'),
      ),
    );
    expect(days).toEqual([{ day: '2026-01-01', works: false, name: 'Fine' }]);
    expect(leftOut.map(({ name, reason }) => `${name}: ${reason}`)).toEqual([
      'Hours: NOT_ALL_DAY',
      'Each year: REPEATS',
      'Not: CANCELLED',
      'Long: TOO_LONG',
      'No such day: NO_DAY',
      'Without: NO_DAY',
      'Working day: CONTRADICTS',
    ]);
    expect([leftOut[0]?.line, leftOutCount]).toEqual([16, 7]);
  });

  it.each([
    ['', 'ICS_NOT_A_CALENDAR', 1],
    ['<html></html>', 'ICS_NOT_A_CALENDAR', 1],
    ['BEGIN:VCALENDAR\nEND:VCALENDAR', 'ICS_NOT_A_CALENDAR', 2],
    [file(...event('DTSTART:20260102T090000Z')), 'ICS_NO_DAYS', 7],
    ['BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101', 'ICS_BROKEN', 3],
    ['BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR', 'ICS_BROKEN', 3],
  ])('%j is refused: %s', (text, reason, line) => expect(readIcs(text)).toEqual({ ok: false, code: 'BAD_INPUT', params: { field: 'ics', reason, line } }));

  it('of whatever text is read or refused, quickly', () => {
    const pieces = fc.constantFrom(
      'BEGIN:VCALENDAR',
      'BEGIN:VEVENT',
      'END:VEVENT',
      'END:VCALENDAR',
      'DTSTART:20260101',
      'DTEND:99999999',
      ':',
      ';"',
      '"',
      ' x',
    );
    fc.assert(fc.property(fc.array(fc.oneof(pieces, fc.string())), (lines) => expect(typeof readIcs(lines.join('\n')).ok).toBe('boolean')));
    const started = performance.now();
    readIcs(`BEGIN:VCALENDAR\n${`X;${'"a'.repeat(50_000)}`}\nEND:VCALENDAR`);
    expect(performance.now() - started).toBeLessThan(1_000);
  });
});
