/** An instant as rules take it: milliseconds; null stays so, and 'infinity' is Infinity. */
export const MS = (column: string): string => /* sql */ `(extract(epoch FROM ${column}) * 1000)::float8`;
