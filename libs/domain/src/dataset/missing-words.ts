/** Words that hardly ever mean anything else than "no value" … */
export const STRONG: ReadonlySet<string> = new Set(['na', 'n/a', 'nan', 'null', '?', '#n/a', '\\n', '<na>', 'n.a.', '#value!']);
/** … and words that are values of their own as often. */
export const WEAK: ReadonlySet<string> = new Set(['none', '-', '--', '.', 'nil', '/']);
export const KNOWN: ReadonlySet<string> = new Set([...STRONG, ...WEAK]);
