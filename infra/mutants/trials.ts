import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { ROOT } from '../local/build.ts';
import { gitLines, type Changed } from './changed.ts';
import { isEquivalent } from './equivalent.ts';
import { applyFault, FAULT_KINDS } from './fault.ts';
import { FAULTS } from './faults/all.ts';
import type { Outcome } from './report.ts';
import { projectOf } from './run-specs.ts';
import { TABLE_KINDS, tableMutants, type TableMutant } from './tables.ts';

/** A change to try: a file with other content, and the specs that must notice. */
export interface Trial extends Omit<Outcome, 'noticed' | 'by'> {
  content: () => string;
  project: string;
  /** Those asked first come first: once one notices, the rest need not be asked. */
  specs: readonly string[];
  /** What the verdict that nobody noticed rests on: its specs, and what they share. */
  specFiles: readonly string[];
}

const read = new Map<string, string>();
/** A file as it was when it was first asked for: a run takes hours, and a later one would not fit the copies that it is tried in. */
export function source(file: string): string {
  const text = read.get(file) ?? readFileSync(join(ROOT, file), 'utf8');
  read.set(file, text);
  return text;
}
export const files = (...patterns: string[]): string[] => gitLines('ls-files', '--cached', '--others', '--exclude-standard', '--', ...patterns);

/** The deliberate faults. */
export function faultTrials(changed: Changed | null): Trial[] {
  const shared = new Map(
    ['apps/api', 'apps/ml-runner'].map((project) => [
      project,
      files(`${project}/test/**`, `${project}/src/**/*.fixture.ts`).filter((file) => !file.endsWith('.spec.ts')),
    ]),
  );
  return FAULTS.filter((fault) => changed === null || changed.hasFault(fault)).map((fault): Trial => {
    const project = projectOf(fault.specs[0] ?? '');
    return {
      part: 'FAULTS',
      kind: FAULT_KINDS[fault.kind],
      file: fault.file,
      what: `${fault.in}: ${fault.what}`,
      content: () => applyFault(source(fault.file), fault),
      project,
      specs: fault.specs,
      specFiles: [...fault.specs, ...(shared.get(project) ?? [])],
    };
  });
}

/** A table that is divided by nouns: the files that are its parts. */
const DIVIDED = 'libs/domain/src/access/rights/';
export const tableMutantsOf = (file: string): TableMutant[] =>
  tableMutants(file, source(file), file.startsWith(DIVIDED) ? files(`${DIVIDED}*.ts`).map(source) : []);

/** Each change of one entry of a table of libs/domain. The specs that import the table themselves are asked first. */
export function tableTrials(sources: readonly string[]): Trial[] {
  const specs = files('libs/domain/src').filter((file) => file.endsWith('.spec.ts'));
  return sources.flatMap((file) => {
    const text = source(file);
    const own = specs.filter((spec) => new RegExp(`from '[^']*/${basename(file)}'`).test(source(spec)));
    return tableMutantsOf(file)
      .filter(({ what }) => !isEquivalent(file, what))
      .map(({ kind, what, start, end, text: becomes }): Trial => ({
        part: 'TABLES',
        kind: TABLE_KINDS[kind],
        file,
        what,
        content: () => text.slice(0, start) + becomes + text.slice(end),
        project: 'libs/domain',
        specs: [...own, ...specs.filter((spec) => !own.includes(spec))],
        specFiles: specs,
      }));
  });
}

/** The sources of libs/domain; with `changed` those that were changed themselves, or whose spec was. */
export function domainSources(changed: Changed | null): string[] {
  return files('libs/domain/src').filter(
    (file) =>
      file.endsWith('.ts') && !/\.(spec|fixture)\.ts$/.test(file) && (changed === null || changed.has(file) || changed.has(file.replace(/\.ts$/, '.spec.ts'))),
  );
}

/** The specs of a folder of libs/domain, and what they share. */
export const specsBeside = (file: string): string[] => files(`${dirname(file)}/*.spec.ts`, `${dirname(file)}/*.fixture.ts`);
