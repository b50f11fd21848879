import { COVERAGE_LIMITS, CoverageFiles, hitsOf, lineNumberOf, type Branches, type CoverageLimits, type CoverageReport } from './coverage.ts';
import { overLimit, ReportRefused, Warnings } from './said.ts';
import { readXml, type Attributes, type XmlLimits, type XmlReader } from './xml.ts';

export interface CoberturaLimits extends CoverageLimits, XmlLimits {
  sources: number;
}

export const COBERTURA_LIMITS: CoberturaLimits = { ...COVERAGE_LIMITS, depth: 100, attributes: 200, sources: 100 };

/**
 * Coverage in the Cobertura format, counted from its lines: its rates are never believed.
 * @param paths the files of the repository at the commit
 */
export async function readCobertura(
  chunks: AsyncIterable<Uint8Array>,
  paths: readonly string[],
  limits: CoberturaLimits = COBERTURA_LIMITS,
): Promise<CoverageReport> {
  const warnings = new Warnings();
  const reader = new CoberturaReader(limits, warnings);
  await readXml(chunks, limits, warnings, reader);
  return reader.report(paths);
}

interface Line {
  number: number;
  hits: number;
  branches: Branches | null;
}

class CoberturaReader implements XmlReader {
  private readonly files: CoverageFiles;
  private readonly elements: string[] = [];
  private readonly sources: string[] = [];
  private root: string | null = null;
  private said: Attributes = {};
  /** A report of Clover has the same root. */
  private isCobertura = false;
  /** Undefined outside a class, null in one that names no file. */
  private file: string | null | undefined;
  private source = '';
  /** Lines of the methods of the open class, and the numbers of its own. */
  private ofMethods: Line[] = [];
  private readonly ofClass = new Set<number>();

  constructor(
    private readonly limits: CoberturaLimits,
    private readonly warnings: Warnings,
  ) {
    this.files = new CoverageFiles(limits, warnings);
  }

  open(name: string, attributes: Attributes, line: number): void {
    if (this.root === null) {
      this.root = name;
      this.said = attributes;
    }
    this.elements.push(name);
    if (name === 'packages' || name === 'class') this.isCobertura = true;
    if (name === 'source') this.source = '';
    if (name === 'class') {
      this.file = attributes['filename']?.trim() || null;
      if (this.file === null) this.warnings.note('NAMELESS', line);
      else this.files.begin(this.file);
    }
    if (name === 'line' && typeof this.file === 'string') this.line(this.file, attributes, line);
  }

  close(line: number): void {
    const name = this.elements.pop();
    if (name === 'class') this.closeClass();
    if (name !== 'source') return;
    if (this.sources.length >= this.limits.sources) throw overLimit('sources', this.limits.sources, { line });
    this.sources.push(this.source.trim());
  }

  text(text: string): void {
    if (this.elements.at(-1) === 'source') this.source += text;
  }

  isIgnoring(): boolean {
    return false;
  }

  report(paths: readonly string[]): CoverageReport {
    if (this.root !== 'coverage' || !this.isCobertura)
      throw new ReportRefused(
        'OTHER_FORMAT',
        { line: 1, root: this.root?.slice(0, 100) ?? null },
        `no coverage of the Cobertura format: it begins with <${this.root?.slice(0, 100)}>`,
      );
    const report = this.files.report(this.sources, paths);
    const { coverable, covered } = report.counts;
    for (const [what, found] of [
      ['lines-valid', coverable],
      ['lines-covered', covered],
    ] as const) {
      const said = this.said[what];
      if (said !== undefined && Number(said) !== found) this.warnings.note('COUNT_DIFFERS', 1, { what, said: said.slice(0, 50), found });
    }
    return { ...report, warnings: this.warnings.all() };
  }

  private line(file: string, attributes: Attributes, line: number): void {
    const number = lineNumberOf(attributes['number'] ?? '');
    const hits = hitsOf(attributes['hits'] ?? '', line, this.warnings);
    if (number === null || hits === null) {
      const { number: at = '', hits: of = '' } = attributes;
      this.warnings.note('BAD_RECORD', line, { record: `line number="${at.slice(0, 50)}" hits="${of.slice(0, 50)}"` });
      return;
    }
    const [, covered, total] = /\((\d{1,9})\s*\/\s*(\d{1,9})\)/.exec(attributes['condition-coverage'] ?? '') ?? [];
    const hasBranches = covered !== undefined && Number(covered) <= Number(total);
    // How many branches it has, it does not say: none of them is counted.
    if (!hasBranches && attributes['branch']?.toLowerCase() === 'true') this.warnings.note('CONDITIONS_MISSING', line, { file: file.slice(0, 500), number });
    const found: Line = { number, hits, branches: hasBranches ? [Number(covered), Number(total)] : null };
    if (this.elements.includes('methods')) {
      this.ofMethods.push(found);
      return;
    }
    this.ofClass.add(number);
    this.add(file, found);
  }

  /** Where a class lists its lines, those of its methods repeat some of them, or name declarations that cannot be run; Swift's list methods alone. */
  private closeClass(): void {
    const { file } = this;
    if (typeof file === 'string') for (const line of this.ofMethods) if (this.ofClass.size === 0 || this.ofClass.has(line.number)) this.add(file, line);
    this.file = undefined;
    this.ofMethods = [];
    this.ofClass.clear();
  }

  private add(file: string, { number, hits, branches }: Line): void {
    this.files.line(file, number, hits);
    if (branches) this.files.branch(file, number, branches);
  }
}
