import { ENCODING_LABELS, firstUndecodable, MAX_RECORD, type Encoding } from '@trainyard/domain';
import { DatasetError } from './dataset-error.ts';

const LF = 10;
const CR = 13;
/** A line that is longer in characters is refused as a row; this many bytes hold it in every encoding. */
const MAX_LINE_BYTES = 4 * MAX_RECORD;

/**
 * The text of a file in whole lines, without its byte order mark. Bytes that the encoding does not have are refused with the line they
 * stand in: no encoding uses the bytes of a line end for anything else, so lines are decoded apart.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>, encoding: Encoding): AsyncGenerator<string> {
  const place = { line: 1, byte: 0 };
  let carry: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    const bytes = carry.length === 0 ? chunk : Buffer.concat([carry, chunk]);
    const cut = afterLastLine(bytes, encoding);
    if (bytes.length - cut > MAX_LINE_BYTES) throw new DatasetError('DATASET_TOO_LARGE', { line: place.line, unit: 'BYTES', limit: MAX_RECORD });
    if (cut > 0) yield decodeLines(bytes.subarray(0, cut), encoding, place);
    carry = bytes.subarray(cut);
  }
  if (carry.length > 0) yield decodeLines(carry, encoding, place);
}

/** Decodes whole lines and moves the place behind them. */
function decodeLines(bytes: Uint8Array, encoding: Encoding, place: { line: number; byte: number }): string {
  const decode = (part: Uint8Array, first: boolean): string => new TextDecoder(ENCODING_LABELS[encoding], { fatal: true, ignoreBOM: !first }).decode(part);
  let text: string;
  try {
    text = decode(bytes, place.byte === 0);
  } catch (cause) {
    throw new DatasetError('DATASET_MALFORMED', { ...firstBad(bytes, encoding, place), form: 'ENCODING', encoding }, { cause });
  }
  const zero = text.indexOf('\0');
  if (zero >= 0) throw new DatasetError('DATASET_MALFORMED', { line: place.line + lineEnds(text.slice(0, zero)), form: 'TEXT', got: '00', encoding });
  place.line += lineEnds(text);
  place.byte += bytes.length;
  return text;
}

/** The line and the byte, counted from 1 and 0, where decoding first fails. */
function firstBad(bytes: Uint8Array, encoding: Encoding, { line, byte }: { line: number; byte: number }): { line: number; byte: number } {
  const good = firstUndecodable(bytes, encoding);
  const before = new TextDecoder(ENCODING_LABELS[encoding]).decode(bytes.subarray(0, good), { stream: true });
  return { line: line + lineEnds(before), byte: byte + good };
}

function afterLastLine(bytes: Uint8Array, encoding: Encoding): number {
  if (encoding !== 'UTF_16LE' && encoding !== 'UTF_16BE') return Math.max(bytes.lastIndexOf(LF), bytes.lastIndexOf(CR)) + 1;
  const [low, high] = encoding === 'UTF_16LE' ? [0, 1] : [1, 0];
  for (let at = bytes.length - (bytes.length % 2) - 2; at >= 0; at -= 2) {
    if (bytes[at + high] === 0 && (bytes[at + low] === LF || bytes[at + low] === CR)) return at + 2;
  }
  return 0;
}

function lineEnds(text: string): number {
  let lines = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === LF || (code === CR && text.charCodeAt(at + 1) !== LF)) lines++;
  }
  return lines;
}
