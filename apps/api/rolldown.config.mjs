import { defineConfig } from 'rolldown';

const PROGRAMS = ['main', 'worker', 'migrate', 'seed', 'backup', 'restore', 'verify-history', 'print-schema'];

/**
 * The programs of the api, each with what it needs of Nest, GraphQL and TypeORM, in a few files. As three thousand files, to find,
 * read and compile them was two thirds of the processor time of a start.
 */
export default defineConfig({
  input: Object.fromEntries(PROGRAMS.map((name) => [name, `src/${name}.ts`])),
  platform: 'node',
  // Decorators are written with the types that Nest injects by.
  tsconfig: 'tsconfig.json',
  // Machine code is loaded from beside the file that asks for it.
  external: ['@node-rs/argon2'],
  output: {
    // Nest names things by their classes.
    keepNames: true,
    chunkFileNames: '[name].js',
    // An error names our own lines. The text of the sources would be 60 MB of memory in each process.
    sourcemap: true,
    sourcemapExcludeSources: true,
  },
  onLog(level, log, tell) {
    const unresolved = log.code === 'UNRESOLVED_IMPORT';
    // Nest and TypeORM look for packages that nobody needs here, and go on without.
    if (unresolved && /[\\/]node_modules[\\/]/.test(log.id ?? '')) return;
    tell(unresolved ? 'error' : level, log);
  },
});
