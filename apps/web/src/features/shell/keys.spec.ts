import { keyOf } from './keys.ts';

describe('keyOf', () => {
  it.each([
    ['en', 'k', 'KeyK', 'k'],
    ['en, with Shift', 'K', 'KeyK', 'k'],
    ['ru', 'л', 'KeyK', 'k'],
    ['ru, with Shift', 'П', 'KeyG', 'g'],
    ['ru, a letter where QWERTY has a sign', 'ж', 'Semicolon', 'ж'],
    ['el', 'ξ', 'KeyJ', 'j'],
    ['ar, one key that writes two letters', 'لا', 'KeyB', 'b'],
    ['th, a mark', 'ิ', 'KeyB', 'b'],
    ['zh, full width', 'ｋ', 'KeyK', 'k'],
    ['zh, full width question mark', '？', 'Slash', '?'],
    ['zh, with Bopomofo', 'ㄎ', 'KeyK', 'k'],
    // on Dvorak the key in the place of G writes I, and the letter G is written in the place of U
    ['Dvorak, in the place of G', 'i', 'KeyG', 'i'],
    ['Dvorak, the letter G', 'g', 'KeyU', 'g'],
    ['Dvorak, a sign in the place of Z', ';', 'KeyZ', ';'],
    ['de, in the place of Y', 'z', 'KeyY', 'z'],
    ['de', 'ö', 'Semicolon', 'ö'],
    ['fr, in the place of Q', 'a', 'KeyQ', 'a'],
    ['Space', ' ', 'Space', ' '],
    ['a named key', 'Escape', 'Escape', 'Escape'],
    ['a named key with digits', 'F10', 'F10', 'F10'],
    ['an accent that waits for its letter', 'Dead', 'KeyE', 'Dead'],
    ['what an input method has taken', 'Process', 'KeyE', 'Process'],
  ])('%s: %s at %s means %s', (_layout, key, code, expected) => {
    expect(keyOf({ key, code })).toBe(expected);
  });
});
