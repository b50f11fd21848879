import { bytes, refusal } from './bytes.fixture.ts';
import { COBERTURA_LIMITS, readCobertura } from './cobertura.ts';
import type { CoverageReport } from './coverage.ts';

const PATHS = ['src/a.py', 'src/b.py', 'README.md'];
const read = (xml: string, paths = PATHS): Promise<CoverageReport> => readCobertura(bytes(xml, 50), paths);
const coverage = (classes: string, sources = '', attributes = ''): string =>
  `<?xml version="1.0"?><!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd"><coverage ${attributes}>${sources}<packages><package><classes>${classes}</classes></package></packages></coverage>`;
const file = (name: string, lines: string, methods = ''): string =>
  `<class name="C" filename="${name}" line-rate="0.99"><methods>${methods}</methods><lines>${lines}</lines></class>`;
const line = (number: number | string, hits: number | string, more = ''): string => `<line number="${number}" hits="${hits}" ${more}/>`;
const lines = (report: CoverageReport, at = 0): number[][] => [...report.files[at]!.lines];
const codes = ({ warnings }: CoverageReport): string[] => warnings.map(({ code }) => code);

it('is counted from its lines, whatever its rates say', async () => {
  const report = await read(coverage(file('src/a.py', line(1, 2) + line(2, 0) + line(3, 1)), '', 'line-rate="0.1" lines-valid="30" lines-covered="3"'));
  expect(report.counts).toEqual({ coverable: 3, covered: 2, branches: 0, branchesCovered: 0 });
  expect(report.files).toMatchObject([{ path: 'src/a.py', reported: 'src/a.py' }]);
  expect(report.warnings).toEqual([{ code: 'COUNT_DIFFERS', count: 2, line: 1, facts: { what: 'lines-valid', said: '30', found: 3 } }]);
});

it('a line told several times is one, with the most hits and branches; so is a file of several classes', async () => {
  const branch = (of: string): string => `branch="true" condition-coverage="${of}"`;
  const report = await read(
    coverage(
      file('src/a.py', line(81, 0) + line(81, 14) + line(82, 28, branch('50% (2/4)')) + line(82, 3, branch('25% (1/4)'))) +
        file('./src/a.py', line(81, 3) + line(90, 1)) +
        file('src\\a.py', line(90, 0)),
    ),
  );
  expect(lines(report)).toEqual([
    [81, 14],
    [82, 28],
    [90, 1],
  ]);
  expect([...report.files[0]!.branches]).toEqual([[82, [2, 4]]]);
  expect(report.files).toHaveLength(1);
});

it('lines of methods count where the class has none of its own, as in Swift, and never add to those', async () => {
  const method = (content: string): string => `<method name="m"><lines>${content}</lines></method>`;
  expect(lines(await read(coverage(file('src/a.py', line(1, 1) + line(2, 0), method(line(2, 5) + line(15, 8))))))).toEqual([
    [1, 1],
    [2, 5],
  ]);
  const swift = `<coverage line-rate="0.5"><packages><package><class filename="src/a.py"><methods>${method(line(5, 0))}${method(line(16, 1))}</methods></class></package></packages></coverage>`;
  expect((await read(`\uFEFF${swift}`)).counts).toMatchObject({ coverable: 2, covered: 1 });
});

it('branches that are not counted are no branches, and said', async () => {
  const report = await read(
    coverage(file('src/a.py', line(1, 2, 'branch="true"') + line(2, 1, 'branch="True" condition-coverage="100% (4/4)"') + line(3, 1, 'branch="false"'))),
  );
  expect(report.counts).toMatchObject({ coverable: 3, branches: 4, branchesCovered: 4 });
  expect(report.warnings).toMatchObject([{ code: 'CONDITIONS_MISSING', count: 1, facts: { number: 1 } }]);
});

it('what is no line is left out, and said', async () => {
  const report = await read(
    coverage(
      file('src/a.py', line(0, 1) + line('x', 1) + line(4, '-1') + line(5, '') + line(6, '1.5e3') + line(7, '99999999999999999999')) + file('', line(1, 1)),
    ),
  );
  expect(lines(report)).toEqual([
    [6, 1_500],
    [7, Number.MAX_SAFE_INTEGER],
  ]);
  expect(report.warnings).toMatchObject([
    { code: 'BAD_RECORD', count: 4 },
    { code: 'CLAMPED', count: 1 },
    { code: 'NAMELESS', count: 1 },
  ]);
});

describe('others stumbled over', () => {
  it('jenkinsci/cobertura-plugin#210: names of a Windows machine, no sources, a complexity that is no number', async () => {
    const report = await read(coverage(file(String.raw`C:\jenkins\workspace\Build\sw\Base\AlarmDto.cs`, line(13, 12)), '<sources />', 'complexity="NaN"'), [
      'sw/Base/AlarmDto.cs',
      'sw/Other/AlarmDto.cs',
    ]);
    expect(report.files).toMatchObject([{ path: 'sw/Base/AlarmDto.cs' }]);
    expect(report.warnings).toEqual([]);
  });

  it('danielpalme/ReportGenerator#115: drives as sources, names without one', async () => {
    const report = await read(
      coverage(file(String.raw`users\me\git\xml\src\xmlfilter.cpp`, line(26, 1)), '<sources><source>c:</source><source>f:</source></sources>'),
      ['xml/src/xmlfilter.cpp', 'xml/test/xmlfilter.cpp'],
    );
    expect(report.files).toMatchObject([{ path: 'xml/src/xmlfilter.cpp' }]);
  });

  it('karma-runner/karma-coverage#356: a class without lines is a file without coverable lines', async () => {
    const report = await read(
      coverage(file(String.raw`src\App.vue`, '') + file(String.raw`src\main.js`, line(4, 1)), String.raw`<sources><source>C:\repos\code</source></sources>`),
      ['src/App.vue', 'src/main.js'],
    );
    expect(report.files.map(({ path, lines: of }) => [path, of.size])).toEqual([
      ['src/App.vue', 0],
      ['src/main.js', 1],
    ]);
  });
});

it('names that the repository does not have, or twice, are kept and said, never guessed', async () => {
  const report = await read(coverage(file('gen/x.py', line(1, 1)) + file('util/c.py', line(1, 1))), ['a/util/c.py', 'b/util/c.py']);
  expect(report.files).toMatchObject([
    { path: null, reported: 'gen/x.py' },
    { path: null, reported: 'util/c.py' },
  ]);
  expect(report.counts.coverable).toBe(2);
  expect(codes(report)).toEqual(['PATH_MISSING', 'PATH_AMBIGUOUS']);
});

it.each([
  ['cut off', coverage(file('src/a.py', line(1, 1))).slice(0, -20), { reason: 'CUT_OFF' }],
  [
    'Clover, whose root is the same',
    '<coverage generated="1"><project><file name="a"><line num="1" count="1"/></file></project></coverage>',
    { reason: 'OTHER_FORMAT' },
  ],
  ['JaCoCo', '<report name="x"><package name="p"/></report>', { reason: 'OTHER_FORMAT', root: 'report' }],
  ['nothing', '', { reason: 'EMPTY' }],
])('%s is refused', async (_, xml, why) => {
  expect(await refusal(read(xml))).toMatchObject(why);
});

it('bounds are refused by name', async () => {
  const limits = { ...COBERTURA_LIMITS, files: 2, lines: 3, sources: 1 };
  const over = (xml: string): Promise<unknown> => refusal(readCobertura(bytes(xml), [], limits));
  expect(await over(coverage(['a', 'b', 'c'].map((name) => file(name, '')).join('')))).toMatchObject({ reason: 'LIMIT', limit: 'files', most: 2 });
  expect(await over(coverage(file('a', [1, 2, 3, 4].map((number) => line(number, 1)).join(''))))).toMatchObject({ reason: 'LIMIT', limit: 'lines', most: 3 });
  expect(await over(coverage('', '<sources><source>a</source><source>b</source></sources>'))).toMatchObject({ reason: 'LIMIT', limit: 'sources', most: 1 });
});

it('a report of nothing is one', async () => {
  expect(await read('<coverage><packages/></coverage>')).toEqual({
    files: [],
    counts: { coverable: 0, covered: 0, branches: 0, branchesCovered: 0 },
    warnings: [],
  });
});
