import { isWorkbook } from './encoding.ts';

it.each([
  ['a new workbook', [0x50, 0x4b, 0x03, 0x04, 0x14], true],
  ['an old workbook', [0xd0, 0xcf, 0x11, 0xe0, 0xa1], true],
  ['a mark that is cut short', [0x50, 0x4b, 0x03], false],
  ['an empty archive, which is none', [0x50, 0x4b, 0x05, 0x06], false],
  ['what only begins like a new one', [0x50, 0x4b, 0x03, 0x05], false],
  ['what only begins like an old one', [0xd0, 0xcf, 0x11, 0xe1], false],
  ['text that begins with PK', [0x50, 0x4b, 0x2c, 0x31], false],
  ['nothing', [], false],
])('%s', (_, bytes, expected) => {
  expect(isWorkbook(Uint8Array.from(bytes))).toBe(expected);
});
