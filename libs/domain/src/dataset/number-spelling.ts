import { plainText } from '../text.ts';

const WHOLE = /^[+-]?\d+$/;
/** Among whole numbers. */
const LEADING_ZERO = /^[+-]?0\d/;
/** Where one number in so many begins with a zero, the column holds codes. */
const CODES = 20;

/** How a column's numbers are spelled: what tells codes from amounts, also among more than are counted apart. */
export class NumberSpelling {
  private count = 0;
  private coded = 0;
  private firstCoded: string | null = null;
  private whole = true;
  private narrowest = Infinity;
  private widest = 0;
  /** Whole, and too long for a double to tell it from its neighbours. */
  firstLong: string | null = null;

  add(written: string, value: number, times: number): void {
    const text = plainText(written);
    this.count += times;
    if (!WHOLE.test(text)) {
      this.whole = false;
      return;
    }
    this.narrowest = Math.min(this.narrowest, text.length);
    this.widest = Math.max(this.widest, text.length);
    if (LEADING_ZERO.test(text)) {
      this.coded += times;
      this.firstCoded ??= text;
    }
    if (!Number.isSafeInteger(value)) this.firstLong ??= text;
  }

  /** One that begins with a zero, where such are many, or where all are of one width as postcodes are. */
  get code(): string | null {
    return this.whole && (this.coded * CODES >= this.count || this.narrowest === this.widest) ? this.firstCoded : null;
  }
}
