import { accountChangeDemands, membershipChangeDemands } from './change-demands.ts';

describe('accountChangeDemands', () => {
  const member = { orgRole: 'MEMBER', disabled: false } as const;
  it.each([
    ['a name', member, {}, ['user.manage']],
    ['a lesser role', member, { orgRole: 'VIEWER' }, ['user.manage']],
    ['the same role', member, { orgRole: 'MEMBER' }, ['user.manage']],
    ['a stronger role', member, { orgRole: 'ADMIN' }, ['user.manage', 'user.empower']],
    ['the strongest role', member, { orgRole: 'OWNER' }, ['user.manage', 'owner.manage', 'user.empower']],
    ['disabling', member, { disabled: true }, ['user.manage']],
    ['enabling again', { ...member, disabled: true }, { disabled: false }, ['user.manage', 'user.empower']],
    ['one that is enabled already', member, { disabled: false }, ['user.manage']],
    ['another role of one that stays disabled', { ...member, disabled: true }, { orgRole: 'VIEWER', disabled: null }, ['user.manage']],
    ['a password', member, { password: 'x' }, ['user.manage', 'user.empower']],
    ['an owner who is to be less', { orgRole: 'OWNER', disabled: false }, { orgRole: 'MEMBER' }, ['user.manage', 'owner.manage']],
    ['an owner who is disabled', { orgRole: 'OWNER', disabled: false }, { disabled: true }, ['user.manage', 'owner.manage']],
    ['a new account', null, { orgRole: 'VIEWER', password: 'x' }, ['user.manage', 'user.empower']],
    ['a new account that has no password yet', null, { orgRole: 'MEMBER' }, ['user.manage', 'user.empower']],
    ['a new owner', null, { orgRole: 'OWNER', password: 'x' }, ['user.manage', 'owner.manage', 'user.empower']],
  ] as const)('%s', (_, before, change, demands) => expect(accountChangeDemands(before, change)).toEqual(demands));
});

describe('membershipChangeDemands', () => {
  const always = { fromDate: null, toDate: null };
  const lead = { teamRole: 'LEAD', ...always } as const;
  const member = { teamRole: 'MEMBER', ...always } as const;
  it.each([
    ['a new member', null, member, false],
    ['a new lead', null, lead, true],
    ['a member who becomes lead', member, lead, true],
    ['a lead who becomes member', lead, member, false],
    ['a lead of whom something else changes', lead, lead, false],
    ['a lead for longer', { ...lead, toDate: '2026-01-01' }, lead, true],
    ['a lead from earlier', { ...lead, fromDate: '2026-01-01' }, lead, true],
  ] as const)('%s', (_, before, after, empowers) =>
    expect(membershipChangeDemands(before, after)).toEqual(empowers ? ['team.manage', 'team.empower'] : ['team.manage']),
  );
});
