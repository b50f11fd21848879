import { bytes, refusal } from './bytes.fixture.ts';
import type { CoverageReport } from './coverage.ts';
import { LCOV_LIMITS, readLcov } from './lcov.ts';

const read = (text: string, size?: number): Promise<CoverageReport> => readLcov(bytes(text, size), ['src/a.js', 'src/b.js']);
const lines = (report: CoverageReport): number[][] => [...report.files[0]!.lines];

it.each([1, 3, 10_000])('lines and branches, several tests, comments, line ends of Windows, in chunks of %i bytes', async (size) => {
  const report = await read(
    [
      '# made by hand',
      'TN:first',
      'SF:/ci/build/src/a.js',
      'VER:1',
      'FN:1,top-level',
      'FN:95,cubic-bezier(0.0, 0.0, 1.0, 1.0)',
      'FN:12,20,ended',
      'FNDA:3,cubic-bezier(0.0, 0.0, 1.0, 1.0)',
      'FNF:2',
      'FNH:1',
      'BRDA:34,0,0,-',
      'BRDA:34,0,1,4',
      'BRDA:40,e1,x, y,0',
      'BRF:99',
      'DA:1,2874063630',
      'DA:2,0',
      'DA:3,1,FNsomechecksum',
      'LF:99',
      'LH:98',
      'end_of_record',
      'TN:',
      'SF:/ci/build/src/a.js',
      'BRDA:34,0,0,1',
      'DA:2,5',
      'DA:1,0',
      'end_of_record',
      'SF:/ci/build/src/b.js',
      'DA:7,1',
      'end_of_record',
      '',
    ].join('\r\n'),
    size,
  );
  expect(lines(report)).toEqual([
    [1, 2_874_063_630],
    [2, 5],
    [3, 1],
  ]);
  expect([...report.files[0]!.branches]).toEqual([
    [34, [2, 2]],
    [40, [0, 1]],
  ]);
  expect(report.counts).toEqual({ coverable: 4, covered: 4, branches: 3, branchesCovered: 2 });
  expect(report.files.map(({ path }) => path)).toEqual(['src/a.js', 'src/b.js']);
  expect(report.warnings).toEqual([]);
});

it('hits beyond 2^53 are as many as can be told, and said', async () => {
  const report = await read('SF:src/a.js\nDA:1,9007199254740991\nDA:2,18446744073709551615\nDA:3,1.2e+10\nend_of_record\n');
  expect(lines(report).map(([, hits]) => hits)).toEqual([Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER, 12_000_000_000]);
  expect(report.warnings).toEqual([{ code: 'CLAMPED', count: 1, line: 3, facts: { hits: '18446744073709551615' } }]);
});

it.each(['DA:590', 'DA', 'DA:0,0', 'DA:-3,1', 'DA:,1', 'DA:4,', 'DA:4,-1', 'DA:4,=====', 'DA:undefined,1', 'BRDA:4,0,1', 'EOF', 'WHAT:1'])(
  '%s is no record: it is left out, and said with its line',
  async (record) => {
    const report = await read(`SF:src/a.js\nDA:1,1\n${record}\nend_of_record\n`);
    expect(lines(report)).toEqual([[1, 1]]);
    expect(report.warnings).toEqual([{ code: 'BAD_RECORD', count: 1, line: 3, facts: { record } }]);
  },
);

describe('others stumbled over', () => {
  it.each(['e3ZBlmsTAEA3QwKvJLg9CA', 'FNsomechecksum', 'SFsomechecksum', 'end_of_record'])(
    'mozilla/grcov#1501: a checksum that begins like a record (%s)',
    async (checksum) => {
      const report = await read(`SF:src/a.js\nDA:1,0,${checksum}\nDA:2,1\nLH:0\nLF:1\nend_of_record\n`);
      expect(lines(report)).toEqual([
        [1, 0],
        [2, 1],
      ]);
      expect(report.warnings).toEqual([]);
    },
  );

  it('mozilla/grcov#1516: a function in line -1', async () => {
    expect((await read('SF:src/a.js\nFN:-1,curried\nFNDA:0,curried\nDA:1,1\nend_of_record\n')).warnings).toEqual([]);
  });

  it('manashmandal/litecov#59, k1LoW/octocov#734: a line told twice in one record is one, and was hit', async () => {
    expect((await read('SF:src/a.js\nDA:5,1\nDA:5,0\nDA:6,1\nend_of_record\n')).counts).toMatchObject({ coverable: 2, covered: 2 });
  });

  it('manashmandal/litecov#62: totals that the records contradict', async () => {
    expect((await read('SF:src/a.js\nDA:1,1\nDA:2,1\nDA:3,0\nLF:10\nLH:5\nend_of_record\n')).counts).toMatchObject({ coverable: 3, covered: 2 });
  });
});

it('sections without an end are read where the writer never ends one, or begins the next', async () => {
  const never = await read('SF:src/a.js\nDA:1,1\nSF:src/b.js\nDA:1,0\n');
  expect(never.counts).toMatchObject({ coverable: 2, covered: 1 });
  expect(never.warnings).toMatchObject([{ code: 'NO_END_OF_RECORD', count: 2, line: 3 }]);
  const between = await read('SF:src/a.js\nDA:1,1\nSF:src/b.js\nDA:1,0\nend_of_record\n');
  expect(between.warnings).toMatchObject([{ code: 'NO_END_OF_RECORD', count: 1 }]);
});

it.each([
  ['cut off in a section', 'SF:src/a.js\nDA:1,1\nend_of_record\nSF:src/b.js\nDA:59', { reason: 'CUT_OFF', line: 5 }],
  ['cut off in its last word', 'SF:src/a.js\nend_of_record\nSF:src/b.js\nend_of_rec', { reason: 'CUT_OFF', line: 4 }],
  ['nothing', '', { reason: 'EMPTY' }],
  ['another format', '<coverage/>\n', { reason: 'OTHER_FORMAT' }],
])('%s is refused', async (_, text, why) => {
  expect(await refusal(read(text))).toMatchObject(why);
});

it('bounds are refused by name', async () => {
  const over = (text: string): Promise<unknown> => refusal(readLcov(bytes(text), [], { ...LCOV_LIMITS, files: 1, lines: 2 }));
  expect(await over('SF:a\nSF:b\n')).toMatchObject({ reason: 'LIMIT', limit: 'files', most: 1 });
  expect(await over('SF:a\nDA:1,1\nDA:2,1\nDA:3,1\n')).toMatchObject({ reason: 'LIMIT', limit: 'lines', most: 2 });
  expect(await over(`SF:a\n${'x'.repeat(200_000)}\n`)).toMatchObject({ reason: 'LIMIT', limit: 'characters of a line', most: 100_000, line: 2 });
});
