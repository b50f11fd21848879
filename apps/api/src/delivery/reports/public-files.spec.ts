import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { refusal } from './bytes.fixture.ts';
import { readCobertura } from './cobertura.ts';
import { readJUnit, type TestReport } from './junit.ts';
import { readLcov } from './lcov.ts';

const folder = fileURLToPath(new URL('../../../../../../shared/data/', import.meta.url));
const there = existsSync(join(folder, 'junit')) && existsSync(join(folder, 'coverage')) ? it : it.skip;
const test = (name: string, run: () => Promise<void>): void => there(`${name} (skipped where ../shared/data is absent)`, run);

const junit = (name: string): Promise<TestReport> => readJUnit(createReadStream(join(folder, 'junit', name)));
const coverage = (name: string): AsyncIterable<Uint8Array> => createReadStream(join(folder, 'coverage', name));
const counts = (PASSED: number, FAILED = 0, ERRORED = 0, SKIPPED = 0, FLAKY = 0): object => ({
  total: PASSED + FAILED + ERRORED + SKIPPED + FLAKY,
  PASSED,
  FAILED,
  ERRORED,
  SKIPPED,
  FLAKY,
});

for (const [name, expected, warnings] of [
  ['dorny.phpunit.xml', counts(10, 2), []],
  ['enricomi.junit.multiresult.xml', counts(1, 1, 1, 1), []],
  ['enricomi.no-cases-but-tests.xml', counts(0), ['COUNT_DIFFERS', 'NO_CASES']],
  ['enricomi.testsuite-in-testsuite.xml', counts(5), []],
  ['gotestsum.testdata.junitxml-report.golden', counts(42, 13, 0, 5), ['COUNT_DIFFERS']],
  ['jenkins.TEST-io.olamy.FlakyTest.xml', counts(0, 0, 0, 0, 1), ['COUNT_DIFFERS']],
  ['jenkins.junit-report-bad-duration.xml', counts(1), ['BAD_DURATION', 'SAME_CASE', 'COUNT_DIFFERS']],
  ['jenkins.junit-report-testsuite-various-timestamps.xml', counts(12), ['COUNT_DIFFERS']],
  ['mikepenz.result.xml', counts(1), []],
  ['mikepenz.surefire-report.xml', counts(0, 0, 0, 0, 1), []],
] as const)
  test(`junit/${name}`, async () => {
    const report = await junit(name);
    expect(report.counts).toEqual(expected);
    expect(report.warnings.map(({ code }) => code)).toEqual(warnings);
  });

test('junit: what they hold', async () => {
  expect((await junit('enricomi.no-cases-but-tests.xml')).said).toEqual({ tests: 6, failed: 1, errored: 0, skipped: 2 });
  expect((await junit('enricomi.testsuite-in-testsuite.xml')).cases[2]).toMatchObject({
    suite: ['Project Test Suite', 'TestSuite2', 'TestSuite2.1'],
    name: 'TestCase3',
  });
  expect((await junit('mikepenz.result.xml')).cases[0]!.seconds).toBe(4.50611114501953e-5);
  expect((await junit('jenkins.junit-report-bad-duration.xml')).cases).toMatchObject([{ seconds: 100, attempts: 2 }]);
  expect((await junit('mikepenz.surefire-report.xml')).cases[0]!.detail!.text).toMatch(/^java\.lang\.AssertionError:[^]*ArrayList\.java:1596\)$/);
  // The suite says 3 tests and 2 failures: surefire counts the attempts.
  expect(await junit('jenkins.TEST-io.olamy.FlakyTest.xml')).toMatchObject({ said: { tests: 3, failed: 2 }, cases: [{ outcome: 'FLAKY' }] });
});

test('junit: what is refused', async () => {
  expect(await refusal(junit('enricomi.corrupt-xml.xml'))).toMatchObject({ reason: 'CUT_OFF', line: 11 });
  expect(await refusal(junit('jenkins.testXxe-xxe.xml'))).toMatchObject({ reason: 'OTHER_FORMAT', root: 'r' });
});

test('coverage: Cobertura', async () => {
  const twice = await readCobertura(coverage('covmodel.cobertura-duplicate-lines.xml'), ['path/to/foobar.cc']);
  expect([...twice.files[0]!.lines].filter(([number]) => number === 81 || number === 84)).toEqual([
    [81, 14],
    [84, 0],
  ]);
  expect(twice.files[0]!.branches.get(82)).toEqual([2, 4]);
  const conditions = await readCobertura(coverage('covmodel.cobertura-missing-condition-coverage.xml'), ['src/VisualOn.Core/Data/DataSourceProvider.cs']);
  expect(conditions.warnings.map(({ code }) => code)).toContain('CONDITIONS_MISSING');
  const sources = await readCobertura(coverage('covmodel.coverage-missing-sources.xml'), ['web/src/args.ts', 'web/src/colors.ts']);
  // As its writer counts, who counts no declarations of functions.
  expect(sources.counts).toMatchObject({ coverable: 29, covered: 27 });
  expect(sources.files.map(({ path }) => path)).toEqual(['web/src/args.ts', null, 'web/src/colors.ts', null]);
  const swift = await readCobertura(coverage('reportgen.Cobertura_Swift.xml'), ['ios/test_folder/firstTest.swift']);
  expect(swift).toMatchObject({ counts: { coverable: 2, covered: 1 }, files: [{ path: 'ios/test_folder/firstTest.swift' }] });
});

test('coverage: LCOV', async () => {
  const large = await readLcov(coverage('covmodel.large-hit-counts.lcov'), []);
  expect([...large.files[0]!.lines]).toEqual([
    [1, 2_874_063_630],
    [2, 0],
  ]);
  expect(large.warnings).toMatchObject([{ code: 'BAD_RECORD', count: 1, line: 8, facts: { record: 'EOF' } }, { code: 'PATH_MISSING' }]);
  const commas = await readLcov(coverage('grcov.prova_fn_with_commas.info'), ['aFile.js']);
  expect(commas).toMatchObject({ counts: { coverable: 57, covered: 27, branches: 20, branchesCovered: 3 }, warnings: [] });
  // Its last record is "DA:590", within a section that never ends.
  expect(await refusal(readLcov(coverage('grcov.invalid_DA_record.info'), []))).toMatchObject({ reason: 'CUT_OFF' });
});
