import { plainText } from '../text.ts';
import { DECIMALS, THOUSANDS, numberParts, readNumber, type NumberFormat } from './number-format.ts';

/** A number as people write amounts: `$1.50`, `3 €`, `(1.5)` as accountants write what is below zero, `1,5-` as SAP does. */
export interface Amount {
  /** With its sign in front, and without the currency. */
  number: string;
  currency: string | null;
}

/** No amount is longer. In characters. */
const LONGEST = 60;
/** what stands before the digits, they and the marks among them, what stands behind them */
const PARTS = /^([^\d.,]*)(.*?)([^\d.,%]*)$/;
const CURRENCY = /\p{Sc}/gu;
/** By what stands before the digits and behind them. `18+` is no 18. */
const SIGNS: ReadonlyMap<string, string> = new Map([['|', ''], ['+|', '+'], ['-|', '-'], ['|-', '-'], ['(|)', '-']]);

/** Takes an amount apart, whatever its marks mean; null where the text is none. A number is one too. */
export function amountOf(text: string): Amount | null {
  const parts = text.length > LONGEST ? null : PARTS.exec(plainText(text));
  if (!parts) return null;
  const around = `${parts[1]}|${parts[3]}`;
  const [currency = null, ...more] = around.match(CURRENCY) ?? [];
  const sign = SIGNS.get(around.replace(CURRENCY, '').replace(/\s/g, ''));
  if (sign === undefined || more.length > 0) return null;
  const number = `${sign}${parts[2]}`;
  // What is typed full-width is the same currency.
  return numberParts(number) && { number, currency: currency && currency.normalize('NFKC') };
}

const FORMATS: readonly NumberFormat[] = DECIMALS.flatMap((decimal) => THOUSANDS.map((thousands) => ({ decimal, thousands })));

/** Amounts of one column. Different currencies are different things: 5 € and 5 ¥ are no two numbers that may be compared. */
export class Amounts {
  /** None of the texts that were looked at was anything but an amount of one currency, in whatever format. */
  areAll = true;
  private currency: string | null = null;

  look(text: string): void {
    if (!this.areAll) return;
    const amount = amountOf(text);
    this.areAll = amount !== null && this.isOfOne(amount) && FORMATS.some((format) => readNumber(text, format) === null && readNumber(amount.number, format) !== null);
  }

  /** Whether it has the currency of those before it. Who leaves it out means the same one. */
  isOfOne({ currency }: Amount): boolean {
    this.currency ??= currency;
    return currency === null || currency === this.currency;
  }
}
