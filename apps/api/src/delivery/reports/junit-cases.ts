import { hasFailed, type CaseVerdict } from '@trainyard/domain';
import { isWorse } from './junit-outcome.ts';
import type { Warnings } from './said.ts';

export interface TestCase {
  /** The names of the suites it stands in, outermost first. With class, name and file it says which case this is: no two of a report are equal. */
  suite: readonly string[];
  className: string | null;
  name: string;
  file: string | null;
  line: number | null;
  /** Of all its attempts; null where none says a time that can be one. */
  seconds: number | null;
  outcome: CaseVerdict;
  /** What the worst result says, with how many characters were cut off. */
  detail: { message: string | null; messageCut: number; text: string | null; textCut: number } | null;
  /** How many elements of the file are this case. */
  attempts: number;
}

/** The cases of a report, those that stand in it several times joined to one. */
export class Cases {
  readonly list: TestCase[] = [];
  private readonly places = new Map<string, Map<string, number>>();
  /** In which suite element each was first. */
  private readonly elements: number[] = [];
  /** What was bad of those that count as FLAKY because they passed later. */
  private readonly retried = new Map<number, CaseVerdict>();

  private readonly warnings: Warnings;

  constructor(warnings: Warnings) {
    this.warnings = warnings;
  }

  add(one: TestCase, suiteElement: number, line: number): void {
    const path = one.suite.join('\0');
    let places = this.places.get(path);
    if (!places) this.places.set(path, (places = new Map()));
    const key = `${one.name}\0${one.className ?? ''}\0${one.file ?? ''}`;
    const place = places.get(key);
    if (place === undefined) {
      places.set(key, this.list.length);
      this.list.push(one);
      this.elements.push(suiteElement);
      return;
    }
    this.join(place, one, suiteElement, line);
  }

  /**
   * Failed, then passed within the same suite element is a retry. Anything after a pass, another line, or another element (a browser, a shard)
   * shows cases that only share their name: there the worst one holds.
   */
  private join(place: number, next: TestCase, suiteElement: number, line: number): void {
    const known = this.list[place]!;
    const before = this.retried.get(place) ?? known.outcome;
    const isRetry =
      hasFailed(known.outcome) &&
      next.outcome === 'PASSED' &&
      this.elements[place] === suiteElement &&
      (known.line === null || next.line === null || known.line === next.line);
    this.retried.delete(place);
    if (isRetry) {
      known.outcome = 'FLAKY';
      this.retried.set(place, before);
    } else {
      if (isWorse(next.outcome, before)) known.detail = next.detail ?? known.detail;
      known.outcome = isWorse(next.outcome, before) ? next.outcome : before;
    }
    known.detail ??= next.detail;
    if (next.seconds !== null) known.seconds = (known.seconds ?? 0) + next.seconds;
    known.attempts++;
    this.warnings.note(isRetry ? 'RETRIED' : 'SAME_CASE', line, { name: next.name.slice(0, 500) });
  }
}
