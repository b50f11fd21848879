import { bytes, refusal } from './bytes.fixture.ts';
import { decodeText } from './decode.ts';
import { Warnings } from './said.ts';

const warnings = new Warnings();
async function text(content: string | Uint8Array, size?: number, most?: number, into = warnings): Promise<string> {
  let all = '';
  for await (const piece of decodeText(bytes(content, size), into, most)) all += piece;
  return all;
}
const xml = (encoding: string, rest: string): string => `<?xml version="1.0" encoding="${encoding}"?>\n<a>${rest}</a>`;
const wide = (content: string, isBig: boolean): Buffer => {
  const little = Buffer.from(content, 'utf16le');
  return isBig ? little.swap16() : little;
};
/** Of three bytes in UTF-8, two in GBK, four as a pair of UTF-16. */
const WORDS = '模型 é 😀 ok';
/** 模 and 型 in GBK, then a character that only GB 18030 has, in four bytes. */
const GBK = Buffer.concat([Buffer.from(xml('GBK', '')).subarray(0, -4), Buffer.from([0xc4, 0xa3, 0xd0, 0xcd, 0x95, 0x32, 0x82, 0x36, 0x20, 0xc4, 0xa3])]);

it.each([1, 2, 3, 7, 1_000, 100_000])('UTF-8 and both orders of UTF-16, with and without a mark, in chunks of %i bytes', async (size) => {
  const content = xml('UTF-8', WORDS.repeat(300));
  expect(await text(content, size)).toBe(content);
  expect(await text(`\uFEFF${content}`, size)).toBe(content);
  expect(await text(WORDS, size)).toBe(WORDS);
  const sixteen = xml('utf-16', WORDS.repeat(300));
  for (const isBig of [false, true]) {
    expect(await text(wide(`\uFEFF${sixteen}`, isBig), size)).toBe(sixteen);
    expect(await text(wide(sixteen, isBig), size)).toBe(sixteen);
  }
});

it.each([1, 3, 50_000])('ISO-8859-1 and windows-1252 alike, GBK and GB 18030, in chunks of %i bytes', async (size) => {
  for (const encoding of ['ISO-8859-1', 'windows-1252'])
    expect(await text(Buffer.concat([Buffer.from(xml(encoding, '')), Buffer.from([0x92, 0x80, 0xe4])]), size)).toBe(`${xml(encoding, '')}’€ä`);
  expect(await text(GBK, size)).toBe(`${xml('GBK', '').slice(0, -4)}模型\u{20000} 模`);
});

it('an empty body is an empty text', async () => {
  expect(await text('')).toBe('');
  expect(await text('\uFEFF')).toBe('');
});

it('bytes that are not of the encoding are refused with line and byte, whatever the chunks', async () => {
  const start = Buffer.from(`${xml('UTF-8', '').slice(0, -4)}\n${'x模\n'.repeat(40_000)}`);
  const broken = Buffer.concat([start, Buffer.from([0x41, 0xff, 0x42]), Buffer.from('\n'.repeat(5_000))]);
  for (const size of [1_024, 65_536, 1_000_000])
    expect(await refusal(text(broken, size))).toMatchObject({ reason: 'ENCODING', line: 40_003, byte: start.length + 1, encoding: 'utf-8' });
  // Cut within a character.
  expect(await refusal(text(Buffer.from('<a>模').subarray(0, -1)))).toMatchObject({ reason: 'ENCODING', line: 1, byte: 3 });
  expect(await refusal(text(Buffer.concat([wide('\uFEFF<a>', false), Buffer.from([0x41])])))).toMatchObject({ reason: 'ENCODING', byte: 8 });
  expect(await refusal(text(Buffer.concat([wide('\uFEFF<a>', true), Buffer.from([0xdc, 0, 0, 0x41])])))).toMatchObject({ reason: 'ENCODING', byte: 8 });
  expect(await refusal(text(Buffer.concat([GBK, Buffer.from([0xff, 0x20])])))).toMatchObject({ reason: 'ENCODING', byte: GBK.length, declared: 'GBK' });
});

it('a declaration that its bytes contradict is refused, and so is an encoding that is not read', async () => {
  expect(await refusal(text(xml('utf-16', 'x')))).toMatchObject({ reason: 'ENCODING', declared: 'utf-16', found: 'utf-8' });
  expect(await refusal(text(`\uFEFF${xml('ISO-8859-1', 'x')}`))).toMatchObject({ reason: 'ENCODING', declared: 'ISO-8859-1', found: 'utf-8' });
  expect(await refusal(text(wide(`\uFEFF${xml('utf-8', 'x')}`, false)))).toMatchObject({ reason: 'ENCODING', declared: 'utf-8', found: 'utf-16le' });
  expect(await refusal(text(wide(`\uFEFF${xml('utf-16le', 'x')}`, true)))).toMatchObject({ reason: 'ENCODING', declared: 'utf-16le', found: 'utf-16be' });
  expect(await refusal(text(xml('EBCDIC-CP-US', 'x')))).toMatchObject({ reason: 'ENCODING', declared: 'EBCDIC-CP-US' });
  expect(await refusal(text(Buffer.from([0xff, 0xfe, 0, 0, 0x3c, 0, 0, 0])))).toMatchObject({ reason: 'ENCODING', found: 'utf-32' });
  // It says that its text is Latin, and it is none.
  expect(await refusal(text(Buffer.concat([Buffer.from(xml('utf-8', '')), Buffer.from([0xe4])])))).toMatchObject({ reason: 'ENCODING', declared: 'utf-8' });
});

it('a declaration within the text declares nothing', async () => {
  const content = '<a><![CDATA[<?xml version="1.0" encoding="utf-16"?>]]></a>';
  expect(await text(content)).toBe(content);
});

it('text of UTF-8 under the name of another encoding is doubted, as only its reader can tell', async () => {
  const said = new Warnings();
  await text(xml('ISO-8859-1', 'für und über'), 5, undefined, said);
  expect(said.all()).toEqual([{ code: 'ENCODING_DOUBTED', count: 1, line: null, facts: { declared: 'ISO-8859-1', found: 'UTF-8' } }]);
  const sure = new Warnings();
  await text(Buffer.from(xml('ISO-8859-1', 'für'), 'latin1'), 5, undefined, sure);
  await text(xml('ISO-8859-1', 'plain'), 5, undefined, sure);
  expect(sure.all()).toEqual([]);
});

it('more bytes than the bound are refused as soon as they come', async () => {
  expect(await text('x'.repeat(1_000), 100, 1_000)).toHaveLength(1_000);
  expect(await refusal(text('x'.repeat(1_001), 100, 1_000))).toMatchObject({ reason: 'LIMIT', limit: 'bytes', most: 1_000 });
});
