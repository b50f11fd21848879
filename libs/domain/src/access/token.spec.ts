import { tokenDemands } from './token.ts';

it.each([
  [['READ'], '2027-01-01', false],
  [['READ', 'WRITE'], '2027-02-01', false],
  [['READ'], '2027-02-01T00:00:01Z', true],
  [['READ'], '9999-12-31', true],
  [['READ'], null, true],
  [['ADMIN'], '2027-01-01', true],
  [['READ', 'ADMIN'], null, true],
] as const)('a token of %j until %s, made on 1 January 2027, empowers: %s', (scopes, until, empowers) =>
  expect(tokenDemands(scopes, until && new Date(until), new Date('2027-01-01'))).toEqual(
    empowers ? ['credential.manage', 'token.empower'] : ['credential.manage'],
  ),
);
