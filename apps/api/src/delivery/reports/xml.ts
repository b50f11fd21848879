import { SaxesParser } from 'saxes';
import { decodeText } from './decode.ts';
import { overLimit, ReportRefused, type WarningCode, type Warnings } from './said.ts';

export interface XmlLimits {
  bytes: number;
  depth: number;
  /** Of one element. */
  attributes: number;
}

export type Attributes = Readonly<Record<string, string | undefined>>;

/** What a reader of one format does with the markup. Names come without their prefix. */
export interface XmlReader {
  open(name: string, attributes: Attributes, line: number): void;
  close(line: number): void;
  text(text: string): void;
  /** Whether nothing that is inside the open element is wanted: its text is let go of as it comes. */
  isIgnoring(): boolean;
}

/** What reading XML tolerates, because the data is whole all the same, by the words of saxes. All else is refused. */
const TOLERATED: readonly (readonly [RegExp, WarningCode])[] = [
  [/^malformed character entity/, 'CHARACTER_REFERENCE'],
  [/^undefined entity/, 'ENTITY_NOT_EXPANDED'],
  [/^(an|the) XML declaration must/, 'DECLARATION'],
  [/^(did not expect|expected (one of|the name)|version number|encoding value|standalone value|XML declaration must contain)/, 'DECLARATION'],
  [/^text data outside/, 'TEXT_OUTSIDE'],
  [/^documents may contain only one root/, 'SEVERAL_ROOTS'],
  [/^(malformed comment|the string "]]>"|inappropriately located doctype|no whitespace between attributes)/, 'LOOSE_MARKUP'],
  [/^duplicate attribute/, 'DUPLICATE_ATTRIBUTE'],
];

/** By so much a text grows before it is made one string: until then each piece of it is an object of its own. */
const GROWN = 2 ** 20;
const LESS = '<'.charCodeAt(0);

/** saxes, which says what is wrong without making an error with a stack of each of a million of them. */
class Parser extends SaxesParser {
  private flat = 0;
  private readonly warnings: Warnings;
  private readonly codes = new Map<string, WarningCode | null>();

  constructor(warnings: Warnings) {
    super();
    this.warnings = warnings;
  }

  override fail(message: string): this {
    const { line, column } = this;
    if (message === 'disallowed character.') {
      const code = this['chunk'].charCodeAt(this['prevI']);
      // A bare "<" in an attribute would be left out of its value.
      if (code !== LESS) {
        if (this.warnings.again('ILLEGAL_CHARACTER')) return this;
        this.warnings.note('ILLEGAL_CHARACTER', line, { character: `U+${code.toString(16).toUpperCase().padStart(4, '0')}` });
        return this;
      }
    }
    const tolerated = this.codeOf(message);
    const problem = message.slice(0, 200);
    if (tolerated) {
      this.warnings.note(tolerated, line, { problem });
      return this;
    }
    if (message.startsWith('document must contain a root')) throw new ReportRefused('EMPTY', { line }, 'there is no element in it');
    if (message.startsWith('unclosed tag') || message.startsWith('unexpected end'))
      throw new ReportRefused('CUT_OFF', { line, problem }, `it ends in line ${line} before it is complete: ${problem}`);
    throw new ReportRefused('MALFORMED', { line, column, problem }, `line ${line}, column ${column}: ${problem}`);
  }

  private codeOf(message: string): WarningCode | null {
    let code = this.codes.get(message);
    if (code === undefined) {
      code = TOLERATED.find(([words]) => words.test(message))?.[1] ?? null;
      if (this.codes.size < 100) this.codes.set(message, code);
    }
    return code;
  }

  /** Between two pieces: a text that nobody wants is forgotten, any other becomes one string from time to time. */
  settle(isIgnoring: boolean): void {
    const { length } = this['text'];
    if (isIgnoring) this['text'] = '';
    else if (length < this.flat) this.flat = length;
    else if (length - this.flat > GROWN) {
      // Reading a character makes V8 write out what it had joined by reference only.
      this['text'].charCodeAt(length - 1);
      this.flat = length;
    }
  }
}

/**
 * Reads XML as it comes. Entities of a document type are never expanded, and nothing is fetched.
 * @throws ReportRefused what is over a bound, cut off, or so malformed that data would be lost
 */
export async function readXml(chunks: AsyncIterable<Uint8Array>, limits: XmlLimits, warnings: Warnings, reader: XmlReader): Promise<void> {
  const parser = new Parser(warnings);
  let depth = 0;
  let attributes = 0;
  let encoding: string | undefined;
  parser.on('xmldecl', (declared) => {
    if (encoding !== undefined && declared.encoding !== undefined && declared.encoding.toLowerCase() !== encoding)
      throw new ReportRefused(
        'ENCODING',
        { line: parser.line, declared: declared.encoding, found: encoding },
        `a second declaration in line ${parser.line} says another encoding`,
      );
    encoding = declared.encoding?.toLowerCase();
  });
  parser.on('doctype', (doctype) => {
    if (doctype.includes('<!ENTITY')) warnings.note('ENTITY_DECLARED', parser.line, { problem: 'entities of a document type are not expanded' });
  });
  parser.on('opentagstart', () => {
    attributes = 0;
  });
  parser.on('attribute', () => {
    if (++attributes > limits.attributes) throw overLimit('attributes of one element', limits.attributes, { line: parser.line });
  });
  parser.on('opentag', (tag) => {
    if (++depth > limits.depth) throw overLimit('elements within one another', limits.depth, { line: parser.line });
    reader.open(tag.name.slice(tag.name.indexOf(':') + 1), tag.attributes, parser.line);
  });
  parser.on('closetag', () => {
    depth--;
    reader.close(parser.line);
  });
  parser.on('text', (text) => reader.text(text));
  parser.on('cdata', (text) => reader.text(text));
  for await (const text of decodeText(chunks, warnings, limits.bytes)) {
    parser.write(text);
    parser.settle(reader.isIgnoring());
  }
  parser.close();
}
