import { execFileSync } from 'node:child_process';
import { ROOT } from '../local/build.ts';
import { declarationText, type Fault } from './fault.ts';

export const git = (...args: string[]): string =>
  execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 2 ** 26 });
export const gitLines = (...args: string[]): string[] =>
  git(...args)
    .split('\n')
    .filter(Boolean);

/** What differs between the working tree, uncommitted changes and all, and where its branch left main. */
export class Changed {
  private readonly base: string;
  private readonly files: ReadonlySet<string>;
  private readonly source: (file: string) => string;

  constructor(source: (file: string) => string) {
    this.source = source;
    this.base = gitLines('merge-base', 'main', 'HEAD')[0] ?? 'HEAD';
    this.files = new Set([...gitLines('diff', '--name-only', this.base), ...gitLines('ls-files', '--others', '--exclude-standard')]);
  }

  has(file: string): boolean {
    return this.files.has(file);
  }

  /** Of faults those whose function reads otherwise than it did, or whose specs do. */
  hasFault({ file, in: where, specs }: Fault): boolean {
    if (specs.some((spec) => this.has(spec))) return true;
    return this.has(file) && declarationText(file, this.source(file), where) !== declarationText(file, this.before(file), where);
  }

  private before(file: string): string {
    try {
      return git('show', `${this.base}:${file}`);
    } catch {
      return '';
    }
  }
}
