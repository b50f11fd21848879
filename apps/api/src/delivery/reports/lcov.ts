import { COVERAGE_LIMITS, CoverageFiles, hitsOf, lineNumberOf, type CoverageLimits, type CoverageReport } from './coverage.ts';
import { decodeText } from './decode.ts';
import { overLimit, ReportRefused, Warnings } from './said.ts';

export interface LcovLimits extends CoverageLimits {
  /** Characters of a line. */
  lineLength: number;
}

export const LCOV_LIMITS: LcovLimits = { ...COVERAGE_LIMITS, lineLength: 100_000 };

/** What a record may be called. Totals (LF, LH, FNF, BRF...) are never believed, and functions and conditions not kept. */
const IGNORED = new Set(['TN', 'VER', 'FN', 'FNL', 'FNA', 'FNDA', 'FNF', 'FNH', 'BRF', 'BRH', 'LF', 'LH', 'MCDC', 'MCF', 'MCH']);

/**
 * Coverage in the format of LCOV. Several sections of one file, of several tests, are one.
 * @param paths the files of the repository at the commit
 */
export async function readLcov(chunks: AsyncIterable<Uint8Array>, paths: readonly string[], limits: LcovLimits = LCOV_LIMITS): Promise<CoverageReport> {
  const warnings = new Warnings();
  const files = new CoverageFiles(limits, warnings);
  const taken = new Map<string, Map<number, Map<string, boolean>>>();
  let file: string | null = null;
  let number = 0;
  let sections = 0;
  let ends = 0;
  const read = (line: string): void => {
    number++;
    const record = line.trim();
    if (record === '' || record.startsWith('#')) return;
    const bad = (): void => warnings.note('BAD_RECORD', number, { record: record.slice(0, 200) });
    if (record === 'end_of_record') {
      if (file === null) bad();
      else ends++;
      file = null;
      return;
    }
    const colon = record.indexOf(':');
    const name = record.slice(0, Math.max(0, colon));
    const value = record.slice(colon + 1);
    if (name === 'SF' && value !== '') {
      if (file !== null) warnings.note('NO_END_OF_RECORD', number, { file: file.slice(0, 500) });
      sections++;
      files.begin((file = value));
    } else if (name === 'DA' && file !== null) {
      // A checksum may follow, of any characters.
      const [at = '', hits = ''] = value.split(',', 2);
      const [of, count] = [lineNumberOf(at), hitsOf(hits, number, warnings)];
      if (of === null || count === null) bad();
      else files.line(file, of, count);
    } else if (name === 'BRDA' && file !== null) {
      const [, at = '', branch = '', hits = ''] = /^(\d+),([^,]+,.+),([^,]+)$/.exec(value) ?? [];
      const of = lineNumberOf(at);
      // "-": the line was never reached.
      const count = hits === '-' ? 0 : hitsOf(hits, number, warnings);
      if (of === null || count === null) bad();
      else note(taken, file, of, branch, count > 0);
    } else if (!IGNORED.has(name)) bad();
  };
  let rest = '';
  for await (const text of decodeText(chunks, warnings, limits.bytes)) {
    const lines = text.split('\n');
    lines[0] = rest + lines[0]!;
    rest = lines.pop()!;
    for (const line of lines) read(line);
    if (rest.length > limits.lineLength) throw overLimit('characters of a line', limits.lineLength, { line: number + 1 });
  }
  read(rest);
  if (sections === 0)
    throw new ReportRefused(number <= 1 && rest === '' ? 'EMPTY' : 'OTHER_FORMAT', { line: 1 }, 'no coverage of the LCOV format: no record "SF:" in it');
  // Some writers end none of their sections. Whoever ends others and not the last one was cut off.
  if (file !== null && ends > 0)
    throw new ReportRefused('CUT_OFF', { line: number, file }, `it ends in line ${number} within "${file}", without end_of_record`);
  if (file !== null) warnings.note('NO_END_OF_RECORD', number, { file });
  for (const [of, lines] of taken) for (const [line, branches] of lines) files.branch(of, line, [[...branches.values()].filter(Boolean).length, branches.size]);
  return files.report([], paths);
}

function note(taken: Map<string, Map<number, Map<string, boolean>>>, file: string, line: number, branch: string, isTaken: boolean): void {
  let lines = taken.get(file);
  if (!lines) taken.set(file, (lines = new Map()));
  let branches = lines.get(line);
  if (!branches) lines.set(line, (branches = new Map()));
  branches.set(branch, isTaken || branches.get(branch) === true);
}
