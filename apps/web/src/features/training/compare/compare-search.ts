/** What the address of a comparison carries. */
export interface CompareSearch {
  /** Ids of runs between commas. */
  runs?: string;
}

export function compareSearch({ runs }: Record<string, unknown>): CompareSearch {
  const text = Array.isArray(runs) ? runs.join(',') : typeof runs === 'string' || typeof runs === 'number' ? String(runs) : '';
  return text === '' ? {} : { runs: text };
}
