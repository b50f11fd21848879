import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';

const INLINE = /<script>([^]*?)<\/script>/g;

/** What a content security policy says of the scripts that stand in a page: their digests, which let these run and no others. */
export const inlineScripts = (html: string): string[] =>
  [...html.matchAll(INLINE)].map(([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`);

/** The same of a page on disk; read again when a build has replaced it. */
export function inlineScriptsOf(path: string): () => Promise<string> {
  let read: { at: number; sources: string } | null = null;
  return async () => {
    const { mtimeMs: at } = await stat(path);
    if (read?.at !== at) read = { at, sources: inlineScripts(await readFile(path, 'utf8')).join(' ') };
    return read.sources;
  };
}
