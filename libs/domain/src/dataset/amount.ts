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
/** The dash for the cents that there are none of: `12,-` as Germans write prices, `12.–` as the Swiss do. What stands behind it is no digit. */
const NO_CENTS = /(?<=\d[.,])\s*[-\u2010\u2011\u2014\u2015]+(?=[^\d.,%]*$)/;
/** By what stands before the digits and behind them. `18+` is no 18. */
const SIGNS: ReadonlyMap<string, string> = new Map([
  ['|', ''],
  ['+|', '+'],
  ['-|', '-'],
  ['|-', '-'],
  ['(|)', '-'],
]);

/** Takes an amount apart, whatever its marks mean; null where the text is none. A number is one too. */
export function amountOf(text: string): Amount | null {
  const parts = text.length > LONGEST ? null : PARTS.exec(plainText(text).replace(NO_CENTS, ''));
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

/** Different currencies are different things: 5 € and 5 ¥ are no two numbers that may be compared. */
class OneCurrency {
  private currency: string | null = null;

  /** Whether it has the currency of those before it. Who leaves it out means the same one. */
  includes({ currency }: Amount): boolean {
    this.currency ??= currency;
    return currency === null || currency === this.currency;
  }
}

/** Amounts of a column of which nobody said what it holds. */
export class Amounts {
  /** None of the texts that were looked at was anything but an amount of one currency, in whatever format. */
  areAll = true;
  private readonly currency = new OneCurrency();

  look(text: string): void {
    if (!this.areAll) return;
    const amount = amountOf(text);
    this.areAll =
      amount !== null &&
      this.currency.includes(amount) &&
      FORMATS.some((format) => readNumber(text, format) === null && readNumber(amount.number, format) !== null);
  }
}

/** Amounts of a column whose owner said that it holds numbers, each looked at once. */
export class AmountsRead {
  /** The first in another currency than those before it. */
  other: { text: string; row: number } | null = null;
  private readonly currency = new OneCurrency();
  private first: string | null = null;
  private firstBelowZero: string | null = null;

  add(text: string, row: number, amount: Amount, value: number): void {
    if (!this.currency.includes(amount)) this.other ??= { text, row };
    const read = `${text.slice(0, 40)} → ${value}`;
    this.first ??= read;
    if (value < 0) this.firstBelowZero ??= read;
  }

  /** One of them and what it was read as; null where there is none. That `(2019)` became a number below zero is what its owner must see. */
  get example(): string | null {
    return this.firstBelowZero ?? this.first;
  }
}
