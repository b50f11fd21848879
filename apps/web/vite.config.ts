import { readFileSync } from 'node:fs';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { guide } from './guide.ts';

const SHARED = 'shared';
const plainName = (name = ''): string => (name.startsWith(SHARED) ? SHARED : '[name]');
const api = process.env.TRAINYARD_API ?? 'http://127.0.0.1:4000';

/** Files that need each other run in an order that depends on which page is opened first: one of them would then find the other empty. */
const noCircle: Plugin = {
  name: 'no-circle-of-files',
  generateBundle(_options, bundle) {
    const follow = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) this.error(`These files of the web app need each other: ${[...path, file].join(' > ')}`);
      if (seen.has(file)) return;
      const chunk = bundle[file];
      if (chunk?.type === 'chunk') for (const next of chunk.imports) follow(next, [...path, file]);
      seen.add(file);
    };
    const seen = new Set<string>();
    Object.keys(bundle).forEach((file) => follow(file, []));
  },
};

/**
 * What must be there before any other file is put into the page itself. The style sheet goes behind what is drawn first: in the head it
 * would hold the first paint back; before the scripts, which wait for it.
 */
const bootInPage: Plugin = {
  name: 'boot-in-page',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const read = (file: string): string => readFileSync(new URL(file, import.meta.url), 'utf8').trim();
      const sheets = html.match(/ *<link rel="stylesheet"[^>]*>\n/g) ?? [];
      const page = sheets.reduce((text, sheet) => text.replace(sheet, ''), html);
      return page
        .replace('<!-- boot -->', `<style>${read('boot.css')}</style><script>${read('boot.js')}</script>`)
        .replace(/(\s*<noscript>)/, `\n${sheets.join('')}$1`);
    },
  },
};

export default defineConfig({
  plugins: [react(), noCircle, bootInPage, guide],
  server: {
    port: Number(process.env.PORT ?? 5173),
    strictPort: true,
    proxy: {
      '/graphql': { target: api, ws: true },
      '/uploads': api,
      '/artifacts': api,
      '/attachments': api,
      '/export': api,
    },
  },
  build: {
    target: 'es2022',
    outDir: 'dist',
    sourcemap: true,
    manifest: true,
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // A request costs more than the bytes of a small file: what every page begins with is two files, what several pages share a few.
        // Merged further (1,000), some would need each other, which the build refuses: then it is lowered. With 0 none ever can.
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 2 },
            { name: 'app', tags: ['$initial'], priority: 1 },
            { name: SHARED, minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 900 },
          ],
        },
        // V8 else skims every function and reads it again when it is called, on the page's own thread. Of the libraries most is called
        // before the first paint: let it be compiled at once, on another thread (https://v8.dev/blog/explicit-compile-hints).
        postBanner: ({ name }) => (name === 'libraries' ? '//# allFunctionsCalledOnLoad' : ''),
        // the bundler appends the names of all pages that share it
        chunkFileNames: ({ name }) => `assets/${plainName(name)}-[hash].js`,
        assetFileNames: ({ names }) => `assets/${plainName(names[0])}-[hash][extname]`,
      },
    },
    // the libraries: 206 KB as sent
    chunkSizeWarningLimit: 700,
  },
});
