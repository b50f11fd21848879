/** A piece of a value or a word. What was quoted is text, whatever it looks like. */
export interface Piece {
  text: string;
  quoted: boolean;
  start: number;
  end: number;
}
export interface Item {
  start: number;
  end: number;
  negated: boolean;
  /** Null for a word. */
  field: { text: string; end: number } | null;
  pieces: Piece[];
}
export interface Tokens {
  items: Item[];
  /** Where a quote opens that nothing closes; the rest of the text counts as quoted. */
  unclosed: number | null;
}

const SPACE = /\s/;
/** A field and its colon, which may be full-width. What begins otherwise, such as 12:30, is a word. */
const FIELD = /([A-Za-z_]+(?:\.[^\s:："“”,，]+)?)[:：]/y;
const OPENS = /["“”]/;
const COMMA = /[,，]/;

/** Cuts any text into items, without a look at what its fields are. */
export function tokens(text: string): Tokens {
  const found: Tokens = { items: [], unclosed: null };
  let at = 0;
  const char = (): string => text.charAt(at);

  /** A quoted text from its opening mark on, or a plain one up to what `ends` it. */
  const piece = (ends: RegExp): Piece => {
    const start = at;
    let said = '';
    if (OPENS.test(char())) {
      at++;
      while (at < text.length && !OPENS.test(char())) {
        if (char() === '\\' && at + 1 < text.length) at++;
        said += char();
        at++;
      }
      if (at < text.length) at++;
      else found.unclosed ??= start;
      return { text: said, quoted: true, start, end: at };
    }
    while (at < text.length && !ends.test(char())) {
      said += char();
      at++;
    }
    return { text: said, quoted: false, start, end: at };
  };

  while (at < text.length) {
    if (SPACE.test(char())) {
      at++;
      continue;
    }
    const start = at;
    const negated = char() === '-' && at + 1 < text.length && !SPACE.test(text.charAt(at + 1));
    if (negated) at++;
    FIELD.lastIndex = at;
    const field = FIELD.exec(text);
    const pieces: Piece[] = [];
    if (field) {
      const end = at + field[0].length - 1;
      at += field[0].length;
      pieces.push(piece(/[\s,，"“”]/));
      while (at < text.length && COMMA.test(char())) {
        at++;
        pieces.push(piece(/[\s,，"“”]/));
      }
      found.items.push({ start, end: at, negated, field: { text: field[1] ?? '', end }, pieces });
    } else {
      pieces.push(piece(/[\s"“”]/));
      found.items.push({ start, end: at, negated, field: null, pieces });
    }
  }
  return found;
}
