import { afterKnownFailure, KNOWN_BROWSER_TRIES, PEOPLE_EACH_BROWSER, secretsIn, withSecret } from './known-browser.ts';

const secret = (i: number): string => String.fromCharCode(97 + i).repeat(43);
const people = (count: number): string[] => Array.from({ length: count }, (_, i) => secret(i));

describe('a known browser', () => {
  it('may send ten wrong passwords in a row, and is forgotten by the tenth', () => {
    let failures: number | null = 0;
    const counted: (number | null)[] = [];
    while (failures !== null) counted.push((failures = afterKnownFailure(failures)));
    expect(counted).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, null]);
    expect(counted).toHaveLength(KNOWN_BROWSER_TRIES);
  });

  it.each([
    ['no cookie', undefined, []],
    ['an empty one', '', []],
    ['one secret', secret(0), [secret(0)]],
    ['two', `${secret(0)}.${secret(1)}`, [secret(0), secret(1)]],
    ['the same twice', `${secret(0)}.${secret(0)}`, [secret(0)]],
    ['what is too short, too long or of other letters', `${'a'.repeat(42)}.${'b'.repeat(44)}.${'ä'.repeat(43)}.${secret(3)}`, [secret(3)]],
    ['as many as are kept', people(PEOPLE_EACH_BROWSER).join('.'), people(PEOPLE_EACH_BROWSER)],
    ['one more', people(PEOPLE_EACH_BROWSER + 1).join('.'), people(PEOPLE_EACH_BROWSER)],
    ['a million letters', '.'.repeat(1_000_000), []],
  ])('is told by %s', (_, cookie, secrets) => {
    expect(secretsIn(cookie)).toEqual(secrets);
  });

  it('has a secret for each of its people, the last one who signed in first', () => {
    expect(withSecret([], secret(0))).toBe(secret(0));
    expect(withSecret([secret(0), secret(1)], secret(2))).toBe([secret(2), secret(0), secret(1)].join('.'));
    expect(withSecret([secret(0), secret(1)], secret(1))).toBe([secret(1), secret(0)].join('.'));
    expect(withSecret(people(PEOPLE_EACH_BROWSER), secret(9)).split('.')).toEqual([secret(9), ...people(PEOPLE_EACH_BROWSER - 1)]);
  });
});
