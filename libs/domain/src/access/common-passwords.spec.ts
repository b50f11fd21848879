import { isCommonPassword } from './common-passwords.ts';

it('knows the list from its first word to its last', () => {
  const known = ['1,00001e+14', 'zxcvbnm,./', '000webhost', 'password123', 'zxcvbnmmnbvcxz'];
  expect(known.filter((word) => !isCommonPassword(word))).toEqual([]);
});

it('knows each word by itself, and nothing else', () => {
  const unknown = ['', ' ', 'correct horse', 'password123x', 'assword123', '000777fffa 000webhost'];
  expect(unknown.filter(isCommonPassword)).toEqual([]);
});
