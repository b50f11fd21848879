/** What the address of a list carries. */
export interface ListSearch {
  /** The text of the query, as it was typed. */
  query?: string;
}

/** An address typed by hand says `query=3` where a text is meant. */
export function listSearch({ query }: Record<string, unknown>): ListSearch {
  const text = typeof query === 'string' || typeof query === 'number' || typeof query === 'boolean' ? String(query).trim() : '';
  return text === '' ? {} : { query: text };
}
