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

  async unstable_importModule(path: string): Promise<unknown> {
    return import(pathToFileURL(path).href);
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

/** As the build of the api has it: decorators with the types Nest injects by. */
const SWC: Options = {
  swcrc: false,
  jsc: {
    target: 'es2024',
    parser: { syntax: 'typescript', tsx: false, decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    keepClassNames: true,
  },
  module: { type: 'es6' },
  sourceMaps: 'inline',
};

registerHooks({
  load: (url, context, next) => {
    if (!url.startsWith('file:') || !url.endsWith('.ts') || url.includes('/node_modules/')) return next(url, context);
    const filename = fileURLToPath(url);
    return { format: 'module', shortCircuit: true, source: transformSync(readFileSync(filename, 'utf8'), { ...SWC, filename }).code };
  },
});
