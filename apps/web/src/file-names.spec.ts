import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

const web = join(import.meta.dirname, '..');

const PASCAL = /^[A-Z][A-Za-z0-9]*$/;
const HOOK = /^use[A-Z][A-Za-z0-9]*$/;
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** What a module exports by name, types left out. */
const exportsOf = (source: string): string[] =>
  [...source.matchAll(/^export (?:default )?(?:async )?(?:const|function|class) (\w+)/gm)].map((match) => match[1] ?? '');

/** A component draws: it has a capital, and it is a function of a file with markup. */
const components = (path: string, source: string): string[] =>
  path.endsWith('.tsx')
    ? [...source.matchAll(/^export (?:default )?(?:function|const) ([A-Z][a-z]\w*)(?= = (?:memo|createLink)\(|<|\(| = \()/gm)].map((match) => match[1] ?? '')
    : [];

/**
 * Why a file is named wrongly; null: it is not. A file that exports a component has the component's name, a file of nothing but
 * hooks the name of one of them, and every other file is written with hyphens.
 */
function wrong(path: string, source: string): string | null {
  const stem = basename(path).split('.')[0] ?? '';
  if (/\.(graphql|json|mjs|html|svg|js)$/.test(path) || path.endsWith('.d.ts')) return KEBAB.test(stem) ? null : 'is neither component nor hook: hyphens';
  if (path.endsWith('.module.css')) return PASCAL.test(stem) ? null : 'is the look of a component: its name';
  if (path.endsWith('.css')) return KEBAB.test(stem) ? null : 'is no look of one component: hyphens';
  // A spec has the name of what it tries.
  if (/\.spec\.tsx?$/.test(path)) return PASCAL.test(stem) || HOOK.test(stem) || KEBAB.test(stem) ? null : 'has no name of the three kinds';
  const drawn = components(path, source);
  if (drawn.length > 0) return drawn.includes(stem) ? null : `exports the component ${drawn[0]}: one of its components`;
  const exported = exportsOf(source);
  if (exported.length > 0 && exported.every((name) => HOOK.test(name))) return exported.includes(stem) ? null : `exports the hook ${exported[0]}: its name`;
  if (HOOK.test(stem)) return exported.includes(stem) ? null : 'exports no hook of its name';
  return KEBAB.test(stem) ? null : 'exports no component: hyphens';
}

const files = globSync(['src/**/*', 'test/**/*', 'e2e/**/*'], { cwd: web, withFileTypes: true })
  .filter((entry) => entry.isFile() && !entry.name.includes('.generated.'))
  .map((entry) => join(entry.parentPath, entry.name));

describe('a file of the web app', () => {
  it('is named by what it exports', () => {
    expect(files.length).toBeGreaterThan(300);
    const named = files.flatMap((file) => {
      const why = wrong(file, readFileSync(file, 'utf8'));
      return why === null ? [] : [`${file.slice(web.length + 1)} ${why}`];
    });
    expect(named).toEqual([]);
  });

  it.each<[string, string]>([
    ['src/board-page.tsx', 'export function BoardPage() {}'],
    ['src/board.ts', 'export function useBoard() {}'],
    ['src/useBoard.ts', 'export function board() {}'],
    ['src/runCards.ts', 'export const cards = 1;'],
    ['src/RunFeed.ts', 'export class RunFeed {}'],
    ['src/projectSettings.graphql', ''],
    ['src/page.module.css', ''],
  ])('is found where its name is wrong: %s', (path, source) => {
    expect(wrong(path, source)).not.toBeNull();
  });
});
