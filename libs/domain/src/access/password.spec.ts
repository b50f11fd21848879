import { checkPassword } from './password.ts';

const li = { email: 'li.wei@example.org', name: 'Li Weiming Zhang' };

describe('checkPassword', () => {
  it.each([
    ['correct horse', null],
    ['短短短', 'SHORT'],
    ['123456789', 'SHORT'],
    ['x'.repeat(201), 'LONG'],
    ['aaaaaaaaaaaa', 'REPEATED'],
    ['Li Weiming Zhang', 'OWN_NAME'],
    ['LI.WEI@example.org', 'OWN_NAME'],
  ])('%s', (password, reason) => {
    const result = checkPassword(password, li);
    expect(result.ok ? null : result.params?.reason).toBe(reason);
  });
});
