import { DomainError } from './domain-error.ts';
import { day, email, line, text } from './input.ts';

/** What comes of the input, or why it is refused. */
function outcome(work: () => string): unknown {
  try {
    return work();
  } catch (error) {
    return (error as DomainError).params;
  }
}
const refused = (character: string) => ({ field: 'f', reason: 'CONTROL_CHARACTER', character });
const EMPTY = { field: 'f', reason: 'EMPTY' };

describe('a line from outside', () => {
  it.each([
    ['  Train it\tnow\n', 'Train it now'],
    ['one\r\ntwo\u2028three', 'one two three'],
    ['gp\u200Bu\uFEFF', 'gpu'],
    ['日本語 العربية עברית', '日本語 العربية עברית'],
    ['مرحبا\u200F!', 'مرحبا\u200F!'],
    ['می\u200Cخواهم 👩\u200D💻 ❤\uFE0F', 'می\u200Cخواهم 👩\u200D💻 ❤\uFE0F'],
    ['', EMPTY],
    [' \u3000 ', EMPTY],
    ['\u200D\u200E\u2060\u3164', EMPTY],
    ['x'.repeat(20), 'x'.repeat(20)],
    ['x'.repeat(21), { field: 'f', reason: 'TOO_LONG', max: 20 }],
    ['a\0b', refused('U+0000')],
    ['a\u001B[31mb', refused('U+001B')],
    ['a\u0085b', refused('U+0085')],
    ['invoice\u202Egpj.exe', refused('U+202E')],
    ['a\u202Ab', refused('U+202A')],
    ['a\u2066b', refused('U+2066')],
    ['a\uD800b', refused('U+D800')],
  ])('%j becomes %j', (input, expected) => {
    expect(outcome(() => line('f', input, 20))).toEqual(expected);
  });
});

describe('a text from outside', () => {
  it.each([
    ['  # Why\r\n\n\tbecause\n', '# Why\r\n\n\tbecause'],
    ['a \u2067עברית\u2069 b \u202Bעברית\u202C \u200B', 'a \u2067עברית\u2069 b \u202Bעברית\u202C \u200B'],
    ['', EMPTY],
    ['a\0b', refused('U+0000')],
    ['a\u009Bb', refused('U+009B')],
    ['a\u202Eb', refused('U+202E')],
    ['a\u202Db', refused('U+202D')],
    ['a\uDC00b', refused('U+DC00')],
  ])('%j becomes %j', (input, expected) => {
    expect(outcome(() => text('f', input, 50))).toEqual(expected);
  });

  it('may be empty and untrimmed where that is asked for', () => {
    expect(['', ' x '].map((input) => text('f', input, 50, { empty: true, trim: false }))).toEqual(['', ' x ']);
  });
});

describe('a day from outside', () => {
  const NOT_A_DAY = { field: 'f', reason: 'NOT_A_DAY' };
  it.each([
    ['2028-02-29', '2028-02-29'],
    ['2026-02-30', NOT_A_DAY],
    ['2026-13-01', NOT_A_DAY],
    ['2026-2-1', NOT_A_DAY],
    ['2026-02-01T00:00:00Z', NOT_A_DAY],
    // the day before and the day after are asked for, too
    ['0001-01-01', NOT_A_DAY],
    ['9999-12-31', NOT_A_DAY],
  ])('%j becomes %j', (input, expected) => {
    expect(outcome(() => day('f', input))).toEqual(expected);
  });
});

describe('an address from outside', () => {
  const NOT_AN_EMAIL = { field: 'f', reason: 'NOT_AN_EMAIL' };
  it.each([
    [' Wang.Fang@Example.org ', 'wang.fang@example.org'],
    ['wang.fang', NOT_AN_EMAIL],
    ['wang@fang', NOT_AN_EMAIL],
    ['Wang Fang <wang@example.org>', NOT_AN_EMAIL],
    ['a@example.org, b@example.org', NOT_AN_EMAIL],
  ])('%j becomes %j', (input, expected) => {
    expect(outcome(() => email('f', input))).toEqual(expected);
  });
});
