import { bytes } from './bytes.fixture.ts';
import { readCobertura } from './cobertura.ts';
import { readJUnit } from './junit.ts';
import { readLcov } from './lcov.ts';
import { patchCoverage } from './patch-coverage.ts';
import { ReportRefused } from './said.ts';

const SEED = Number(process.env['TRAINYARD_FUZZ_SEED'] ?? 20_261_130);
const EACH = 500;

/** Numbers from a seed, the same each time (mulberry32). */
function random(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * most);
  };
}

const JUNIT = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE testsuites [<!ENTITY e "x">]>
<testsuites name="r" tests="4" failures="1"><!-- made --><testsuite name="s" tests="4" file="a" time="1.5"><properties><property name="p" value="v"/></properties>
<testcase classname="C" name="a 模型" file="f" line="3" time="0.5"/><testcase name="b"><failure message="m &lt; n" type="T"><![CDATA[at <x> \u001B[31m]]></failure><system-out>o</system-out></testcase>
<testcase name="c"><flakyFailure message="once"><stackTrace>t</stackTrace></flakyFailure></testcase><testsuite name="in"><testcase name="a"><skipped/></testcase><testcase name="a"/></testsuite></testsuite></testsuites>`;
const COBERTURA = `<?xml version="1.0"?><coverage line-rate="1" lines-valid="2"><sources><source>/ws</source></sources><packages><package><classes>
<class filename="src/a.py"><methods><method name="m"><lines><line number="1" hits="1"/></lines></method></methods><lines><line number="1" hits="2" branch="true" condition-coverage="50% (1/2)"/><line number="2" hits="0"/></lines></class>
</classes></package></packages></coverage>`;
const LCOV =
  'TN:t\nSF:/ws/src/a.py\nFN:1,f(a, b)\nFNDA:1,f(a, b)\nBRDA:1,0,0,-\nBRDA:1,0,1,3\nDA:1,2\nDA:2,0\nLF:2\nend_of_record\nSF:b.py\nDA:1,1\nend_of_record\n';
const DIFF = `diff --git a/src/a.py b/src/a.py\nindex 8..b 100644\n--- a/src/a.py\n+++ b/src/a.py\n@@ -1,2 +1,3 @@ def\n import os\n-x\n+y\n+z\n\\ No newline at end of file\ndiff --git "a/\\346\\250\\241" "b/\\346\\250\\241"\nnew file mode 100644\n--- /dev/null\n+++ "b/\\346\\250\\241"\n@@ -0,0 +1 @@\n+a\n`;
const TOKENS = [
  ...[
    '<testcase',
    '<testcase name="z"/>',
    '</testsuite>',
    '<testsuite>',
    '<![CDATA[',
    ']]>',
    '<!--',
    '-->',
    '<?xml version="1.0" encoding="gbk"?>',
    '<!DOCTYPE x [',
    ']>',
    '&#27;',
    '&x;',
    '&',
    '<',
    '>',
    '"',
    "'",
    '/',
    '=',
    ']',
  ],
  ...[
    '\0',
    '\u001B',
    '\uFEFF',
    '\r',
    '\n',
    '\n\n',
    '😀',
    'DA:',
    'SF:',
    'end_of_record',
    ',',
    '-',
    '@@ -1 +1 @@',
    '+',
    '99999999999999999999',
    '-1',
    '1e308',
    '\\',
    '__proto__',
    'constructor',
  ],
].map((token) => Buffer.from(token));

function mutated(content: string, pick: (most: number) => number): Buffer {
  let bytes: Buffer = Buffer.from(content);
  for (let times = 1 + pick(4); times > 0; times--) {
    const [at, length] = [pick(bytes.length + 1), pick(40)];
    const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
    const ways = [
      () => [before, after],
      () => [before, part, part, part, after],
      () => [before, TOKENS[pick(TOKENS.length)]!, bytes.subarray(at)],
      () => [before, Buffer.from([pick(256)]), bytes.subarray(at + 1)],
      () => [before],
      () => [before, Buffer.from(part).reverse(), after],
      () => [after, part, before],
    ];
    bytes = Buffer.concat(ways[pick(ways.length)]!());
  }
  return bytes;
}

const occurrences = (content: Buffer, word: string): number =>
  Buffer.from(content.filter((byte) => byte !== 0))
    .toString('latin1')
    .split(word).length - 1;

it.each([
  [
    'JUnit',
    JUNIT,
    async (content: Buffer, size: number) => {
      const report = await readJUnit(bytes(content, size));
      expect(report.cases.reduce((sum, { attempts }) => sum + attempts, 0)).toBeLessThanOrEqual(occurrences(content, 'testcase'));
      expect(report.counts.total).toBe(report.cases.length);
      const { total, ...by } = report.counts;
      expect(Object.values(by).reduce((a, b) => a + b)).toBe(total);
      expect(JSON.stringify(report)).not.toContain('\\u0000');
    },
  ],
  [
    'Cobertura',
    COBERTURA,
    async (content: Buffer, size: number) => {
      const { counts } = await readCobertura(bytes(content, size), ['src/a.py']);
      expect(counts.coverable).toBeLessThanOrEqual(occurrences(content, 'line'));
      expect(counts.covered).toBeLessThanOrEqual(counts.coverable);
      expect(counts.branchesCovered).toBeLessThanOrEqual(counts.branches);
    },
  ],
  [
    'LCOV',
    LCOV,
    async (content: Buffer, size: number) => {
      const { counts } = await readLcov(bytes(content, size), ['src/a.py', 'b.py']);
      expect(counts.coverable).toBeLessThanOrEqual(occurrences(content, 'DA'));
      expect(counts.covered).toBeLessThanOrEqual(counts.coverable);
    },
  ],
  [
    'a diff',
    DIFF,
    async (content: Buffer) => {
      await Promise.resolve();
      const { counts } = patchCoverage(content.toString(), [{ path: 'src/a.py', reported: '', lines: new Map([[2, 1]]), branches: new Map() }]);
      expect(counts.added).toBeLessThanOrEqual(occurrences(content, '+'));
      expect(counts.coverable + counts.unknown).toBeLessThanOrEqual(counts.added);
    },
  ],
])(`${EACH} mutants of %s are read or refused, and hold no more than they have (seed ${SEED})`, async (_, content, read) => {
  const pick = random(SEED);
  let refused = 0;
  for (let i = 0; i < EACH; i++) {
    const mutant = mutated(content, pick);
    const began = process.cpuUsage();
    try {
      await read(mutant, 1 + pick(200));
    } catch (error) {
      if (!(error instanceof ReportRefused)) throw new Error(`Mutant ${i}: ${JSON.stringify(mutant.toString('latin1'))}`, { cause: error });
      refused++;
    }
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(2);
  }
  // A fuzzer whose every mutant is refused, or none, tries nothing.
  expect(refused).toBeGreaterThan(EACH / 20);
  expect(refused).toBeLessThan(EACH);
});
