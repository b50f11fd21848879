import { bytes, refusal } from './bytes.fixture.ts';
import { JUNIT_LIMITS, readJUnit, type TestReport } from './junit.ts';
import type { TestCase } from './junit-cases.ts';

const read = (xml: string, size?: number): Promise<TestReport> => readJUnit(bytes(xml, size));
const suite = (cases: string, attributes = 'name="s"'): string => `<testsuite ${attributes}>${cases}</testsuite>`;
const outcomes = ({ cases }: TestReport): string[] => cases.map(({ name, outcome }) => `${name} ${outcome}`);
const codes = ({ warnings }: TestReport): string[] => warnings.map(({ code }) => code);
const only = async (xml: string): Promise<TestCase> => {
  const { cases } = await read(xml);
  expect(cases).toHaveLength(1);
  return cases[0]!;
};

describe('shapes', () => {
  it.each([1, 5, 64_000])('a whole report, in chunks of %i bytes', async (size) => {
    const report = await read(
      `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="run 7" tests="5" failures="1" errors="1" skipped="1" time="4.5">
  <testsuite name="outer" tests="5" file="tests/outer.py" time="4.5">
    <properties><property name="secret" value="x"/></properties>
    <testsuite name="inner" tests="2" failures="1">
      <testcase classname="pkg.A" name="adds" file="a.py" line="12" time="1.5"/>
      <testcase classname="pkg.A" name="breaks 模型" time="2">
        <failure message="1 &lt; 2 &amp; more" type="AssertionError"><![CDATA[at <a.py:12>]]> and &#x27;on&#x27;</failure>
        <system-out>ignored <b>output</b></system-out>
      </testcase>
    </testsuite>
    <testcase classname="pkg.B" name="errs" time="0.25"><error message="no"/></testcase>
    <testcase classname="pkg.B" name="skips"><skipped message="later"/></testcase>
    <testcase name="bare" time="0"></testcase>
  </testsuite>
</testsuites>`,
      size,
    );
    const none = { message: null, messageCut: 0, text: null, textCut: 0 };
    expect(report).toEqual({
      suites: [
        { path: ['outer', 'inner'], seconds: null, found: { tests: 2, failed: 1, errored: 0, skipped: 0 }, said: { tests: 2, failed: 1 } },
        { path: ['outer'], seconds: 4.5, found: { tests: 5, failed: 1, errored: 1, skipped: 1 }, said: { tests: 5 } },
      ],
      cases: [
        { suite: ['outer', 'inner'], className: 'pkg.A', name: 'adds', file: 'a.py', line: 12, seconds: 1.5, outcome: 'PASSED', detail: null, attempts: 1 },
        {
          suite: ['outer', 'inner'],
          className: 'pkg.A',
          name: 'breaks 模型',
          file: null,
          line: null,
          seconds: 2,
          outcome: 'FAILED',
          detail: { message: '1 < 2 & more', messageCut: 0, text: "at <a.py:12> and 'on'", textCut: 0 },
          attempts: 1,
        },
        {
          suite: ['outer'],
          className: 'pkg.B',
          name: 'errs',
          file: null,
          line: null,
          seconds: 0.25,
          outcome: 'ERRORED',
          detail: { ...none, message: 'no' },
          attempts: 1,
        },
        {
          suite: ['outer'],
          className: 'pkg.B',
          name: 'skips',
          file: null,
          line: null,
          seconds: null,
          outcome: 'SKIPPED',
          detail: { ...none, message: 'later' },
          attempts: 1,
        },
        { suite: ['outer'], className: null, name: 'bare', file: null, line: null, seconds: 0, outcome: 'PASSED', detail: null, attempts: 1 },
      ],
      counts: { total: 5, PASSED: 2, FAILED: 1, ERRORED: 1, SKIPPED: 1, FLAKY: 0 },
      said: { tests: 5, failed: 1, errored: 1, skipped: 1 },
      warnings: [],
    });
  });

  it('one suite as the root, cases without a suite, prefixes, a wrapper, several roots', async () => {
    expect(outcomes(await read(suite('<testcase name="a"/>')))).toEqual(['a PASSED']);
    expect(outcomes(await read('<testsuites><testcase name="a"/></testsuites>'))).toEqual(['a PASSED']);
    expect(outcomes(await read('<testcase name="a"><failure/></testcase>'))).toEqual(['a FAILED']);
    expect(outcomes(await read('<j:testsuite xmlns:j="urn:j" name="s"><j:testcase name="a"><j:error/></j:testcase></j:testsuite>'))).toEqual(['a ERRORED']);
    expect(outcomes(await read(`<report>${suite('<testcase name="a"/>')}</report>`))).toEqual(['a PASSED']);
    const several = await read(`<?xml version="1.0"?>${suite('<testcase name="a"/>')}\n<?xml version="1.0"?>\n${suite('<testcase name="b"/>', 'name="t"')}`);
    expect(outcomes(several)).toEqual(['a PASSED', 'b PASSED']);
    expect(codes(several)).toContain('SEVERAL_ROOTS');
  });

  it('GoogleTest and CTest say in attributes alone what was not run', async () => {
    const report = await read(
      suite(
        `<testcase name="runs" status="run" result="completed"/><testcase name="off" status="notrun" result="suppressed"/><testcase name="jumps" status="run" result="skipped"/>
         <testcase name="fails" status="fail"/><testcase name="disabled" status="disabled"><skipped message="Disabled"/></testcase><testcase name="odd" status="C (78)"/>`,
        'name="s" tests="6" failures="1" skipped="2" disabled="1"',
      ),
    );
    expect(outcomes(report)).toEqual(['runs PASSED', 'off SKIPPED', 'jumps SKIPPED', 'fails FAILED', 'disabled SKIPPED', 'odd PASSED']);
    expect(report.warnings).toEqual([]);
  });

  it('of several results in one case the worst holds, with what it says first', async () => {
    const one = await only(suite('<testcase name="a"><skipped/><failure message="first"/><failure message="second"/><error message="teardown"/></testcase>'));
    expect(one).toMatchObject({ outcome: 'ERRORED', detail: { message: 'teardown' } });
    expect(await only(suite('<testcase name="a"><failure message="first"/><failure message="second"/></testcase>'))).toMatchObject({
      detail: { message: 'first' },
    });
  });

  it('what a file counts itself is never believed, and said where it differs', async () => {
    const report = await read(suite('<testcase name="a"/>', 'name="s" tests="3" failures="2" errors="0"'));
    expect(report.counts).toMatchObject({ total: 1, PASSED: 1, FAILED: 0 });
    expect(report.said).toEqual({ tests: 3, failed: 2, errored: 0 });
    expect(report.warnings).toEqual([{ code: 'COUNT_DIFFERS', count: 2, line: 1, facts: { suite: 's', what: 'tests', said: 3, found: 1 } }]);
    // Some count errors among failures, some of nested suites nothing.
    expect((await read(suite('<testcase name="a"><error/></testcase>', 'name="s" tests="1" failures="1"'))).warnings).toEqual([]);
    expect((await read(suite(suite('<testcase name="a"/>'), 'name="o" tests="0"'))).warnings).toEqual([]);
  });

  it('counts without cases are told, as nothing else of it is', async () => {
    const report = await read('<testsuites><testsuite name="s" tests="6" failures="1" skipped="2"/></testsuites>');
    expect(report).toMatchObject({ cases: [], counts: { total: 0 }, said: { tests: 6, failed: 1, skipped: 2 } });
    expect(codes(report)).toEqual(['COUNT_DIFFERS', 'NO_CASES']);
    expect(codes(await read('<testsuites/>'))).toEqual(['NO_CASES']);
  });
});

describe('durations', () => {
  it.each([
    ['4.50611114501953e-05', 4.50611114501953e-5],
    ['0', 0],
    ['.5', 0.5],
    ['1,024.12', 1_024.12],
    ['2,120,000.5', 2_120_000.5],
    ['0,125', 0.125],
    ['3,5', 3.5],
  ])('%s is %d seconds', async (time, seconds) => {
    const report = await read(suite(`<testcase name="a" time="${time}"/>`));
    expect(report.cases[0]!.seconds).toBe(seconds);
    expect(report.warnings).toEqual([]);
  });

  it.each(['-345345', '1,234', '12ms', 'NaN', 'Infinity', '1695231119', '0x10', '1 2'])('%s is none, and said', async (time) => {
    const report = await read(suite(`<testcase name="a" time="${time}"/>`));
    expect(report.cases[0]!.seconds).toBeNull();
    expect(report.warnings).toEqual([{ code: 'BAD_DURATION', count: 1, line: 1, facts: { time } }]);
  });

  it('none at all is no fault', async () => {
    const report = await read(suite('<testcase name="a" time=""/><testcase name="b"/>'));
    expect(report.cases.map(({ seconds }) => seconds)).toEqual([null, null]);
    expect(report.warnings).toEqual([]);
  });
});

describe('flaky', () => {
  it("surefire's flaky elements: passed in the end; with a failure beside, not", async () => {
    const flaky = `<flakyFailure message="once" type="E"><stackTrace><![CDATA[at A.java:3]]></stackTrace><system-err>no</system-err></flakyFailure>`;
    expect(await only(suite(`<testcase name="a" time="0.5">${flaky}<flakyError message="twice"/></testcase>`))).toMatchObject({
      outcome: 'FLAKY',
      detail: { message: 'once', text: 'at A.java:3' },
    });
    expect(await only(suite(`<testcase name="a"><failure message="last"/><rerunFailure message="again"/></testcase>`))).toMatchObject({
      outcome: 'FAILED',
      detail: { message: 'last' },
    });
    expect(await only(suite(`<testcase name="a">${flaky}<skipped message="gave up"/></testcase>`))).toMatchObject({ outcome: 'SKIPPED' });
  });

  const [pass, fail, error] = ['/>', '><failure message="bad"/></testcase>', '><error/></testcase>'].map(
    (end) => `<testcase name="a" classname="C" time="1"${end}`,
  );
  it.each([
    ['failed, then passed', [fail, pass], 'FLAKY'],
    ['failed twice in two ways, then passed', [fail, error, pass], 'FLAKY'],
    ['passed, then failed: no retry follows a pass', [pass, fail], 'FAILED'],
    ['failed, passed, passed: cases of one name', [fail, pass, pass], 'FAILED'],
    ['failed, passed, failed', [fail, pass, fail], 'FAILED'],
    ['passed, then an error while tearing down', [pass, error], 'ERRORED'],
    ['passed twice', [pass, pass], 'PASSED'],
  ])('%s', async (_, elements, outcome) => {
    const report = await read(suite(elements.join('')));
    expect(report.cases).toHaveLength(1);
    expect(report.cases[0]).toMatchObject({ outcome, attempts: elements.length, seconds: elements.length });
    expect(codes(report)).not.toEqual([]);
  });

  it('another line, class, file or suite is another case or no retry', async () => {
    const failed = '<testcase name="a" classname="C" file="f" line="5"><failure/></testcase>';
    const differing = [
      '<testcase name="a" classname="D" file="f"/>',
      '<testcase name="a" classname="C" file="g"/>',
      '<testcase name="b" classname="C" file="f"/>',
    ];
    for (const other of differing) expect((await read(suite(failed + other))).counts).toMatchObject({ total: 2, FAILED: 1, PASSED: 1 });
    expect((await read(suite(`${failed}<testcase name="a" classname="C" file="f" line="9"/>`))).counts).toMatchObject({ total: 1, FAILED: 1, FLAKY: 0 });
    // Two browsers, each with a suite of that name.
    const [chromium, firefox] = [failed, failed.replace('><failure/></testcase>', '/>')].map((one, i) => suite(one, `name="s" hostname="h${i}"`));
    expect((await read(`<testsuites>${chromium}${firefox}</testsuites>`)).counts).toMatchObject({ total: 1, FAILED: 1, FLAKY: 0 });
  });
});

describe('what is not quite XML', () => {
  it('is read with a warning where all of it is there', async () => {
    const esc = await read(suite('<testcase name="a">\n<failure><![CDATA[\u001B[31mred\u001B[0m]]></failure></testcase>'));
    expect(esc.cases[0]!.detail!.text).toBe('\u001B[31mred\u001B[0m');
    expect(esc.warnings).toEqual([{ code: 'ILLEGAL_CHARACTER', count: 2, line: 2, facts: { character: 'U+001B' } }]);
    const reference = await read(suite('<testcase name="a"><failure message="&#27;[31m&#0;"/></testcase>'));
    expect(reference.cases[0]!.detail!.message).toBe('&#27;[31m&#0;');
    expect(reference.warnings).toMatchObject([{ code: 'CHARACTER_REFERENCE', count: 2 }]);
    const zero = await read(suite('<testcase name="a\0b\uFFFF"/>'));
    expect(zero.cases[0]!.name).toBe('a\uFFFDb\uFFFF');
    const before = await read(`Running tests...\n<?xml version="1.0" encoding="UTF-8"?>\n${suite('<testcase name="a"/>')}\nDone.`);
    expect(outcomes(before)).toEqual(['a PASSED']);
    expect(before.warnings).toMatchObject([
      { code: 'TEXT_OUTSIDE', count: 2, line: 2 },
      { code: 'DECLARATION', count: 1, line: 2 },
    ]);
    expect(codes(await read(`\n<?xml version="1.0"?>${suite('<testcase name="a"/>')}`))).toEqual(['DECLARATION']);
    const loose = await read(`<!-- a -- b -->${suite('<testcase name="a"time="1" time="2"><failure>x ]]> y</failure></testcase>')}`);
    expect(loose.cases[0]).toMatchObject({ seconds: 2, detail: { text: 'x ]]> y' } });
    expect(codes(loose)).toEqual(['LOOSE_MARKUP', 'DUPLICATE_ATTRIBUTE']);
    const html = await read(suite('<testcase name="a&nbsp;b"/>'));
    expect(html.cases[0]!.name).toBe('a&nbsp;b');
    expect(codes(html)).toEqual(['ENTITY_NOT_EXPANDED']);
  });

  it.each([
    ['cut off within a case', suite('\n<testcase name="a"/>\n').slice(0, -4), { reason: 'CUT_OFF', line: 3 }],
    ['cut off within a tag', '<testsuites>\n<testsuite name="s"', { reason: 'CUT_OFF', line: 2 }],
    ['cut off within CDATA', '<testsuite name="s"><testcase name="a"><failure><![CDATA[x', { reason: 'CUT_OFF', line: 1 }],
    ['a tag closed that is not open', `<testsuites>\n${suite('</testcase>')}</testsuites>`, { reason: 'MALFORMED', line: 2 }],
    ['tags across one another', '<testsuite name="s"><testcase name="a"></testsuite></testcase>', { reason: 'MALFORMED' }],
    ['a bare ampersand, which takes all up to the next semicolon', suite('<testcase name="a & b"/><testcase name="c;"/>'), { reason: 'MALFORMED' }],
    ['a bare < in an attribute, which would be lost', suite('\n<testcase name="a < b"/>'), { reason: 'MALFORMED', line: 2 }],
    ['an attribute without quotes', suite('<testcase name=a/>'), { reason: 'MALFORMED' }],
    ['nothing', '', { reason: 'EMPTY' }],
    ['blanks', ' \n', { reason: 'EMPTY' }],
    ['words', 'no tests were run', { reason: 'EMPTY' }],
    ['NUnit', '<test-run id="2"><test-suite><test-case name="a" result="Passed"/></test-suite></test-run>', { reason: 'OTHER_FORMAT', root: 'test-run' }],
    ['xUnit.net', '<assemblies><assembly><collection><test name="a" result="Fail"/></collection></assembly></assemblies>', { reason: 'OTHER_FORMAT' }],
    ['an HTML page of an error', '<html><body>502</body></html>', { reason: 'OTHER_FORMAT', root: 'html' }],
    [
      'two documents of two encodings',
      `<?xml version="1.0" encoding="ISO-8859-1"?>${suite('')}\n<?xml version="1.0" encoding="UTF-8"?>${suite('')}`,
      { reason: 'ENCODING', line: 2 },
    ],
  ])('%s is refused', async (_, xml, why) => {
    expect(await refusal(read(xml))).toMatchObject(why);
  });

  it('both orders of UTF-16 are read', async () => {
    const xml = Buffer.from(`\uFEFF<?xml version="1.0" encoding="UTF-16"?>${suite('<testcase name="模型"/>')}`, 'utf16le');
    for (const content of [xml, Buffer.from(xml).swap16()]) expect(outcomes(await readJUnit(bytes(content, 7)))).toEqual(['模型 PASSED']);
  });
});

describe('names and texts', () => {
  it('are cut to their bound with how much, and two long names stay two', async () => {
    const long = 'n'.repeat(5_000);
    const report = await readJUnit(
      bytes(suite(`<testcase name="${long}1"><failure message="${'m'.repeat(50)}">${' t'.repeat(100)}</failure></testcase><testcase name="${long}2"/>`)),
      { ...JUNIT_LIMITS, message: 20, text: 30 },
    );
    expect(report.counts.total).toBe(2);
    expect(report.cases.map(({ name }) => name.length)).toEqual([2_000, 2_000]);
    expect(report.cases[0]!.detail).toEqual({ message: 'm'.repeat(20), messageCut: 30, text: 't '.repeat(15).slice(0, 30), textCut: 169 });
    expect(codes(report)).toEqual(['TEXT_CUT', 'NAME_CUT']);
  });

  it('of all texts together no more is kept than the bound, and all outcomes are', async () => {
    const cases = Array.from({ length: 10 }, (_, i) => `<testcase name="${i}"><failure>${'x'.repeat(40)}</failure></testcase>`).join('');
    const report = await readJUnit(bytes(suite(cases)), { ...JUNIT_LIMITS, kept: 100 });
    expect(report.counts).toMatchObject({ total: 10, FAILED: 10 });
    expect(report.cases.map(({ detail }) => detail!.text?.length ?? 0)).toEqual([40, 40, 20, 0, 0, 0, 0, 0, 0, 0]);
    expect(report.cases.map(({ detail }) => detail!.textCut)).toEqual([0, 0, 20, 40, 40, 40, 40, 40, 40, 40]);
  });
});
