import { tableMutants } from './tables.ts';

const SOURCE = `
const SOME = ['A', 'B'] as const;
export const NAMES = ['X', 'Y'] as const;
export type Name = (typeof NAMES)[number];
const TABLE = {
  read: { who: SOME, most: 0.9, open: true },
  write: { who: ['A'], most: 2 ** 3, open: false },
} as const satisfies Record<string, object>;
export const use = (): object => TABLE;
`;

const changes = tableMutants('tables.ts', SOURCE).map(({ what, start, end, text }) => ({
  what,
  line: `${SOURCE.slice(0, start)}${text}${SOURCE.slice(end)}`
    .split('\n')
    .find((line, i) => line !== SOURCE.split('\n')[i])
    ?.trim(),
}));

it('changes one entry at a time, by what stands elsewhere in its place', () => {
  expect(changes).toEqual([
    { what: 'SOME: A is left out', line: 'const SOME = ["B"] as const;' },
    { what: 'SOME: B is left out', line: 'const SOME = ["A"] as const;' },
    { what: 'TABLE.read.who: A is left out', line: 'read: { who: ["B"], most: 0.9, open: true },' },
    { what: 'TABLE.read.who: B is left out', line: 'read: { who: ["A"], most: 0.9, open: true },' },
    { what: 'TABLE.read.most is 0.9 + 0.1', line: 'read: { who: SOME, most: (0.9) + 0.1, open: true },' },
    { what: 'TABLE.read.most is 0.9 - 0.1', line: 'read: { who: SOME, most: (0.9) - 0.1, open: true },' },
    { what: 'TABLE.read.open is turned round', line: 'read: { who: SOME, most: 0.9, open: false },' },
    { what: 'TABLE.write.who: A is left out', line: 'write: { who: [], most: 2 ** 3, open: false },' },
    { what: 'TABLE.write.who: B is added', line: 'write: { who: ["A", "B"], most: 2 ** 3, open: false },' },
    { what: 'TABLE.write.most is 2 ** 3 + 1', line: "write: { who: ['A'], most: (2 ** 3) + 1, open: false }," },
    { what: 'TABLE.write.most is 2 ** 3 - 1', line: "write: { who: ['A'], most: (2 ** 3) - 1, open: false }," },
    { what: 'TABLE.write.open is turned round', line: "write: { who: ['A'], most: 2 ** 3, open: true }," },
  ]);
});

it('knows the lists of the files that a table is divided into, and what stands in its other parts', () => {
  const lists = `export const ALL = ['A', 'B'] as const;`;
  const one = `import { ALL } from './lists.ts';\nexport const TABLE = { read: { who: ALL, how: 'SOFT' } } as const satisfies object;`;
  const other = `export const TABLE = { write: { who: ['A'], how: 'HARD' } } as const satisfies object;`;
  const whats = (source: string): string[] => tableMutants('table.ts', source, [lists, one, other]).map(({ what }) => what);
  expect(whats(one)).toEqual(['TABLE.read.who: A is left out', 'TABLE.read.who: B is left out', 'TABLE.read.how is HARD']);
  expect(whats(other)).toEqual(['TABLE.write.who: A is left out', 'TABLE.write.who: B is added', 'TABLE.write.how is SOFT']);
});
