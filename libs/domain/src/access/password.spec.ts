import { checkPassword } from './password.ts';

const li = { email: 'li.wei@example.org', name: 'Li Weiming Zhang' };

describe('checkPassword', () => {
  it.each([
    ['correct horse', null],
    ['短短短', 'SHORT'],
    ['123456789', 'SHORT'],
    ['four words are', null],
    ['abcd'.repeat(50), null],
    [`${'abcd'.repeat(50)}e`, 'LONG'],
    ['aaaaaaaaaaaa', 'REPEATED'],
    ['abcabcabcabc', 'REPEATED'],
    ['abcdabcdabcd', null],
    // Blanks at its ends are typed and count, and what no name was taken from is no shorter for it.
    ['  open sea  ', null],
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

  it.each<[string, string, string, string, string | null]>([
    ['a Chinese name, which is short', '王伟', 'w@example.org', '王伟王伟2026年底', 'OWN_NAME'],
    ['a long sentence with that name', '王伟', 'w@example.org', '王伟喜欢在周末去公园散步看书', null],
    ['one ideograph of a spaced name, which is no name yet', '王 伟', 'w@example.org', '伟大的山河与国王的伟业', null],
    ['a name with an ideograph outside the first plane', '𠮷 野', 'w@example.org', '𠮷祥如意𠮷日良辰大𠮷', null],
    ['a name of such short parts that only together they say anything', 'Bo Li Xu', 'b@example.org', 'BoLiXu-2026', 'OWN_NAME'],
    ['the same name with its spaces', 'Bo Li Xu', 'b@example.org', 'Bo Li Xu-2026', 'OWN_NAME'],
    ['the part of the address before the @, short as its parts are', 'Somebody Else', 'li.wei@example.org', 'li.wei-2026', 'OWN_NAME'],
    ['a name of two letters, which stands in many words', 'Li', 'l@example.org', 'reliability', null],
    ['a name of three letters, which does too', 'Ana', 'a@example.org', 'banana tree', null],
    ['a name of four letters', 'Anna', 'a@example.org', 'anna-2026!', 'OWN_NAME'],
    ['the end of an address, which millions share', 'Bo', 'b@example.info', 'information2', null],
    ['a whole name, though the address is its beginning', 'Annabel Lee', 'anna@example.org', 'Annabel Lee 26', 'OWN_NAME'],
    ['a name and just enough besides', 'Li Weiming', 'l@example.org', 'weimingtea-garden', null],
    ['a name and one character too few besides', 'Li Weiming', 'l@example.org', 'weimingtea-gardn', 'OWN_NAME'],
    ['a name and a common password', 'Li Weiming', 'l@example.org', 'weimingpassword123', 'OWN_NAME'],
  ])('%s', (_, name, email, password, reason) => {
    const result = checkPassword(password, { email, name });
    expect(result.ok ? null : result.params?.reason).toBe(reason);
  });

  it('says what is wrong with a password, and between which lengths one must be', () => {
    expect(checkPassword('short', li)).toEqual({ ok: false, code: 'PASSWORD_TOO_WEAK', params: { reason: 'SHORT', min: 10, max: 200 } });
  });
});
