import { tokenNeedsProof } from './token.ts';

it.each([
  [['READ'], '2027-01-01', false],
  [['READ', 'WRITE'], '2027-01-01', false],
  [['READ'], null, true],
  [['ADMIN'], '2027-01-01', true],
  [['READ', 'ADMIN'], null, true],
] as const)('a token of %j until %s needs the password: %s', (scopes, until, needed) => expect(tokenNeedsProof(scopes, until && new Date(until))).toBe(needed));
