import { ENCODING_LABELS, firstUndecodable, type Encoding as AnyEncoding } from '@trainyard/domain';
import { SLICE_MS, turn } from '../../platform/slices.ts';
import { overLimit, ReportRefused, type Warnings } from './said.ts';

export const MEBIBYTE = 2 ** 20;
export const DEFAULT_BYTES = 25 * MEBIBYTE;

type Encoding = Extract<AnyEncoding, 'UTF_8' | 'UTF_16LE' | 'UTF_16BE' | 'WINDOWS_1252' | 'GB18030'>;
type Declared = Encoding | 'UTF_16';
type Decoder = InstanceType<typeof TextDecoder>;

/**
 * What declarations call them. Bytes 80 to 9F of ISO-8859-1 mean nothing in a text: whoever writes them means windows-1252. UTF-8 holds
 * all of ASCII and shows by itself where it is none. GBK is a part of GB18030.
 */
const DECLARED: Record<string, Declared> = {
  'utf-8': 'UTF_8',
  utf8: 'UTF_8',
  'us-ascii': 'UTF_8',
  ascii: 'UTF_8',
  'utf-16': 'UTF_16',
  'utf-16le': 'UTF_16LE',
  'utf-16be': 'UTF_16BE',
  'iso-8859-1': 'WINDOWS_1252',
  latin1: 'WINDOWS_1252',
  'windows-1252': 'WINDOWS_1252',
  cp1252: 'WINDOWS_1252',
  gb18030: 'GB18030',
  gbk: 'GB18030',
  gb2312: 'GB18030',
  cp936: 'GB18030',
};

/** Of the beginning, in which an encoding is looked for. */
const SNIFFED = 1_024;
const PIECE = 64 * 1_024;

/**
 * The text of a report in pieces of at most 64 k characters, without its byte order mark.
 * @param chunks the bytes, no longer compressed
 * @throws ReportRefused with line and byte where the bytes are not of the encoding that they, or their XML declaration, say
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>, warnings: Warnings, bytes: number = DEFAULT_BYTES): AsyncGenerator<string> {
  let held: Uint8Array = new Uint8Array();
  let read = 0;
  let decoding: Decoding | null = null;
  let began = performance.now();
  for await (const chunk of chunks) {
    read += chunk.length;
    if (read > bytes) throw overLimit('bytes', bytes);
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.subarray(at, at + PIECE);
      held = held.length === 0 ? piece : Buffer.concat([held, piece]);
      if (decoding === null) {
        if (held.length < SNIFFED) continue;
        decoding = new Decoding(held);
        held = held.subarray(decoding.mark);
      }
      const whole = wholeCharacters(held, decoding.encoding);
      if (whole > 0) yield decoding.decode(held.subarray(0, whole));
      held = held.subarray(whole);
      if (performance.now() - began > SLICE_MS) {
        await turn();
        began = performance.now();
      }
    }
  }
  if (decoding === null) {
    decoding = new Decoding(held);
    held = held.subarray(decoding.mark);
  }
  if (held.length > 0) yield decoding.decode(held);
  if (decoding.isDoubted()) warnings.note('ENCODING_DOUBTED', null, { declared: decoding.declared, found: 'UTF-8' });
}

class Decoding {
  readonly encoding: Encoding;
  readonly declared: string | null;
  /** How many bytes the byte order mark has. */
  readonly mark: number;
  private line = 1;
  private byte: number;
  /** Null as soon as the bytes cannot be UTF-8, too. */
  private asUtf8: Decoder | null;
  private hasWide = false;

  constructor(start: Uint8Array) {
    const marked = markOf(start);
    this.mark = this.byte = marked?.length ?? 0;
    const seen = marked?.encoding ?? zeroBytes(start);
    this.declared = declaredIn(start.subarray(this.mark, this.mark + SNIFFED), seen);
    const meant = this.declared === null ? null : DECLARED[this.declared.toLowerCase()];
    if (meant === undefined)
      throw new ReportRefused('ENCODING', { line: 1, byte: 0, declared: this.declared }, `the encoding "${this.declared}" is not read; send UTF-8`);
    const found = seen ?? (meant === null || meant === 'UTF_16' || meant === 'UTF_16LE' || meant === 'UTF_16BE' ? 'UTF_8' : meant);
    if (meant !== null && meant !== found && !(meant === 'UTF_16' && found.startsWith('UTF_16')))
      throw new ReportRefused(
        'ENCODING',
        { line: 1, byte: 0, declared: this.declared, found: ENCODING_LABELS[found] },
        `declared as "${this.declared}", but its bytes are ${ENCODING_LABELS[found]}`,
      );
    this.encoding = found;
    this.asUtf8 = found === 'WINDOWS_1252' || found === 'GB18030' ? new TextDecoder('utf-8', { fatal: true }) : null;
  }

  /** @param bytes whole characters, or the last bytes of all */
  decode(bytes: Uint8Array): string {
    let text: string;
    try {
      text = new TextDecoder(ENCODING_LABELS[this.encoding], { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch (cause) {
      throw this.bad(bytes, cause);
    }
    if (this.asUtf8) this.tryUtf8(this.asUtf8, bytes);
    this.line += lineEnds(text);
    this.byte += bytes.length;
    return text;
  }

  /** A single-byte encoding takes any bytes: that these would be UTF-8 as well is no accident where there are some. */
  isDoubted(): boolean {
    return this.asUtf8 !== null && this.hasWide;
  }

  private tryUtf8(decoder: Decoder, bytes: Uint8Array): void {
    try {
      if (decoder.decode(bytes, { stream: true }).length < bytes.length) this.hasWide = true;
    } catch {
      this.asUtf8 = null;
    }
  }

  private bad(bytes: Uint8Array, cause: unknown): ReportRefused {
    const good = wholeCharacters(bytes.subarray(0, firstUndecodable(bytes, this.encoding)), this.encoding);
    const before = new TextDecoder(ENCODING_LABELS[this.encoding]).decode(bytes.subarray(0, good), { stream: true });
    const place = { line: this.line + lineEnds(before), byte: this.byte + good };
    const refused = new ReportRefused(
      'ENCODING',
      { ...place, declared: this.declared, encoding: ENCODING_LABELS[this.encoding] },
      `byte ${place.byte} (line ${place.line}) is not ${ENCODING_LABELS[this.encoding]}${this.declared === null ? '' : `, which it says it is ("${this.declared}")`}`,
    );
    refused.cause = cause;
    return refused;
  }
}

function markOf(start: Uint8Array): { encoding: Encoding; length: number } | null {
  const begins = (...mark: number[]): boolean => mark.every((byte, i) => start[i] === byte);
  if (begins(0xff, 0xfe, 0, 0) || begins(0, 0, 0xfe, 0xff))
    throw new ReportRefused('ENCODING', { line: 1, byte: 0, declared: null, found: 'utf-32' }, 'UTF-32 is not read; send UTF-8');
  if (begins(0xef, 0xbb, 0xbf)) return { encoding: 'UTF_8', length: 3 };
  if (begins(0xff, 0xfe)) return { encoding: 'UTF_16LE', length: 2 };
  if (begins(0xfe, 0xff)) return { encoding: 'UTF_16BE', length: 2 };
  return null;
}

/** Markup begins with ASCII: in 16-bit units one of its two bytes is zero. */
function zeroBytes([first, second]: Uint8Array): Encoding | null {
  if (first !== undefined && first !== 0 && second === 0) return 'UTF_16LE';
  return first === 0 && second !== undefined && second !== 0 ? 'UTF_16BE' : null;
}

/** What the XML declaration says, where the first markup is one. */
function declaredIn(start: Uint8Array, seen: Encoding | null): string | null {
  const even = start.subarray(0, start.length - (start.length % 2));
  const text = seen?.startsWith('UTF_16') ? new TextDecoder(ENCODING_LABELS[seen]).decode(even) : Buffer.from(start).toString('latin1');
  return /^[^<]*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'<>]{1,40})["']/i.exec(text)?.[1] ?? null;
}

/** How many of the bytes, which begin with a character, end with one. */
function wholeCharacters(bytes: Uint8Array, encoding: Encoding): number {
  const all = bytes.length;
  switch (encoding) {
    case 'WINDOWS_1252':
      return all;
    case 'UTF_16LE':
    case 'UTF_16BE': {
      const even = all - (all % 2);
      const upper = bytes[even - (encoding === 'UTF_16LE' ? 1 : 2)] ?? 0;
      return upper >= 0xd8 && upper <= 0xdb ? even - 2 : even;
    }
    case 'UTF_8':
      for (let back = 1; back <= Math.min(3, all); back++) {
        const byte = bytes[all - back]!;
        if (byte < 0x80) return all;
        if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? all - back : all;
      }
      return all;
    case 'GB18030': {
      let at = 0;
      while (at < all) {
        const isLead = bytes[at]! >= 0x81 && bytes[at]! <= 0xfe;
        const next = bytes[at + 1];
        const length = !isLead ? 1 : next !== undefined && next >= 0x30 && next <= 0x39 ? 4 : 2;
        if (at + length > all) break;
        at += length;
      }
      return at;
    }
  }
}

function lineEnds(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}

/** A string of its own: a part of a text would hold on to all of the piece that it was cut from. */
export const ownText = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');
