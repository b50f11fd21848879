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
  const marked = byteOrderMark(bytes);
  if (marked) return { encoding: marked, reason: 'BYTE_ORDER_MARK', params: {} };
  const wide = zeroBytes(bytes);
  if (wide) return { encoding: wide, reason: 'ZERO_BYTES', params: {} };
  const high = bytes.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0);
  if (high === 0) return { encoding: 'UTF_8', reason: 'ASCII', params: {} };
  if (isUtf8(bytes, whole)) return { encoding: 'UTF_8', reason: 'VALID_UTF8', params: { bytes: high } };
  const scores = (['GB18030', 'BIG5', 'SHIFT_JIS'] as const).map((encoding) => ({ encoding, ...pairs(bytes, encoding) }));
  const best = scores.reduce((a, b) => (b.common > a.common ? b : a));
  const lone = loneHighBytes(bytes);
  if (best.characters > 0 && best.common >= BELIEVED && lone < 0.5) return { encoding: best.encoding, reason: 'CHARACTERS', params: { share: best.common, characters: best.characters } };
  if (lone >= 0.5) return { encoding: 'WINDOWS_1252', reason: 'CHARACTERS', params: { share: lone, characters: high } };
  // Read as the commonest one it will be refused where it does not fit, and its owner asked.
  return { encoding: 'UTF_8', reason: 'NONE_FITS', params: {} };
}

function byteOrderMark(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'UTF_8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'UTF_16LE';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'UTF_16BE' : null;
}

/** Text of Latin letters in 16-bit units has a zero in every second byte. Of a picture zeros lie on both sides. */
function zeroBytes(bytes: Uint8Array): Encoding | null {
  const zeros = [0, 0];
  const looked = Math.min(bytes.length, 4_096);
  for (let i = 0; i < looked; i++) if (bytes[i] === 0) zeros[i % 2]! += 1;
  const [even = 0, odd = 0] = zeros;
  // In Chinese text only the delimiters and line ends have one.
  const enough = looked / 2 / 20;
  const found = odd > enough && even === 0 ? 'UTF_16LE' : even > enough && odd === 0 ? 'UTF_16BE' : null;
  // A stray zero in a short text of bytes is no half of a letter: the line ends tell.
  return found && hasWideLineEnd(bytes.subarray(0, looked), found === 'UTF_16LE') ? found : null;
}

function hasWideLineEnd(bytes: Uint8Array, little: boolean): boolean {
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const [low, high] = little ? [bytes[i], bytes[i + 1]] : [bytes[i + 1], bytes[i]];
    if (high === 0 && (low === 10 || low === 13)) return true;
  }
  return false;
}

function isUtf8(bytes: Uint8Array, whole: boolean): boolean {
  try {
    new TextDecoder(ENCODING_LABELS.UTF_8, { fatal: true }).decode(bytes, { stream: !whole });
    return true;
  } catch {
    return false;
  }
}

/** Of the characters of more than one byte: how many there are, and the share that ordinary text uses. */
function pairs(bytes: Uint8Array, encoding: 'GB18030' | 'BIG5' | 'SHIFT_JIS'): { characters: number; common: number } {
  let characters = 0;
  let common = 0;
  for (let i = 0; i < bytes.length; i++) {
    const lead = bytes[i]!;
    if (lead < 0x80) continue;
    characters++;
    const trail = bytes[i + 1] ?? 0;
    if (encoding === 'SHIFT_JIS' && lead >= 0xa1 && lead <= 0xdf) {
      // A half-width kana stands alone, and in ordinary text is rare.
      continue;
    }
    if (trail < 0x30) continue;
    if (isCommon(encoding, lead, trail)) common++;
    i++;
  }
  return { characters, common: characters === 0 ? 0 : common / characters };
}

/** The characters that each standard lists first, by use, and its punctuation. */
function isCommon(encoding: 'GB18030' | 'BIG5' | 'SHIFT_JIS', lead: number, trail: number): boolean {
  switch (encoding) {
    case 'GB18030':
      return trail >= 0xa1 && ((lead >= 0xb0 && lead <= 0xd7) || lead === 0xa1 || lead === 0xa3);
    case 'BIG5':
      return ((trail >= 0x40 && trail <= 0x7e) || trail >= 0xa1) && ((lead >= 0xa4 && lead <= 0xc6) || lead === 0xa1);
    case 'SHIFT_JIS':
      return (lead >= 0x88 && lead <= 0x97) || lead === 0x81 || (lead === 0x82 && trail >= 0x9f) || (lead === 0x83 && trail <= 0x96);
  }
}

/** Signs of windows-1252 that stand beside numbers: € … – — £ § © ® ° ± ² ³ µ ¼ ½ ¾. */
const SYMBOLS: ReadonlySet<number> = new Set([0x80, 0x85, 0x96, 0x97, 0xa3, 0xa7, 0xa9, 0xae, 0xb0, 0xb1, 0xb2, 0xb3, 0xb5, 0xbc, 0xbd, 0xbe]);

/**
 * Share of the high bytes that stand alone between ASCII ones: an accented letter inside a word, or a sign. None where letters of UTF-8
 * stand among them: two encodings in one file, of which either would garble the other.
 */
function loneHighBytes(bytes: Uint8Array): number {
  let runs = 0;
  let lone = 0;
  let utf8 = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i]! < 0x80) continue;
    const start = i;
    while (bytes[i + 1] !== undefined && bytes[i + 1]! >= 0x80) i++;
    runs++;
    const known = isLetter(bytes[start - 1]) || isLetter(bytes[i + 1]) || SYMBOLS.has(bytes[i]!);
    if (i === start && known) lone++;
    if (i > start && isUtf8(bytes.subarray(start, i + 1), true)) utf8++;
  }
  return runs === 0 || utf8 * 10 > runs ? 0 : lone / runs;
}

const isLetter = (byte: number | undefined): boolean => byte !== undefined && ((byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122));

const WORKBOOKS = [[0x50, 0x4b, 0x03, 0x04], [0xd0, 0xcf, 0x11, 0xe0]] as const;

/** Whether these begin an Excel or LibreOffice workbook, new or old: no text at all, and the commonest mistake. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return WORKBOOKS.some((mark) => mark.every((byte, i) => bytes[i] === byte));
}

/** The text of a file's beginning for a preview; what does not decode shows as U+FFFD. */
export function decodeStart(bytes: Uint8Array, encoding: Encoding, whole: boolean): string {
  return new TextDecoder(ENCODING_LABELS[encoding]).decode(bytes, { stream: !whole });
}
