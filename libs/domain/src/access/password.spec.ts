import { isCommonPassword } from './common-passwords.ts';
import { checkPassword } from './password.ts';

const li = { email: 'li.wei@example.org', name: 'Li Weiming Zhang' };

describe('checkPassword', () => {
  it.each([
    ['correct horse', null],
    ['短短短', 'SHORT'],
    ['123456789', 'SHORT'],
    ['x'.repeat(201), 'LONG'],
    ['aaaaaaaaaaaa', 'REPEATED'],
    ['1234567890', 'COMMON'],
    ['password123', 'COMMON'],
    ['PassWord123', 'COMMON'],
    ['ｐａｓｓｗｏｒｄ１２３', 'COMMON'],
    ['qwerty12345', 'COMMON'],
    ['Li Weiming Zhang', 'OWN_NAME'],
    ['LiWeimingZhang', 'OWN_NAME'],
    ['LI.WEI@example.org', 'OWN_NAME'],
    ['weiming-2026!', 'OWN_NAME'],
    ['Zhang1234567890', 'OWN_NAME'],
    ['example.org 26', 'OWN_NAME'],
    ['a long password of Li Weiming Zhang', null],
    ['Trainyard2026!', 'PLACE_NAME'],
    ['trainyard-demo', 'PLACE_NAME'],
    ['trains leave the yard at nine', null],
  ])('%s', (password, reason) => {
    const result = checkPassword(password, li);
    expect(result.ok ? null : result.params?.reason).toBe(reason);
  });

  it('knows a Chinese name, which is short', () => {
    const wang = { email: 'w@example.org', name: '王伟' };
    expect([checkPassword('王伟王伟2026年', wang), checkPassword('王伟喜欢在周末去公园散步看书', wang)].map(({ ok }) => ok)).toEqual([false, true]);
  });
});

describe('isCommonPassword', () => {
  it('knows the list from its first line to its last', () => {
    expect(['000webhost', 'password123', 'zxcvbnmmnbvcxz', '', 'correct horse'].map(isCommonPassword)).toEqual([true, true, true, false, false]);
  });
});
