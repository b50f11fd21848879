import type { CaseVerdict } from '@trainyard/domain';
import { createHash } from 'node:crypto';
import { MEBIBYTE, ownText } from './decode.ts';
import { Cases, type TestCase } from './junit-cases.ts';
import { RESULT_ELEMENTS, secondsOf, statusOf } from './junit-outcome.ts';
import { overLimit, ReportRefused, Warnings, type Warning } from './said.ts';
import { readXml, type Attributes, type XmlLimits, type XmlReader } from './xml.ts';

export interface JUnitLimits extends XmlLimits {
  suites: number;
  /** Elements, before those of one case are joined. */
  cases: number;
  /** Characters of a name, a class or a file: a longer one is cut and ends in a digest of the whole, so that two stay two. */
  name: number;
  /** Characters kept of a message, of a text, and of all of a report. */
  message: number;
  text: number;
  kept: number;
}

export const JUNIT_LIMITS: JUnitLimits = {
  bytes: 50 * MEBIBYTE,
  depth: 100,
  attributes: 200,
  suites: 100_000,
  cases: 200_000,
  name: 2_000,
  message: 2_000,
  text: 20_000,
  kept: 20_000_000,
};

/** What a suite says of itself, or what is found in it. */
export interface SuiteCounts {
  tests: number;
  failed: number;
  errored: number;
  skipped: number;
}

export interface TestSuite {
  /** The names of the suites around it, and its own. */
  path: readonly string[];
  seconds: number | null;
  /** Of all cases within it, as they stand in the file. */
  found: SuiteCounts;
  /** What its own attributes say; null where they say nothing. */
  said: Partial<SuiteCounts> | null;
}

export interface TestReport {
  suites: TestSuite[];
  cases: TestCase[];
  /** By cases; the file's own counts never enter. */
  counts: Record<CaseVerdict | 'total', number>;
  /** What the file says of itself: of a report without cases it is all there is. */
  said: Partial<SuiteCounts> | null;
  warnings: Warning[];
}

/** The suites and cases of a report in the JUnit format, whoever wrote it. Properties and output are ignored. */
export async function readJUnit(chunks: AsyncIterable<Uint8Array>, limits: JUnitLimits = JUNIT_LIMITS): Promise<TestReport> {
  const warnings = new Warnings();
  const reader = new JUnitReader(limits, warnings);
  await readXml(chunks, limits, warnings, reader);
  return reader.report();
}

interface Result {
  outcome: CaseVerdict;
  message: string | null;
  messageCut: number;
  text: string;
  textCut: number;
}

interface OpenCase {
  kind: 'CASE';
  element: number;
  attributes: Attributes;
  line: number;
  result: Result | null;
}
interface OpenSuite {
  kind: 'SUITE' | 'SUITES';
  path: readonly string[];
  attributes: Attributes;
  line: number;
  seconds: number | null;
  /** Which suite of the file it is: two of one name are not one. */
  element: number;
  own: SuiteCounts;
  found: SuiteCounts;
  saidBelow: Partial<SuiteCounts> | null;
}
type Open = OpenCase | OpenSuite | { kind: 'RESULT'; of: OpenCase; result: Result } | { kind: 'IGNORED' | 'OTHER' };

const none = (): SuiteCounts => ({ tests: 0, failed: 0, errored: 0, skipped: 0 });
const IGNORED = new Set(['properties', 'property', 'system-out', 'system-err']);
/** What was skipped after it had failed did not pass. */
const SAYS: readonly CaseVerdict[] = ['FLAKY', 'SKIPPED', 'FAILED', 'ERRORED'];
const OTHER: Open = { kind: 'OTHER' };

class JUnitReader implements XmlReader {
  private readonly limits: JUnitLimits;
  private readonly warnings: Warnings;
  private readonly stack: Open[] = [];
  private readonly document: OpenSuite;
  private readonly suites: TestSuite[] = [];
  private readonly cases: Cases;
  private readonly words = new Map<string, string>();
  private root: string | null = null;
  private isJUnit = false;
  private elements = 0;
  private suiteElements = 0;
  private ignoring = 0;
  private kept = 0;

  constructor(limits: JUnitLimits, warnings: Warnings) {
    this.limits = limits;
    this.warnings = warnings;
    this.cases = new Cases(warnings);
    this.document = this.suite('SUITES', [], {}, 1);
  }

  open(name: string, attributes: Attributes, line: number): void {
    this.root ??= name;
    if (this.ignoring > 0 || IGNORED.has(name)) {
      this.ignoring++;
      this.stack.push({ kind: 'IGNORED' });
      return;
    }
    const around = this.stack.at(-1);
    if (around?.kind === 'RESULT') {
      // Surefire's flaky failures hold their stack trace in an element of its own.
      this.stack.push(around);
      return;
    }
    if (name === 'testsuite' || name === 'testsuites') this.openSuite(name, attributes, line);
    else if (name === 'testcase') this.openCase(attributes, line);
    else if (around?.kind === 'CASE') this.openInCase(around, name, attributes, line);
    else this.stack.push(OTHER);
  }

  text(text: string): void {
    const open = this.stack.at(-1);
    if (open?.kind !== 'RESULT') return;
    const { result } = open;
    const more = result.text === '' ? text.trimStart() : text;
    const part = more.slice(0, Math.max(0, this.limits.text - result.text.length));
    result.text += part;
    result.textCut += more.length - part.length;
  }

  close(line: number): void {
    const open = this.stack.pop();
    if (open?.kind === 'IGNORED') this.ignoring--;
    else if (open?.kind === 'RESULT' && this.stack.at(-1) !== open) this.closeResult(open.of, open.result);
    else if (open?.kind === 'CASE') this.closeCase(open, line);
    else if (open?.kind === 'SUITE' || open?.kind === 'SUITES') this.closeSuite(open);
  }

  isIgnoring(): boolean {
    return this.ignoring > 0;
  }

  report(): TestReport {
    if (!this.isJUnit)
      throw new ReportRefused(
        'OTHER_FORMAT',
        { line: 1, root: this.root?.slice(0, 100) ?? null },
        `no test report of the JUnit format: it begins with <${this.root?.slice(0, 100)}>`,
      );
    if (this.elements === 0) this.warnings.note('NO_CASES', null, { ...this.document.saidBelow });
    const counts = { total: this.cases.list.length, PASSED: 0, FAILED: 0, ERRORED: 0, SKIPPED: 0, FLAKY: 0 };
    for (const { outcome } of this.cases.list) counts[outcome]++;
    return { suites: this.suites, cases: this.cases.list, counts, said: this.document.saidBelow, warnings: this.warnings.all() };
  }

  private suite(kind: OpenSuite['kind'], path: readonly string[], attributes: Attributes, line: number): OpenSuite {
    const element = this.suiteElements++;
    return { kind, path, attributes, line, seconds: this.seconds(attributes, line), element, own: none(), found: none(), saidBelow: null };
  }

  private openSuite(name: 'testsuite' | 'testsuites', attributes: Attributes, line: number): void {
    this.isJUnit = true;
    if (this.suiteElements > this.limits.suites) throw overLimit('suites', this.limits.suites, { line });
    const { path } = this.around();
    // The name of the outermost element is that of a run, and another each time.
    const own = name === 'testsuite' ? this.name(attributes['name'], line) : '';
    this.stack.push(this.suite(name === 'testsuite' ? 'SUITE' : 'SUITES', own === '' ? path : [...path, own], attributes, line));
  }

  private openCase(attributes: Attributes, line: number): void {
    this.isJUnit = true;
    if (++this.elements > this.limits.cases) throw overLimit('cases', this.limits.cases, { line });
    this.stack.push({ kind: 'CASE', element: this.elements, attributes, line, result: null });
  }

  private openInCase(of: OpenCase, name: string, attributes: Attributes, line: number): void {
    const outcome = Object.hasOwn(RESULT_ELEMENTS, name) ? RESULT_ELEMENTS[name] : undefined;
    if (outcome === undefined) {
      this.ignoring++;
      this.stack.push({ kind: 'IGNORED' });
      return;
    }
    const message = attributes['message']?.trim() ?? '';
    const part = message.slice(0, this.limits.message);
    if (part.length < message.length) this.warnings.note('TEXT_CUT', line, { most: this.limits.message });
    this.stack.push({
      kind: 'RESULT',
      of,
      result: { outcome, message: part === '' ? null : part, messageCut: message.length - part.length, text: '', textCut: 0 },
    });
  }

  /** Of several results of one case the one that says most speaks, of equal ones the first. */
  private closeResult(of: OpenCase, result: Result): void {
    if (of.result === null || SAYS.indexOf(result.outcome) > SAYS.indexOf(of.result.outcome)) of.result = result;
  }

  private closeCase(open: OpenCase, line: number): void {
    const { attributes, result } = open;
    const outcome = result?.outcome ?? statusOf(attributes) ?? 'PASSED';
    const name = this.name(attributes['name'] ?? attributes['id'], open.line);
    if (name === '') this.warnings.note('NAMELESS', open.line);
    const suite = this.around();
    for (const counts of [suite.own, suite.found]) count(counts, outcome);
    const given = Number(attributes['line']);
    this.cases.add(
      {
        suite: suite.path,
        className: this.word(attributes['classname'] ?? attributes['class'], open.line),
        name,
        file: this.word(attributes['file'], open.line),
        line: Number.isInteger(given) && given > 0 && given < 2 ** 31 ? given : null,
        seconds: this.seconds(attributes, open.line),
        outcome,
        detail: result === null ? null : this.keep(result, line),
        attempts: 1,
      },
      suite.element,
      open.line,
    );
  }

  private closeSuite(open: OpenSuite): void {
    const around = this.around();
    for (const key of Object.keys(open.found) as (keyof SuiteCounts)[]) around.found[key] += open.found[key];
    const said = saidBy(open.attributes);
    this.compare(open, said);
    // A root may say less than its suites do.
    around.saidBelow = plus(around.saidBelow, said?.tests === undefined && open.saidBelow !== null ? open.saidBelow : said);
    if (open.kind === 'SUITE') this.suites.push({ path: open.path, seconds: open.seconds, found: open.found, said });
  }

  /** Some count what is directly in a suite, some all that is below it, and some an error as a failure. */
  private compare({ own, found, line, path }: OpenSuite, said: Partial<SuiteCounts> | null): void {
    for (const [what, number] of Object.entries(said ?? {}) as [keyof SuiteCounts, number][]) {
      const fits = [own, found].some(
        (has) => has[what] === number || (what === 'failed' && said?.errored === undefined && has.failed + has.errored === number),
      );
      if (!fits) this.warnings.note('COUNT_DIFFERS', line, { suite: path.join(' › ').slice(0, 500), what, said: number, found: found[what] });
    }
  }

  private around(): OpenSuite {
    for (let at = this.stack.length - 1; at >= 0; at--) {
      const open = this.stack[at]!;
      if (open.kind === 'SUITE' || open.kind === 'SUITES') return open;
    }
    return this.document;
  }

  private keep({ message, messageCut, text, textCut }: Result, line: number): TestCase['detail'] {
    const words = own(textCut === 0 ? text.trimEnd() : text);
    const room = Math.max(0, this.limits.kept - this.kept);
    const part = words.length <= room ? words : own(words.slice(0, room));
    const cut = textCut + words.length - part.length;
    if (cut > 0) this.warnings.note('TEXT_CUT', line, { most: part.length === words.length ? this.limits.text : this.limits.kept });
    const head = message === null || this.kept >= this.limits.kept ? null : own(message);
    this.kept += part.length + (head?.length ?? 0);
    return {
      message: head,
      messageCut: messageCut + (message?.length ?? 0) - (head === null ? 0 : (message?.length ?? 0)),
      text: part === '' ? null : part,
      textCut: cut,
    };
  }

  private seconds(attributes: Attributes, line: number): number | null {
    const seconds = secondsOf(attributes['time']);
    if (seconds === null) this.warnings.note('BAD_DURATION', line, { time: attributes['time']!.slice(0, 50) });
    return seconds ?? null;
  }

  /** A word that many cases share is kept once. */
  private word(text: string | undefined, line: number): string | null {
    if (text === undefined || text === '') return null;
    const known = this.words.get(text);
    if (known !== undefined) return known;
    const word = this.name(text, line);
    this.words.set(word, word);
    return word;
  }

  private name(text: string | undefined, line: number): string {
    if (text === undefined) return '';
    if (text.length <= this.limits.name) return own(text);
    this.warnings.note('NAME_CUT', line, { most: this.limits.name });
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 16);
    return own(`${text.slice(0, this.limits.name - digest.length - 2).toWellFormed()}…#${digest}`);
  }
}

/** A string of its own, fit for PostgreSQL. */
const own = (text: string): string => ownText(text.replaceAll('\0', '\uFFFD').toWellFormed());

function count(counts: SuiteCounts, outcome: CaseVerdict): void {
  counts.tests++;
  if (outcome === 'FAILED') counts.failed++;
  else if (outcome === 'ERRORED') counts.errored++;
  else if (outcome === 'SKIPPED') counts.skipped++;
}

function saidBy(attributes: Attributes): Partial<SuiteCounts> | null {
  const number = (...names: string[]): number | undefined => {
    const found = names.flatMap((name) => (/^\d{1,9}$/.test(attributes[name] ?? '') ? [Number(attributes[name])] : []));
    return found.length === 0 ? undefined : found.reduce((sum, one) => sum + one);
  };
  const said = {
    tests: number('tests'),
    failed: number('failures'),
    errored: number('errors'),
    // GoogleTest tells those that are switched off apart.
    skipped: number(['skipped', 'skips', 'skip', 'ignored'].find((name) => name in attributes) ?? 'skipped', 'disabled'),
  };
  const given = Object.entries(said).filter(([, value]) => value !== undefined);
  return given.length === 0 ? null : Object.fromEntries(given);
}

function plus(one: Partial<SuiteCounts> | null, other: Partial<SuiteCounts> | null): Partial<SuiteCounts> | null {
  if (one === null || other === null) return one ?? other;
  const sum = { ...one };
  for (const [key, value] of Object.entries(other) as [keyof SuiteCounts, number][]) sum[key] = (sum[key] ?? 0) + value;
  return sum;
}
