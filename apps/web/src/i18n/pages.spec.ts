import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { TEXTS } from '../rooms.ts';

const features = join(import.meta.dirname, '../features');
/** There before anything is drawn. */
const ALWAYS = ['shell', 'errors'];

const read = (file: string): string => readFileSync(file, 'utf8');

/** A file and all that comes with it: what it imports, but not what it fetches later. */
function withImports(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  for (const [, path = ''] of read(file).matchAll(/^(?:import|export) (?!type )[^;]*?from '(\.[^']+\.tsx?)';/gms)) {
    if (!path.includes('.generated.')) withImports(join(dirname(file), path), seen);
  }
  return seen;
}

/** The rooms whose texts are shown by a file or what comes with it. */
function shownBy(...files: string[]): string[] {
  const rooms = new Set<string>();
  for (const file of files.flatMap((each) => [...withImports(each)])) {
    for (const [, names = ''] of read(file).matchAll(/useTranslation\(([^)]*)\)/g)) for (const [, name = ''] of names.matchAll(/'(\w+)'/g)) rooms.add(name);
    for (const [, name = ''] of read(file).matchAll(/\bt\([`'](\w+):/g)) rooms.add(name);
  }
  return [...rooms].filter((room) => !ALWAYS.includes(room)).sort();
}

/** Each page that is a route of a room: its address, the texts it is said to be drawn with, and its files. */
const pages = globSync('*/room.ts', { cwd: features }).flatMap((path) => {
  const file = join(features, path);
  const source = read(file);
  return [...source.matchAll(/createRoute\(\{(.*?)^\s*\}\);/gms)].flatMap(([, route = '']) => {
    const address = /path: '([^']+)'/.exec(route)?.[1] ?? '';
    const name = /component: (\w+),/.exec(route)?.[1];
    const imported = name && new RegExp(`import \\{ ${name} \\} from '([^']+)'`).exec(source)?.[1];
    const fetched = [...route.matchAll(/import\('([^']+)'\)/g)].map((match) => match[1] ?? '');
    const components = [...(imported ? [imported] : []), ...fetched].map((component) => join(dirname(file), component));
    // Handed in where the rooms are joined.
    if (address === '/datasets/$datasetId') components.push(join(features, 'training/DatasetRuns.tsx'));
    if (address === '/settings' && path.startsWith('project/')) components.push(join(features, 'webhook/WebhookSection.tsx'));
    const texts = [...(/texts: \[([^\]]*)\]/.exec(route)?.[1] ?? '').matchAll(/'(\w+)'/g)].map((match) => match[1] ?? '');
    return components.length > 0 ? [{ address, texts, components }] : [];
  });
});

describe('the texts of a page', () => {
  it('are known of every route that has a component', () => {
    const routes = globSync('*/room.ts', { cwd: features }).flatMap((path) => [...read(join(features, path)).matchAll(/^\s+component: /gm)]);
    expect(pages).toHaveLength(routes.length);
    expect(pages.length).toBeGreaterThan(10);
  });

  it.each(pages.map((page) => [page.address, page] as const))('%s is drawn with those it asks for, and with no others', (_address, { texts, components }) => {
    expect(texts.toSorted()).toEqual(shownBy(...components));
    for (const room of texts) expect(Object.keys(TEXTS)).toContain(room);
  });

  it('are not needed by what stands around it', () => {
    const around = [
      'frame/Shell.tsx',
      'shell/Root.tsx',
      'shell/CrashPage.tsx',
      'shell/NotFoundPage.tsx',
      'project/SidebarProjects.tsx',
      'project/ProjectFrame.tsx',
    ];
    expect(shownBy(...around.map((file) => join(features, file)))).toEqual([]);
  });

  it('are all waited for by what comes later, unless it shows those of its own room alone', () => {
    const hasty = globSync('**/*.tsx', { cwd: features }).flatMap((path) =>
      [...read(join(features, path)).matchAll(/\blazy\(\(\) => import\('([^']+)'\)/g)].flatMap(([, part = '']) => {
        const later = join(features, dirname(path), part);
        const room = relative(features, later).split('/')[0];
        return shownBy(later).every((shown) => shown === room) ? [] : [`${path} fetches ${part} without withTexts()`];
      }),
    );
    expect(hasty).toEqual([]);
  });
});
