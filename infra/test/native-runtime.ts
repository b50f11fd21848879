import { transformSync, type Options } from '@swc/core';
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/**
 * A Jest runtime that is Node itself. Jest's own keeps a registry of modules for each spec file: every file read, parsed and
 * ran Nest, GraphQL and the whole api again, seconds before its first test. Here a worker loads each module once, for all the
 * spec files it is given, with Node's loader: what runs in a test is loaded as in production.
 *
 * What a spec file gives up for it: `jest.mock`, fake timers, and module state of its own. A project that needs these keeps
 * Jest's runtime.
 */
export default class NativeRuntime {
  private readonly require = createRequire(import.meta.url);
  private readonly once: ReadonlySet<string>;

  constructor({ setupFiles }: { setupFiles: readonly string[] }) {
    this.once = new Set(setupFiles);
  }

  requireInternalModule(path: string): unknown {
    // Circus keeps hooks and handlers for one file and goes; its module state must not outlive that.
    if (path.includes('jest-circus')) delete this.require.cache[path];
    return this.require(path);
  }

  requireModule(path: string): unknown {
    return this.require(path);
  }

  /** Whatever Node can import is imported. */
  unstable_shouldLoadAsEsm(): boolean {
    return true;
  }

  /** A spec file, and a setup that registers hooks, run anew for each file. What prepares the process does so once, as what they import. */
  async unstable_importModule(path: string): Promise<unknown> {
    const { href } = pathToFileURL(path);
    return import(this.once.has(path) ? href : `${href}?${++entries}`);
  }

  setGlobalsForRuntime(globals: object): void {
    Object.assign(globalThis, globals);
  }

  getSourceMaps(): null {
    return null;
  }

  getAllCoverageInfoCopy(): undefined {}
  enterTestCode(): void {}
  leaveTestCode(): void {}
  teardown(): void {}
}

let entries = 0;

/** As the builds have it: decorators with the types Nest injects by, and React's own elements. */
const optionsOf = (filename: string): Options => ({
  filename,
  swcrc: false,
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', tsx: filename.endsWith('x'), decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, react: { runtime: 'automatic' } },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
});

/** A class is called what the style sheet calls it. */
const STYLES = 'export default new Proxy({}, { get: (_, name) => name });';
/** The `jest` that the environment made; the rest of the module stands in globals. */
const JEST = 'export const { jest } = globalThis;';

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === '@jest/globals') return { url: 'trainyard:jest', format: 'module', shortCircuit: true };
    try {
      return next(specifier, context);
    } catch (error) {
      // A package made for bundlers names its folders, as `require` does.
      if ((error as NodeJS.ErrnoException).code !== 'ERR_UNSUPPORTED_DIR_IMPORT') throw error;
      return { url: pathToFileURL(createRequire(context.parentURL ?? import.meta.url).resolve(specifier)).href, shortCircuit: true };
    }
  },
  load: (url, context, next) => {
    if (url === 'trainyard:jest') return { format: 'module', shortCircuit: true, source: JEST };
    const { protocol, pathname } = new URL(url);
    if (protocol !== 'file:') return next(url, context);
    if (pathname.endsWith('.css')) return { format: 'module', shortCircuit: true, source: STYLES };
    if (!/\.tsx?$/.test(pathname) || pathname.includes('/node_modules/')) return next(url, context);
    const filename = fileURLToPath(url);
    return { format: 'module', shortCircuit: true, source: transformSync(readFileSync(filename, 'utf8'), optionsOf(filename)).code };
  },
});
