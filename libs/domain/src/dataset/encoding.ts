import type { ErrorParams } from '../result.ts';
import { ENCODING_LABELS, type Encoding } from './reading.ts';

/** Of a guess: why it is believed, as facts that a screen puts into words. */
export interface EncodingGuess {
  encoding: Encoding;
  reason: 'BYTE_ORDER_MARK' | 'ZERO_BYTES' | 'ASCII' | 'VALID_UTF8' | 'CHARACTERS' | 'NONE_FITS';
  params: ErrorParams;
}

/** Below this share of characters that texts really use, an encoding of two-byte characters is not believed. */
const BELIEVED = 0.75;

/**
 * Guesses the encoding from a file's beginning.
 * @param whole the bytes are the whole file: nothing is cut off at their end
 */
export function guessEncoding(bytes: Uint8Array, whole: boolean): EncodingGuess {
  const marked = BYTE_ORDER_MARKS.find(({ mark }) => beginsWith(bytes, mark));
  if (marked) return { encoding: marked.encoding, reason: 'BYTE_ORDER_MARK', params: {} };
  const wide = zeroBytes(bytes);
  if (wide) return { encoding: wide, reason: 'ZERO_BYTES', params: {} };
  const high = bytes.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0);
  if (high === 0) return { encoding: 'UTF_8', reason: 'ASCII', params: {} };
  if (isUtf8(bytes, whole)) return { encoding: 'UTF_8', reason: 'VALID_UTF8', params: { bytes: high } };
  const scores = (['GB18030', 'BIG5', 'SHIFT_JIS'] as const).map((encoding) => ({ encoding, ...pairs(bytes, encoding) }));
  const best = scores.reduce((a, b) => (b.common > a.common ? b : a));
  const lone = loneHighBytes(bytes);
  if (lone >= 0.5) return { encoding: 'WINDOWS_1252', reason: 'CHARACTERS', params: { share: lone, characters: high } };
  if (best.common >= BELIEVED) return { encoding: best.encoding, reason: 'CHARACTERS', params: { share: best.common, characters: best.characters } };
  // Read as the commonest one it will be refused where it does not fit, and its owner asked.
  return { encoding: 'UTF_8', reason: 'NONE_FITS', params: {} };
}

const BYTE_ORDER_MARKS = [
  { mark: [0xef, 0xbb, 0xbf], encoding: 'UTF_8' },
  { mark: [0xff, 0xfe], encoding: 'UTF_16LE' },
  { mark: [0xfe, 0xff], encoding: 'UTF_16BE' },
] as const;

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, i) => bytes[i] === byte);

/** Latin letters in 16-bit units have a zero in every second byte; in Chinese text only the delimiters and line ends have one. */
function zeroBytes(bytes: Uint8Array): Encoding | null {
  const start = bytes.subarray(0, 4_096);
  return isWide(start, 1) ? 'UTF_16LE' : isWide(start, 0) ? 'UTF_16BE' : null;
}

/** @param high at which byte of two the upper half stands */
function isWide(start: Uint8Array, high: 0 | 1): boolean {
  let narrow = 0;
  // A stray zero in a short text of bytes is no half of a letter: the line ends tell.
  let lineEnds = 0;
  for (let i = 0; i + 1 < start.length; i += 2) {
    const [upper, lower] = [start[i + high]!, start[i + 1 - high]!];
    if (upper === 0) {
      if (lower === 0) return false;
      narrow++;
      if (lower === 10 || lower === 13) lineEnds++;
    } else if (lower === 0 && !endsInZero(upper)) return false;
  }
  return lineEnds > 0 && narrow > start.length / 2 / 20;
}

/** Whether ordinary text has a letter of this upper half and a zero: 一, 开, 가 or the ideographic space. Of a picture zeros stand beside any byte. */
const endsInZero = (upper: number): boolean => upper === 0x30 || (upper >= 0x34 && upper <= 0xdf);

function isUtf8(bytes: Uint8Array, whole: boolean): boolean {
  try {
    new TextDecoder(ENCODING_LABELS.UTF_8, { fatal: true }).decode(bytes, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}

/** Of the characters of more than one byte, of which there must be one: how many there are, and the share that ordinary text uses. */
function pairs(bytes: Uint8Array, encoding: 'GB18030' | 'BIG5' | 'SHIFT_JIS'): { characters: number; common: number } {
  let characters = 0;
  let common = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    characters++;
    // A half-width kana stands alone, and in ordinary text is rare.
    if (encoding === 'SHIFT_JIS' && lead >= 0xa1 && lead <= 0xdf) continue;
    const trail = bytes[i + 1] ?? 0;
    // The second byte of none of them; the rare characters of four bytes in GB 18030 have a digit there.
    if (trail < 0x40) continue;
    if (isCommon(encoding, lead, trail)) common++;
    i++;
  }
  return { characters, common: common / characters };
}

/** The characters that each standard lists first, by use, and its punctuation. */
function isCommon(encoding: 'GB18030' | 'BIG5' | 'SHIFT_JIS', lead: number, trail: number): boolean {
  switch (encoding) {
    case 'GB18030':
      return trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3);
    case 'BIG5':
      return (trail <= 0x7e || trail >= 0xa1) && ((lead >= 0xa4 && lead <= 0xc6) || lead === 0xa1);
    case 'SHIFT_JIS':
      return (lead >= 0x88 && lead <= 0x97) || lead === 0x81 || (lead === 0x82 && trail >= 0x9f) || (lead === 0x83 && trail <= 0x96);
  }
}

/** Signs of windows-1252 that stand beside numbers: € … – — £ § © ® ° ± ² ³ µ ¼ ½ ¾. */
const SYMBOLS: ReadonlySet<number> = new Set([0x80, 0x85, 0x96, 0x97, 0xa3, 0xa7, 0xa9, 0xae, 0xb0, 0xb1, 0xb2, 0xb3, 0xb5, 0xbc, 0xbd, 0xbe]);

/**
 * Share of the high bytes that stand alone between ASCII ones: an accented letter inside a word, or a sign. None where letters of UTF-8
 * stand among them: two encodings in one file, of which either would garble the other. There must be a high byte.
 */
function loneHighBytes(bytes: Uint8Array): number {
  let runs = 0;
  let lone = 0;
  let utf8 = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue;
    const start = i;
    while ((bytes[i + 1] ?? 0) >= 0x80) i++;
    runs++;
    if (i > start) utf8 += isUtf8(bytes.subarray(start, i + 1), true) ? 1 : 0;
    else if (isLetter(bytes[i - 1]) || isLetter(bytes[i + 1]) || SYMBOLS.has(bytes[i]!)) lone++;
  }
  return utf8 * 10 > runs ? 0 : lone / runs;
}

/** In ASCII a capital letter and a small one differ in one bit. */
function isLetter(byte = 0): boolean {
  const small = byte | 0x20;
  return small >= 97 && small <= 122;
}

const WORKBOOKS = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
] as const;

/** Whether these begin an Excel or LibreOffice workbook, new or old: no text at all, and the commonest mistake. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return WORKBOOKS.some((mark) => beginsWith(bytes, mark));
}

/** The text of a file's beginning for a preview; what does not decode shows as U+FFFD. */
export function decodeStart(bytes: Uint8Array, encoding: Encoding, whole: boolean): string {
  return new TextDecoder(ENCODING_LABELS[encoding]).decode(bytes, { stream: !whole });
}

/** How many of these bytes an encoding takes before it first fails. All of them: only the end of the last character is missing. */
export function firstUndecodable(bytes: Uint8Array, encoding: Encoding): number {
  const decodes = (end: number): boolean => {
    try {
      new TextDecoder(ENCODING_LABELS[encoding], { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let [good, bad] = [0, bytes.length];
  if (decodes(bad)) return bad;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(middle)) good = middle;
    else bad = middle;
  }
  return good;
}
