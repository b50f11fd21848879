import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sumResults } from './results.ts';

const suite = (name: string, status: string, tests: [string, string][]) => ({
  name: `/x/${name}`,
  status,
  assertionResults: tests.map(([fullName, result]) => ({ fullName, status: result })),
});

describe('the count at the end of npm test', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'trainyard-results-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, passed: number, failed: number, testResults: object[]): void =>
    writeFileSync(join(folder, `${name}.json`), JSON.stringify({ numPassedTests: passed, numFailedTests: failed, testResults }));

  it('sums all projects and names what failed', () => {
    write('a', 2, 0, [
      suite('one.spec.ts', 'passed', [
        ['x', 'passed'],
        ['y', 'passed'],
      ]),
    ]);
    write('b', 1, 1, [
      suite('two.spec.ts', 'failed', [
        ['p', 'passed'],
        ['q', 'failed'],
      ]),
    ]);
    expect(sumResults(folder, ['a', 'b'])).toEqual({ passed: 3, failed: 1, failures: ['two.spec.ts: q'] });
  });

  it('counts a file that does not load', () => {
    write('a', 1, 0, [suite('one.spec.ts', 'passed', [['x', 'passed']]), suite('broken.spec.ts', 'failed', [])]);
    expect(sumResults(folder, ['a'])).toEqual({ passed: 1, failed: 1, failures: ['broken.spec.ts: the file could not be run'] });
  });

  it('counts a project whose tests did not run, or that has none', () => {
    write('empty', 0, 0, []);
    expect(sumResults(folder, ['empty', 'missing']).failures).toEqual(['missing: its tests did not run', 'empty: no test ran']);
  });

  it('counts a spec file that nobody ran', () => {
    write('a', 1, 0, [suite('src/one.spec.ts', 'passed', [['x', 'passed']])]);
    expect(sumResults(folder, ['a'], ['src/one.spec.ts', 'src/two.spec.ts']).failures).toEqual(['src/two.spec.ts: was not run']);
  });
});
