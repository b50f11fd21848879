import { MEBIBYTE, ownText } from './decode.ts';
import { resolvePaths } from './paths.ts';
import { overLimit, type Warning, type Warnings } from './said.ts';

export interface CoverageLimits {
  bytes: number;
  files: number;
  /** Lines of all files together, each file's once. */
  lines: number;
}

export const COVERAGE_LIMITS: CoverageLimits = { bytes: 50 * MEBIBYTE, files: 100_000, lines: 2_000_000 };

/** Branches of a line that were taken, and all. */
export type Branches = readonly [covered: number, total: number];

export interface FileCoverage {
  /** In the repository; null where the report's name fits none of its files, or several. */
  path: string | null;
  reported: string;
  /** Hits of each line that can be run, by its number. A line that is not here cannot be covered. */
  lines: ReadonlyMap<number, number>;
  branches: ReadonlyMap<number, Branches>;
}

export interface CoverageReport {
  files: FileCoverage[];
  /** Counted from the lines of all files, known to the repository or not; what a report says of itself never enters. */
  counts: { coverable: number; covered: number; branches: number; branchesCovered: number };
  warnings: Warning[];
}

/** Hits as a report writes them, also `2874063630`, `1.2e+10`; null where it is no count. Beyond 2^53 they are not exact any more. */
export function hitsOf(text: string, line: number, warnings: Warnings): number | null {
  if (!/^\d+(\.\d+)?(e\+?\d{1,3})?$/i.test(text)) return null;
  const hits = Math.round(Number(text));
  if (hits <= Number.MAX_SAFE_INTEGER) return hits;
  warnings.note('CLAMPED', line, { hits: text.slice(0, 50) });
  return Number.MAX_SAFE_INTEGER;
}

/** The number of a line; null where it is none. Lines are counted from 1. */
export function lineNumberOf(text: string): number | null {
  const number = /^\d{1,10}$/.test(text) ? Number(text) : 0;
  return number > 0 && number < 2 ** 31 ? number : null;
}

/** What a report says of its files while it is read: the same line twice (templates, methods beside their class) is one, with the most hits. */
export class CoverageFiles {
  private readonly files = new Map<string, { lines: Map<number, number>; branches: Map<number, Branches> }>();
  private total = 0;

  constructor(
    private readonly limits: CoverageLimits,
    private readonly warnings: Warnings,
  ) {}

  begin(file: string): void {
    if (this.files.has(file)) return;
    if (this.files.size >= this.limits.files) throw overLimit('files', this.limits.files);
    this.files.set(ownText(file), { lines: new Map(), branches: new Map() });
  }

  line(file: string, number: number, hits: number): void {
    const { lines } = this.files.get(file)!;
    const known = lines.get(number);
    if (known === undefined && ++this.total > this.limits.lines) throw overLimit('lines', this.limits.lines);
    if (known === undefined || hits > known) lines.set(number, hits);
  }

  branch(file: string, number: number, branches: Branches): void {
    joinBranches(this.files.get(file)!.branches, number, branches);
  }

  /**
   * @param roots the folders that the report says its names are relative to
   * @param paths the files of the repository at the commit
   */
  report(roots: readonly string[], paths: readonly string[]): CoverageReport {
    const resolved = resolvePaths([...this.files.keys()], roots, paths);
    const byPath = new Map<string, { lines: Map<number, number>; branches: Map<number, Branches> }>();
    const files: FileCoverage[] = [];
    for (const [reported, { lines, branches }] of this.files) {
      const found = resolved.get(reported)!;
      if (found.path === null) this.warnings.note(found.why === 'AMBIGUOUS' ? 'PATH_AMBIGUOUS' : 'PATH_MISSING', null, { file: reported.slice(0, 500) });
      const known = found.path === null ? undefined : byPath.get(found.path);
      if (known) {
        for (const [number, hits] of lines) known.lines.set(number, Math.max(hits, known.lines.get(number) ?? 0));
        for (const [number, one] of branches) joinBranches(known.branches, number, one);
        continue;
      }
      files.push({ path: found.path, reported, lines, branches });
      if (found.path !== null) byPath.set(found.path, { lines, branches });
    }
    const counts = { coverable: 0, covered: 0, branches: 0, branchesCovered: 0 };
    for (const { lines, branches } of files) {
      counts.coverable += lines.size;
      for (const hits of lines.values()) if (hits > 0) counts.covered++;
      for (const [covered, all] of branches.values()) {
        counts.branches += all;
        counts.branchesCovered += covered;
      }
    }
    return { files, counts, warnings: this.warnings.all() };
  }
}

function joinBranches(of: Map<number, Branches>, line: number, [covered, total]: Branches): void {
  const known = of.get(line);
  of.set(line, known ? [Math.max(known[0], covered), Math.max(known[1], total)] : [covered, total]);
}
