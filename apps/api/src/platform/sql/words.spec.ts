import { GOING_STATES } from '@trainyard/domain';
import { sqlWords } from './words.ts';

it('renders constants of the domain, and nothing that a person could have typed', () => {
  expect(sqlWords(GOING_STATES)).toBe(`('QUEUED', 'STARTING', 'RUNNING')`);
  for (const odd of [[], [''], ["O'"], ['2nd'], ['a-b'], ['A', 'B) OR (1=1'], ['A B']]) expect(() => sqlWords(odd)).toThrow('no list of constants');
});
