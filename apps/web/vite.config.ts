import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const SHARED = 'shared';
const plainName = (name = ''): string => (name.startsWith(SHARED) ? SHARED : '[name]');
const api = process.env.TRAINYARD_API ?? 'http://127.0.0.1:4000';

export default defineConfig({
  plugins: [react()],
  server: {
    port: Number(process.env.PORT ?? 5173),
    strictPort: true,
    proxy: {
      '/graphql': { target: api, ws: true },
      '/uploads': api,
      '/artifacts': api,
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
        codeSplitting: {
          groups: [
            { name: 'libraries', tags: ['$initial'], test: /node_modules/, priority: 2 },
            { name: 'app', tags: ['$initial'], priority: 1 },
            { name: SHARED, minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 20_000 },
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
