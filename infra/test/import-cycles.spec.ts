import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const IMPORT = /^\s*(?:import|export)\s+(?!type\b)(?:[^'";]*?\sfrom\s+)?'(\.[^']+)'/gm;

/** Files a file loads at run time: relative imports that are not type-only. */
function loadedBy(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(IMPORT)].map((match) => join(dirname(file), match[1] ?? '')).filter((path) => /\.tsx?$/.test(path) && existsSync(path));
}

/** The first ring of files found, as paths from the root; null when there is none. */
function findCycle(files: string[], edges: (file: string) => string[]): string[] | null {
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): string[] | null => {
    if (done.has(file)) return null;
    const at = trail.indexOf(file);
    if (at >= 0) return [...trail.slice(at), file];
    trail.push(file);
    for (const next of edges(file)) {
      const cycle = visit(next);
      if (cycle !== null) return cycle;
    }
    trail.pop();
    done.add(file);
    return null;
  };
  for (const file of files) {
    const cycle = visit(file);
    if (cycle !== null) return cycle;
  }
  return null;
}

describe('imports', () => {
  it('form no cycle in any project', () => {
    const files = globSync('{apps,libs}/*/src/**/*.{ts,tsx}', { cwd: ROOT }).map((file) => join(ROOT, file));
    expect(files.length).toBeGreaterThan(50);
    expect(findCycle(files, loadedBy)?.map((file) => relative(ROOT, file)) ?? null).toBeNull();
  });

  it('would be caught in a ring', () => {
    const ring: Record<string, string[]> = { a: ['b'], b: ['c', 'd'], c: [], d: ['a'] };
    expect(findCycle(['a'], (file) => ring[file] ?? [])).toEqual(['a', 'b', 'd', 'a']);
  });

  it('of the platform lead to no noun: every noun stands on it', () => {
    const files = globSync('apps/api/src/platform/*.ts', { cwd: ROOT }).filter((file) => !file.endsWith('.spec.ts'));
    const outside = files.flatMap((file) => [...readFileSync(join(ROOT, file), 'utf8').matchAll(/ from '(\.\.\/[^']+)'/g)].map((match) => match[1]));
    expect(new Set(outside)).toEqual(new Set(['../config.ts', '../migrations/index.ts']));
  });
});
