import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from '../../infra/local/build.ts';
import { atMost, type Measurement } from '../measurement.ts';

interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
}
type Manifest = Record<string, Chunk>;

const DIST = join(ROOT, 'apps/web/dist');

/** Criterion 19: what a board, and what comes when it is asked for, weigh on the wire. */
export function measureSizes(): Measurement[] {
  const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Manifest;
  // what the page names, and its texts in one language
  const named = [...readFileSync(join(DIST, 'index.html'), 'utf8').matchAll(/"\/(assets\/[^"]+)"/g)].map((match) => match[1] ?? '');
  const texts = ['shell/i18n', 'shell/i18n/errors', 'board/i18n', 'ticket/i18n', 'training/i18n'].map((folder) => `src/features/${folder}/en.json`);
  const board = closure(manifest, texts, new Set(named));
  const beyond = (shown: Set<string>, source: string): Set<string> => new Set([...closure(manifest, [source])].filter((file) => !shown.has(file)));
  return [
    weight('board: JavaScript', 330, board, '.js'),
    weight('  CSS', 25, board, '.css'),
    weight('  Markdown, when a ticket is opened', 55, beyond(board, 'src/features/ticket/markdown/Markdown.tsx'), '.js'),
    weight('  uPlot, when a run is', 25, beyond(closure(manifest, ['src/features/training/RunPage.tsx'], board), '../../libs/ui/src/charts/Plot.tsx'), '.js'),
  ];
}

/** Files that chunks need before they can run. */
function closure(manifest: Manifest, keys: readonly string[], files = new Set<string>()): Set<string> {
  for (const key of keys) {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`The built web app has no ${key}`);
    if (files.has(chunk.file)) continue;
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    closure(manifest, chunk.imports ?? [], files);
  }
  return files;
}

function weight(what: string, target: number, files: Set<string>, ending: string): Measurement {
  const counted = [...files].filter((file) => file.endsWith(ending));
  const bytes = counted.reduce((sum, file) => sum + gzipSync(readFileSync(join(DIST, file)), { level: 9 }).length, 0);
  return atMost(what, 'KB gzip', target, bytes / 1000, `${counted.length} files`);
}
