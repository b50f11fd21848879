/** Words of a domain constant as the list of an SQL `IN`: `('STARTING', 'RUNNING')`. Words of the program, never of a request. */
export function sqlWords(words: readonly string[]): string {
  const odd = words.length === 0 ? 'none' : words.find((word) => !/^[A-Za-z][A-Za-z0-9_]*$/.test(word));
  if (odd !== undefined) throw new Error(`no list of constants: ${odd}`);
  return `(${words.map((word) => `'${word}'`).join(', ')})`;
}
