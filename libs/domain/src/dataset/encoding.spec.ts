import { decodeStart, guessEncoding, isWorkbook } from './encoding.ts';

/** Bytes as other programs write them: the runtime only decodes. Texts are of ASCII. */
const raw = (...parts: (string | number[])[]) =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...part].map((char) => char.charCodeAt(0)) : part)));
const utf16 = (text: string, end: 'LITTLE' | 'BIG') =>
  raw(
    text
      .split('')
      .flatMap((char) => (end === 'LITTLE' ? [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8] : [char.charCodeAt(0) >> 8, char.charCodeAt(0) & 255])),
  );
const guess = (bytes: Uint8Array) => guessEncoding(bytes, true);

it.each<[string, Uint8Array, object]>([
  ['of UTF-8', raw([0xef, 0xbb, 0xbf], 'a'), { encoding: 'UTF_8', reason: 'BYTE_ORDER_MARK', params: {} }],
  ['of UTF-16', raw([0xff, 0xfe], [0x61, 0]), { encoding: 'UTF_16LE', reason: 'BYTE_ORDER_MARK', params: {} }],
  ['of UTF-16, large end first', raw([0xfe, 0xff], [0, 0x61]), { encoding: 'UTF_16BE', reason: 'BYTE_ORDER_MARK', params: {} }],
])('believes the mark %s', (_name, bytes, expected) => expect(guess(bytes)).toEqual(expected));

it.each([
  [[0xef, 0xbb]],
  [[0xef, 0xbb, 0x61]],
  [[0xef, 0x61, 0xbf]],
  [[0x61, 0xbb, 0xbf]],
  [[0xff]],
  [[0xff, 0x61]],
  [[0x61, 0xfe]],
  [[0xfe]],
  [[0xfe, 0x61]],
  [[0x61, 0xff]],
])('sees no byte order mark in %j', (start) => {
  expect(guess(raw(start, ',1\n')).reason).not.toBe('BYTE_ORDER_MARK');
});

describe('UTF-16 without a mark', () => {
  it.each<[string, Uint8Array, 'UTF_16LE' | 'UTF_16BE']>([
    ['Latin letters', utf16('a,b\n1,2\n', 'LITTLE'), 'UTF_16LE'],
    ['Latin letters, large end first', utf16('a,b\n1,2\n', 'BIG'), 'UTF_16BE'],
    ['lone carriage returns', utf16('a,b\r1,2\r', 'LITTLE'), 'UTF_16LE'],
    ['lone carriage returns, large end first', utf16('a,b\r1,2\r', 'BIG'), 'UTF_16BE'],
    ['Chinese text, whose only zero is of the line end', utf16(`${'\u4e2d'.repeat(18)}\n`, 'LITTLE'), 'UTF_16LE'],
    ['the same, large end first', utf16(`${'\u4e2d'.repeat(18)}\n`, 'BIG'), 'UTF_16BE'],
    ['letters that have a zero themselves', utf16('一,开\n最,需\n가,\u3000\n', 'LITTLE'), 'UTF_16LE'],
    ['the same, large end first', utf16('一,开\n最,需\n가,\u3000\n', 'BIG'), 'UTF_16BE'],
    ['as many of them as of line ends', utf16('一\n一\n', 'LITTLE'), 'UTF_16LE'],
    ['the same, large end first', utf16('一\n一\n', 'BIG'), 'UTF_16BE'],
    ['a letter of four bytes', utf16('\u{10000},1\n', 'LITTLE'), 'UTF_16LE'],
    ['a text that is longer than what is looked at', utf16('a,b\n'.repeat(2_000), 'LITTLE'), 'UTF_16LE'],
  ])('is known by its zeros: %s', (_name, bytes, encoding) => expect(guess(bytes)).toEqual({ encoding, reason: 'ZERO_BYTES', params: {} }));

  it.each<[string, Uint8Array]>([
    ['one zero in twenty letters', utf16(`${'\u4e2d'.repeat(19)}\n`, 'LITTLE')],
    ['one zero in twenty letters, large end first', utf16(`${'\u4e2d'.repeat(19)}\n`, 'BIG')],
    ['zeros on both sides, as a picture has', raw([0x61, 0, 0x0a, 0, 0, 0x0a, 0x61, 0])],
    ['a letter of zeros alone', raw([0x61, 0, 0, 0, 0x0a, 0])],
    ['zeros beside bytes that no letter has', utf16('a\u3300\n', 'LITTLE')],
    ['the same, below those of letters', utf16('a\u2f00\n', 'LITTLE')],
    ['the same, above them', utf16('a\ue000\n', 'LITTLE')],
    ['no line end among the zeros', utf16('a,b,c', 'LITTLE')],
    ['line ends of one byte', raw('a', [0], 'c\nd\r')],
    ['line ends of one byte, the zero on the other side', raw([0], 'ac\nd\r')],
    ['a zero behind a line end that is the text’s last byte', raw('a', [0], 'b', [0], 'c\n')],
    ['zeros behind what is looked at', raw('a'.repeat(4_096), [...utf16('b\n'.repeat(500), 'LITTLE')])],
    ['nothing', raw()],
  ])('is not believed of %s', (_name, bytes) => expect(guess(bytes).reason).not.toBe('ZERO_BYTES'));
});

it.each<[string, Uint8Array, boolean, object]>([
  ['English', raw('a,b\n', [0x7f]), true, { encoding: 'UTF_8', reason: 'ASCII', params: {} }],
  // é,名 of two bytes and three
  [
    'UTF-8, and how many of its bytes are no ASCII',
    raw([0xc3, 0xa9], ',', [0xe5, 0x90, 0x8d], '\n'),
    true,
    { encoding: 'UTF_8', reason: 'VALID_UTF8', params: { bytes: 5 } },
  ],
  ['UTF-8 that the end of the sample cuts', raw('a,', [0xc3]), false, { encoding: 'UTF_8', reason: 'VALID_UTF8', params: { bytes: 1 } }],
  ['half a letter at the end of a file', raw('a,', [0xc3]), true, { encoding: 'UTF_8', reason: 'NONE_FITS', params: {} }],
  // 名称,价格
  [
    'GBK',
    raw([0xc3, 0xfb, 0xb3, 0xc6], ',', [0xbc, 0xdb, 0xb8, 0xf1], '\n'),
    true,
    { encoding: 'GB18030', reason: 'CHARACTERS', params: { share: 1, characters: 4 } },
  ],
  // りんご,果物
  [
    'Shift JIS',
    raw([0x82, 0xe8, 0x82, 0xf1, 0x82, 0xb2], ',', [0x89, 0xca, 0x95, 0xa8], '\n'),
    true,
    { encoding: 'SHIFT_JIS', reason: 'CHARACTERS', params: { share: 1, characters: 5 } },
  ],
  // 名稱,價格
  [
    'Big5',
    raw([0xa6, 0x57, 0xba, 0xd9], ',', [0xbb, 0xf9, 0xae, 0xe6], '\n'),
    true,
    { encoding: 'BIG5', reason: 'CHARACTERS', params: { share: 1, characters: 4 } },
  ],
  [
    'Latin letters inside words',
    raw('M', [0xfc], 'ller;J', [0xfc], 'rgen\n'),
    true,
    { encoding: 'WINDOWS_1252', reason: 'CHARACTERS', params: { share: 1, characters: 2 } },
  ],
])('recognises %s', (_name, bytes, whole, expected) => expect(guessEncoding(bytes, whole)).toEqual(expected));

describe('of two bytes a character', () => {
  /** Many of one character, each in a cell of its own. */
  const table = (lead: number, trail: number) => raw(...Array.from({ length: 10 }, () => [lead, trail, 0x2c]));
  it.each<[string, number, number, 'GB18030' | 'BIG5' | 'SHIFT_JIS' | null]>([
    ['the first common one of GB 2312', 0xb0, 0xa1, 'GB18030'],
    ['one row before it', 0xaf, 0xa1, 'BIG5'],
    ['one column before it', 0xb0, 0xa0, null],
    ['the last row of common ones', 0xd7, 0xfe, 'GB18030'],
    ['the row behind it', 0xd8, 0xfe, null],
    ['punctuation of GB 2312', 0xa1, 0xa3, 'GB18030'],
    ['its full-width letters', 0xa3, 0xac, 'GB18030'],
    ['its enumeration signs, which are rare', 0xa2, 0xb1, null],
    ['the first common one of Big5', 0xa4, 0x40, 'BIG5'],
    ['two rows before it', 0xa2, 0x40, null],
    ['the last of the lower half', 0xa4, 0x7e, 'BIG5'],
    ['between the halves', 0xa4, 0x7f, null],
    ['before the upper half', 0xa4, 0xa0, null],
    ['the first of the upper half', 0xa4, 0xa1, 'BIG5'],
    ['the last row of common ones', 0xc6, 0x40, 'BIG5'],
    ['the row behind it', 0xc7, 0x40, null],
    ['punctuation of Big5', 0xa1, 0x40, 'BIG5'],
    ['the first common row of Shift JIS', 0x88, 0x40, 'SHIFT_JIS'],
    ['the row before it', 0x87, 0x40, null],
    ['the last one', 0x97, 0xa0, 'SHIFT_JIS'],
    ['the row behind it', 0x98, 0xa0, null],
    ['punctuation of Shift JIS', 0x81, 0x40, 'SHIFT_JIS'],
    ['the first hiragana', 0x82, 0x9f, 'SHIFT_JIS'],
    ['before them, full-width letters', 0x82, 0x9e, null],
    ['the first katakana', 0x83, 0x40, 'SHIFT_JIS'],
    ['the last one', 0x83, 0x96, 'SHIFT_JIS'],
    ['behind them, Greek letters', 0x83, 0x97, null],
    ['a second byte that is a digit', 0x81, 0x30, null],
    ['a second byte that is a sign', 0x88, 0x3f, null],
  ])('knows what ordinary text uses: %s', (_name, lead, trail, encoding) => {
    expect(guess(table(lead, trail))).toMatchObject(
      encoding ? { encoding, reason: 'CHARACTERS', params: { share: 1, characters: 10 } } : { reason: 'NONE_FITS', params: {} },
    );
  });

  // 的 (b5 c4), and a rare one of the same standard (d8 a1).
  it.each<[string, number, boolean]>([
    ['three of four are', 3, true],
    ['fewer are', 2, false],
  ])('is believed where %s of ordinary text', (_name, common, believed) => {
    const bytes = raw(...Array.from({ length: common }, () => [0xb5, 0xc4, 0x2c]), ...Array.from({ length: 4 - common }, () => [0xd8, 0xa1, 0x2c]));
    expect(guess(bytes)).toEqual(
      believed ? { encoding: 'GB18030', reason: 'CHARACTERS', params: { share: 0.75, characters: 4 } } : { encoding: 'UTF_8', reason: 'NONE_FITS', params: {} },
    );
  });
  it('may hold a character of four bytes', () => {
    const bytes = raw(...Array.from({ length: 6 }, () => [0xb5, 0xc4]), [0x81, 0x30, 0x81, 0x30], ',1\n');
    expect(guess(bytes)).toMatchObject({ encoding: 'GB18030', params: { share: 0.75, characters: 8 } });
  });
  // か of two bytes among ｱ of one, whose bytes are a lead of the other standards.
  it.each([
    [0xa1, 0.75],
    [0xdf, 0.75],
  ])('counts half-width kana, which are rare: %i', (kana, share) => {
    const bytes = raw(...Array.from({ length: 3 }, () => [0x82, 0xa9, 0x2c]), [kana, 0x2c]);
    expect(guess(bytes)).toMatchObject({ encoding: 'SHIFT_JIS', params: { share, characters: 4 } });
  });
  it('reads a half-width kana alone, so that the next character is whole', () => {
    const whole = [0x88, 0xc0, 0x2c];
    expect(guess(raw([0xb1, ...whole], whole, whole, whole))).toMatchObject({ encoding: 'SHIFT_JIS', params: { share: 0.8, characters: 5 } });
    expect(guess(raw([0xe0, ...whole], whole, whole, whole))).not.toMatchObject({ params: { share: 0.8, characters: 5 } });
  });
  it('knows one that the end of the sample cuts for no common one', () => {
    expect(guess(raw([0xc4, 0xe3, 0xc4, 0xe3, 0xc4, 0xe3, 0x2c, 0xc4]))).toMatchObject({ encoding: 'GB18030', params: { share: 0.75, characters: 4 } });
  });
});

describe('of one byte a character', () => {
  it.each<[string, Uint8Array]>([
    ['behind a capital', raw('A', [0xe9])],
    ['behind the last capital', raw('Z', [0xe9])],
    ['before a letter', raw([0xe9], 'a')],
    ['before the last letter', raw([0xe9], 'z')],
    ['a sign beside a number', raw('5', [0x80], ';6', [0x80])],
    ['degrees', raw('5', [0xb0])],
  ])('is believed: %s', (_name, bytes) => expect(guess(bytes)).toMatchObject({ encoding: 'WINDOWS_1252', reason: 'CHARACTERS', params: { share: 1 } }));
  it.each<[string, Uint8Array]>([
    ['before the capitals', raw('@', [0xe9], '@')],
    ['behind the capitals', raw('[', [0xe9], '[')],
    ['before the small letters', raw('`', [0xe9], '`')],
    ['behind them', raw('{', [0xe9], '{')],
    ['beside digits', raw('1', [0xe9], '2')],
    ['several together, as no language of Latin letters has them', raw('a', [0xe9, 0xe9, 0x80], 'b')],
  ])('is not believed of a letter %s', (_name, bytes) => expect(guess(bytes)).toEqual({ encoding: 'UTF_8', reason: 'NONE_FITS', params: {} }));

  it('is believed where half of what is no ASCII stands alone', () => {
    const alone = ['a', [0xe9], 'b,'];
    const together = ['a', [0xe9, 0xe8], 'b,'];
    expect(guess(raw(...alone, ...together))).toEqual({ encoding: 'WINDOWS_1252', reason: 'CHARACTERS', params: { share: 0.5, characters: 3 } });
    expect(guess(raw(...alone, ...together, ...together))).toMatchObject({ reason: 'NONE_FITS' });
  });
  it('is believed before two bytes a character: half of the text would be garbled', () => {
    expect(guess(raw('a', [0xb0], 'b', [0xb5, 0xc4]))).toMatchObject({ encoding: 'WINDOWS_1252', params: { share: 0.5 } });
  });
  it('is not believed where letters of UTF-8 stand among more than one in ten: two encodings in one file', () => {
    const latin = (count: number) => raw(...Array.from({ length: count }, () => ['B', [0xe4], 'cker\n']).flat(), 'M', [0xc3, 0xbc], 'ller\n');
    expect(guess(latin(9))).toEqual({ encoding: 'WINDOWS_1252', reason: 'CHARACTERS', params: { share: 0.9, characters: 11 } });
    expect(guess(latin(8))).toEqual({ encoding: 'UTF_8', reason: 'NONE_FITS', params: {} });
    // A file that ends inside a letter of UTF-8 has none there.
    expect(guess(raw('B', [0xe4], 'cker\nM', [0xe4, 0xbd]))).toMatchObject({ encoding: 'WINDOWS_1252', params: { share: 0.5 } });
  });
});

it.each([
  ['a new workbook', [0x50, 0x4b, 0x03, 0x04, 0x14], true],
  ['an old workbook', [0xd0, 0xcf, 0x11, 0xe0, 0xa1], true],
  ['a mark that is cut short', [0x50, 0x4b, 0x03], false],
  ['an empty archive, which is none', [0x50, 0x4b, 0x05, 0x06], false],
  ['what only begins like a new one', [0x50, 0x4b, 0x03, 0x05], false],
  ['what only begins like an old one', [0xd0, 0xcf, 0x11, 0xe1], false],
  ['text that begins with PK', [0x50, 0x4b, 0x2c, 0x31], false],
  ['nothing', [], false],
])('knows a workbook from a table: %s', (_, bytes, expected) => {
  expect(isWorkbook(Uint8Array.from(bytes))).toBe(expected);
});

it('shows the beginning of a text, with what does not decode, and without a letter that the end of the sample cuts', () => {
  expect(decodeStart(raw('a', [0xff], 'b', [0xc3]), 'UTF_8', false)).toBe('a\ufffdb');
  expect(decodeStart(raw('a', [0xff], 'b', [0xc3]), 'UTF_8', true)).toBe('a\ufffdb\ufffd');
  expect(decodeStart(raw([0xc3, 0xfb]), 'GB18030', true)).toBe('名');
});
