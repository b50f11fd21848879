import { bytes } from './bytes.fixture.ts';
import { readJUnit, type TestReport } from './junit.ts';

const read = (xml: string): Promise<TestReport> => readJUnit(bytes(xml));
const outcomes = ({ cases }: TestReport): string[] => cases.map(({ className, name, outcome }) => `${className ?? ''} ${name} ${outcome}`.trim());

/** Reports that other readers got wrong, made anew with the same traits. */
describe('reports that others stumbled over', () => {
  it('apache/maven-surefire#2707: seconds with thousands grouped by commas', async () => {
    const report = await read('<testsuite name="s" time="2,120.532" tests="1"><testcase name="slow" time="1,024.12"/></testsuite>');
    expect(report.suites[0]!.seconds).toBe(2_120.532);
    expect(report.cases[0]!.seconds).toBe(1_024.12);
  });

  it('apache/maven-surefire#2961: U+FFFE in a section of output or failure', async () => {
    const report = await read('<testsuite name="s"><testcase name="parses"><failure><![CDATA[got \uFFFE here]]></failure></testcase></testsuite>');
    expect(report.cases[0]).toMatchObject({ outcome: 'FAILED', detail: { text: 'got \uFFFE here' } });
    expect(report.warnings).toMatchObject([{ code: 'ILLEGAL_CHARACTER', facts: { character: 'U+FFFE' } }]);
  });

  it('mikepenz/action-junit-report#943: a reference to a control character', async () => {
    const report = await read('<testsuite name="scan"><testcase name="found"><failure message="header &#x1f; body"/></testcase></testsuite>');
    expect(report.cases[0]).toMatchObject({ outcome: 'FAILED', detail: { message: 'header &#x1f; body' } });
  });

  it('mikepenz/action-junit-report#1463: two classes with a test of one name are no retry of one another', async () => {
    const report = await read(
      `<testsuite name="pytest"><testcase classname="test.test_shop.TestCart" file="test/test_shop.py" line="391" name="test_get" time="0.085"><failure message="oh" type="">x</failure></testcase>
       <testcase classname="test.test_shop.TestOrder" file="test/test_shop.py" line="1075" name="test_get" time="0.071"/></testsuite>`,
    );
    expect(outcomes(report)).toEqual(['test.test_shop.TestCart test_get FAILED', 'test.test_shop.TestOrder test_get PASSED']);
  });

  it('mikepenz/action-junit-report#1480: failed, then an error, then passed, is one flaky case', async () => {
    const one = 'classname="test_foo.TestFoo" file="test/test_foo.py" line="42" name="test_foo"';
    const report = await read(
      `<testsuite name="s"><testcase ${one}><failure message="it failed"/></testcase><testcase ${one}><error message="it broke"/></testcase><testcase ${one}/></testsuite>`,
    );
    expect(report.cases).toMatchObject([{ outcome: 'FLAKY', attempts: 3, detail: { message: 'it broke' } }]);
  });

  it('mikepenz/action-junit-report#761: a failure that is called disabled is still a failure', async () => {
    const report = await read(
      '<testsuite name="s"><testcase name="memory" status="disabled"><failure type="Test Failure">Assert</failure></testcase></testsuite>',
    );
    expect(outcomes(report)).toEqual(['memory FAILED']);
  });

  it('google/googletest#3836: what is switched off has no element of its own, and no suite counts it as skipped', async () => {
    const report = await read(
      `<testsuites tests="3" failures="0" disabled="1" errors="0" name="AllTests">
         <testsuite name="Suite1" tests="2" failures="0" disabled="1" skipped="0" errors="0"><testcase name="Test1" status="run" result="completed" time="0" classname="Suite1"/>
           <testcase name="DISABLED_Test2" status="notrun" result="suppressed" time="0" classname="Suite1"/></testsuite>
         <testsuite name="Suite2" tests="1" failures="0" disabled="0" skipped="1" errors="0"><testcase name="Test3" status="run" result="skipped" time="0" classname="Suite2"><skipped message="sqrt.cpp:17"/></testcase></testsuite>
       </testsuites>`,
    );
    expect(outcomes(report)).toEqual(['Suite1 Test1 PASSED', 'Suite1 DISABLED_Test2 SKIPPED', 'Suite2 Test3 SKIPPED']);
    // The root counts one of the two.
    expect(report.warnings).toMatchObject([{ code: 'COUNT_DIFFERS', count: 1, facts: { what: 'skipped', said: 1, found: 2 } }]);
  });

  it('tomasbjerre/violations-lib#100: a failure without message and type, a case without class', async () => {
    const report = await read(
      `<?xml version='1.0' encoding='UTF-8' ?>
      <testsuite id="review" name="Code Review" tests="1" failures="1"><testcase id="rules.ProgramId" name="Use the name of the file"><failure>
                WARNING: Use the name
                Line: 2
      </failure></testcase></testsuite>`,
    );
    expect(report.cases[0]).toMatchObject({ outcome: 'FAILED', detail: { message: null, text: 'WARNING: Use the name\n                Line: 2' } });
    expect(report.warnings).toEqual([]);
  });

  it('ls1intum/Artemis#9688 and dorny/test-reporter#701: suites within suites lose no case', async () => {
    const report = await read(
      `<testsuites errors="0" failures="0" tests="3"><testsuite name="Tests" tests="3"><testsuite name="Properties" tests="2"><testsuite name="Checked by SmallCheck" tests="2">
        <testcase name="filter A" classname="Tests.Properties"/><testcase name="map A" classname="Tests.Properties"/></testsuite></testsuite>
        <testcase name="plain" classname="Tests"/></testsuite></testsuites>`,
    );
    expect(report.cases.map(({ suite, name }) => [...suite, name].join(' / '))).toEqual([
      'Tests / Properties / Checked by SmallCheck / filter A',
      'Tests / Properties / Checked by SmallCheck / map A',
      'Tests / plain',
    ]);
    expect(report.warnings).toEqual([]);
  });

  it('EnricoMi/publish-unit-test-result-action#107: one name on two lines of a suite is one case that passed twice', async () => {
    const report = await read(
      '<testsuite name="s" tests="2"><testcase name="some" class="C" classname="C" file="/p" line="55"/><testcase name="some" class="C" classname="C" file="/p" line="70"/></testsuite>',
    );
    expect(report.cases).toMatchObject([{ outcome: 'PASSED', attempts: 2 }]);
    expect(report.warnings).toMatchObject([{ code: 'SAME_CASE', count: 1 }]);
  });

  it('jenkinsci/xunit-plugin#42: an empty time is none', async () => {
    const report = await read(
      '<testsuite name="FooBar" tests="1" failures="0" errors="0" skipped="1" time=""><testcase name="a" time=""><skipped/></testcase></testsuite>',
    );
    expect(report).toMatchObject({ suites: [{ seconds: null }], cases: [{ seconds: null, outcome: 'SKIPPED' }], warnings: [] });
  });
});
