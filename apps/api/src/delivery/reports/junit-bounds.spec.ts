import { bytes, made, refusal } from './bytes.fixture.ts';
import { JUNIT_LIMITS, readJUnit } from './junit.ts';

const MEBIBYTE = 2 ** 20;

function* repeated(before: string, part: string, times: number, after: string): Generator<string> {
  yield before;
  for (let i = 0; i < times; i++) yield part;
  yield after;
}

describe('bounds, each refused by its name and value', () => {
  const { cases, depth, attributes, suites } = JUNIT_LIMITS;
  const thousand = '<testcase name="a"/>'.repeat(1_000);
  it.each([
    ['bytes', repeated('<testsuite>', ' '.repeat(MEBIBYTE), 50, '</testsuite>'), 'bytes', JUNIT_LIMITS.bytes],
    ['cases', repeated('<testsuite>', thousand, cases / 1_000, '<testcase name="one more"/></testsuite>'), 'cases', cases],
    ['suites', repeated('<testsuites>', '<testsuite/>'.repeat(1_000), suites / 1_000, '<testsuite/></testsuites>'), 'suites', suites],
    ['depth', ['<testsuite>'.repeat(depth + 1)], 'elements within one another', depth],
    ['depth without an end', repeated('', '<x>'.repeat(1_000), 1_000, ''), 'elements within one another', depth],
    ['attributes', [`<testsuite ${Array.from({ length: attributes + 1 }, (_, i) => `a${i}=""`).join(' ')}/>`], 'attributes of one element', attributes],
  ])('%s', async (_, body, limit, most) => {
    expect(await refusal(readJUnit(made(body)))).toMatchObject({ reason: 'LIMIT', limit, most });
  });

  it('what is at its bound is read', async () => {
    const report = await readJUnit(made(repeated('<testsuite tests="200000">', thousand, cases / 1_000, '</testsuite>')));
    expect(report.cases).toMatchObject([{ name: 'a', attempts: cases }]);
    expect(report.said).toEqual({ tests: cases });
  });
});

describe('hostile document types', () => {
  it('a bomb of entities stays as small as it came', async () => {
    const levels = Array.from({ length: 12 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('');
    const report = await readJUnit(
      bytes(
        `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">${levels}]><testsuite name="&l12;"><testcase name="a"><failure>&l12;</failure></testcase></testsuite>`,
      ),
    );
    expect(report.cases).toMatchObject([{ suite: ['&l12;'], name: 'a', outcome: 'FAILED', detail: { text: '&l12;' } }]);
    expect(report.warnings).toMatchObject([
      { code: 'ENTITY_DECLARED', count: 1 },
      { code: 'ENTITY_NOT_EXPANDED', count: 2 },
    ]);
  });

  it.each(['file:///etc/hostname', 'http://127.0.0.1:9/x', 'https://example.com/x'])('nothing is fetched from %s', async (address) => {
    const report = await readJUnit(
      bytes(
        `<!DOCTYPE testsuite [<!ENTITY % p SYSTEM "${address}">%p;<!ENTITY x SYSTEM "${address}">]><testsuite name="s"><testcase name="&x;"><failure message="&x;">&x;</failure></testcase></testsuite>`,
      ),
    );
    expect(report.cases).toMatchObject([{ name: '&x;', detail: { message: '&x;', text: '&x;' } }]);
    expect(report.warnings.map(({ code }) => code)).toEqual(['ENTITY_DECLARED', 'ENTITY_NOT_EXPANDED']);
  });
});

/** What the heap holds after a body that was made while it was read. */
async function grown(body: Iterable<string>): Promise<{ report: Awaited<ReturnType<typeof readJUnit>>; most: number }> {
  const before = process.memoryUsage().heapUsed;
  let most = 0;
  const report = await readJUnit(
    (async function* () {
      for await (const part of made(body)) {
        most = Math.max(most, process.memoryUsage().heapUsed - before);
        yield part;
      }
    })(),
  );
  return { report, most: most / MEBIBYTE };
}

describe('25 MB', () => {
  const parts = Array.from({ length: 25 }, (_, i) => `${'x'.repeat(MEBIBYTE - 20)} line ${i}\n`);

  it('of output in one section are let go of as they come', async () => {
    const { report, most } = await grown([
      '<testsuite name="s"><testcase name="a"><system-out><![CDATA[',
      ...parts,
      ']]></system-out></testcase><system-err>',
      ...parts.slice(1),
      '</system-err></testsuite>',
    ]);
    expect(report.cases).toMatchObject([{ name: 'a', outcome: 'PASSED' }]);
    expect(most).toBeLessThan(100);
  });

  it('of text in one failure are kept to the bound, and the rest counted', async () => {
    const { report } = await grown(['<testsuite name="s"><testcase name="a"><failure>', ...parts, '</failure></testcase></testsuite>']);
    const { text, textCut } = report.cases[0]!.detail!;
    expect(text).toHaveLength(JUNIT_LIMITS.text);
    expect(text!.length + textCut).toBe(parts.join('').length);
  });

  it.each([
    ['brackets', '<![CDATA[', ']x', ']]>'],
    ['references', '', '&lt;', ''],
    ['line ends of Windows', '', 'x\r\n', ''],
    ['control characters', '', '\u0001', ''],
  ])('of %s, each of which is a piece of its own to the reader, are read in order of their length', async (_, before, part, after) => {
    const began = process.cpuUsage();
    const many = part.repeat(MEBIBYTE / part.length);
    const { report } = await grown([
      '<testsuite name="s"><testcase name="a"><failure>',
      before,
      ...Array.from({ length: 10 }, () => many),
      after,
      '</failure></testcase></testsuite>',
    ]);
    expect(report.cases[0]!.detail!.textCut).toBeGreaterThan(2 * MEBIBYTE);
    // Of the processor's, whatever else the machine does; quadratic it would be minutes.
    expect(process.cpuUsage(began).user / 1e6).toBeLessThan(20);
  });

  it('of attributes, of which one is that long', async () => {
    const { report } = await grown(['<testsuite name="s"><testcase name="a"><failure message="', ...parts, '"/></testcase></testsuite>']);
    expect(report.cases[0]!.detail!.messageCut).toBeGreaterThan(24 * MEBIBYTE);
  });
});
