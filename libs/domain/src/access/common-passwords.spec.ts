import { isCommonPassword } from './common-passwords.ts';

/** One test, for the list is made at the first question: a second test would find it made. */
it('knows the list from its first word to its last, each by itself', () => {
  const known = ['1,00001e+14', 'zxcvbnm,./', '000webhost', 'password123', 'zxcvbnmmnbvcxz'];
  const unknown = ['', ' ', 'correct horse', 'password123x', 'assword123', '000777fffa 000webhost'];
  expect(known.filter((word) => !isCommonPassword(word))).toEqual([]);
  expect(unknown.filter(isCommonPassword)).toEqual([]);
});
