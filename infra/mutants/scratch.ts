import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../local/build.ts';

/** What specs need of the repository: of the screens only what they ask the api. */
const COPIED = [
  'apps/api',
  'apps/ml-runner',
  'libs/domain',
  'infra',
  'apps/web/src/*.graphql',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
  'schema.graphql',
  'jest.*',
];

/** A throwaway copy of the working tree as it is, uncommitted changes and all, in which sources may be broken at will. */
export class Scratch {
  readonly root: string;

  constructor() {
    this.root = mkdtempSync(join(tmpdir(), 'trainyard-mutants-'));
    process.once('exit', this.remove);
    const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...COPIED], { cwd: ROOT, encoding: 'utf8' });
    for (const file of files.split('\0')) if (file !== '' && existsSync(join(ROOT, file))) this.copy(file);
    // What is built already need not be built again.
    if (existsSync(join(ROOT, 'apps/api/dist'))) this.copy('apps/api/dist');
    this.linkPackages();
  }

  read(file: string): string {
    return readFileSync(join(this.root, file), 'utf8');
  }

  /** Runs `work` while the file reads `content`, then puts back what it read before. */
  async with<T>(file: string, content: string, work: () => Promise<T>): Promise<T> {
    const before = this.read(file);
    writeFileSync(join(this.root, file), content);
    try {
      return await work();
    } finally {
      writeFileSync(join(this.root, file), before);
    }
  }

  readonly remove = (): void => {
    process.off('exit', this.remove);
    rmSync(this.root, { recursive: true, force: true });
  };

  private copy(path: string): void {
    mkdirSync(dirname(join(this.root, path)), { recursive: true });
    cpSync(join(ROOT, path), join(this.root, path), { recursive: true });
  }

  /** The repository's packages, but for its own workspaces: those are the copies. */
  private linkPackages(): void {
    const packages = join(this.root, 'node_modules');
    mkdirSync(join(packages, '@trainyard'), { recursive: true });
    for (const name of readdirSync(join(ROOT, 'node_modules'))) if (name !== '@trainyard') symlinkSync(join(ROOT, 'node_modules', name), join(packages, name));
    for (const [name, place] of [
      ['domain', 'libs/domain'],
      ['api', 'apps/api'],
      ['ml-runner', 'apps/ml-runner'],
    ] as const) {
      symlinkSync(join(this.root, place), join(packages, '@trainyard', name));
      const own = join(place, 'node_modules');
      if (existsSync(join(ROOT, own))) symlinkSync(join(ROOT, own), join(this.root, own));
    }
  }
}
