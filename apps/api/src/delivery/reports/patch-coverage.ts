import parseDiff from 'parse-diff';
import type { FileCoverage } from './coverage.ts';
import { overLimit, ReportRefused } from './said.ts';

/** Characters of a diff: it is read as a whole. */
export const DIFF_MOST = 20_000_000;

export interface PatchedFile {
  path: string;
  /** Lines that the diff adds and that were run, that could have been, and of which no coverage tells. Lines that cannot be run are none of these. */
  covered: number[];
  uncovered: number[];
  unknown: number[];
}

export interface PatchCoverage {
  files: PatchedFile[];
  /** All lines that the diff adds; coverable are covered or uncovered ones. */
  counts: { added: number; coverable: number; covered: number; unknown: number };
}

/**
 * What a change adds, and how much of it was run.
 * @param diff unified, of git, of the commit that the coverage is of
 * @throws ReportRefused where it is cut off or no such diff: lines that are not counted would count as none
 */
export function patchCoverage(diff: string, coverage: readonly FileCoverage[]): PatchCoverage {
  const known = new Map(coverage.flatMap((file) => (file.path === null ? [] : [[file.path, file.lines] as const])));
  const files: PatchedFile[] = [];
  const counts = { added: 0, coverable: 0, covered: 0, unknown: 0 };
  for (const file of parsed(diff)) {
    const path = pathOf(file);
    if (path === null) continue;
    const lines = known.get(path);
    const patched: PatchedFile = { path, covered: [], uncovered: [], unknown: [] };
    // The remark that a file ends without a line end is told as its last line once more.
    const added = new Set(file.chunks.flatMap(({ changes }) => changes.flatMap((change) => (change.type === 'add' ? [change.ln] : []))));
    for (const line of added) {
      const hits = lines?.get(line);
      if (lines === undefined) patched.unknown.push(line);
      else if (hits !== undefined) (hits > 0 ? patched.covered : patched.uncovered).push(line);
    }
    counts.added += added.size;
    counts.covered += patched.covered.length;
    counts.coverable += patched.covered.length + patched.uncovered.length;
    counts.unknown += patched.unknown.length;
    if (added.size > 0) files.push(patched);
  }
  return { files, counts };
}

function parsed(diff: string): parseDiff.File[] {
  if (diff.length > DIFF_MOST) throw overLimit('characters of a diff', DIFF_MOST);
  const combined = /^@@@+ /m.exec(diff);
  if (combined) throw malformed(diff, combined.index, 'a combined diff of a merge tells no added lines; send one against the base');
  let files: parseDiff.File[];
  try {
    files = parseDiff(diff);
  } catch (cause) {
    throw new ReportRefused('MALFORMED', { problem: String(cause).slice(0, 200) }, 'no unified diff');
  }
  if (files.length === 0 && diff.trim() !== '') throw new ReportRefused('OTHER_FORMAT', {}, 'no unified diff: no file in it');
  for (const file of files)
    for (const { content, changes, newLines } of file.chunks) {
      const news = new Set(changes.flatMap((change) => (change.type === 'add' ? [change.ln] : change.type === 'normal' ? [change.ln2] : [])));
      if (news.size !== newLines)
        throw new ReportRefused(
          'CUT_OFF',
          { file: file.to ?? null, chunk: content.slice(0, 200) },
          `the chunk "${content.slice(0, 200)}" of "${file.to}" has ${news.size} of ${newLines} lines`,
        );
    }
  // A line after the last one that its chunk says it has would be passed over.
  const added = files.reduce((sum, { additions }) => sum + additions, 0);
  const outside = linesThat(diff, /^\+/gm) - added;
  if (outside > linesThat(diff, /^\+\+\+ /gm)) throw new ReportRefused('MALFORMED', { outside }, 'added lines stand outside of every chunk');
  return files;
}

const linesThat = (diff: string, begin: RegExp): number => diff.match(begin)?.length ?? 0;

function malformed(diff: string, at: number, problem: string): ReportRefused {
  const line = diff.slice(0, at).split('\n').length;
  return new ReportRefused('MALFORMED', { line, problem }, `line ${line}: ${problem}`);
}

/** Null for a file that is no more. */
function pathOf(file: parseDiff.File): string | null {
  const { to } = file;
  return to === undefined || to === '/dev/null' || file.deleted ? null : unquoted(to);
}

const ESCAPES: Record<string, number> = { a: 7, b: 8, t: 9, n: 10, v: 11, f: 12, r: 13, '"': 34, '\\': 92 };

/** Git writes what is not ASCII in octal, byte by byte: `\346\250\241` is one character. */
function unquoted(path: string): string {
  if (!/\\([0-7]{3}|[abtnvfr"\\])/.test(path)) return path;
  const bytes: number[] = [];
  for (let at = 0; at < path.length; at++) {
    const octal = path[at] === '\\' ? /^[0-7]{3}/.exec(path.slice(at + 1, at + 4))?.[0] : undefined;
    const escaped = path[at] === '\\' ? ESCAPES[path[at + 1] ?? ''] : undefined;
    if (octal !== undefined) bytes.push(Number.parseInt(octal, 8));
    else if (escaped !== undefined) bytes.push(escaped);
    else bytes.push(...Buffer.from(String.fromCodePoint(path.codePointAt(at)!)));
    if (octal !== undefined) at += 3;
    else if (escaped !== undefined || path.codePointAt(at)! > 0xffff) at++;
  }
  return Buffer.from(bytes).toString();
}
