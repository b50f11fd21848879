import { PROJECT_KEY_PATTERN } from './project.ts';

it.each<[string, boolean, string[]]>([
  ['is two to ten capitals or digits', true, ['AB', 'DC2', 'A1', 'ABCDEFGHIJ']],
  ['is neither shorter nor longer', false, ['', 'A', 'ABCDEFGHIJK']],
  ['begins with a letter', false, ['1AB', '-AB']],
  ['has no other characters, at its ends or within', false, ['aB', 'Ab', 'A-B', 'AB-1', ' AB', 'AB ', 'AB\n', 'ÄB', 'AB\nCD', 'x\nAB']],
])('the key of a project %s', (_, isKey, keys) => {
  expect(keys.filter((key) => PROJECT_KEY_PATTERN.test(key) !== isKey)).toEqual([]);
});
