import { registerHooks } from 'node:module';
import { resolve } from 'node:path';
import NativeRuntime from '../test/native-runtime.ts';

/**
 * The api's runtime, which loads what is ours anew whenever a change is tried: as modules of another address, because Node
 * keeps each module it ever loaded. Packages stay: to load those again takes longer than most specs.
 */
export default class AgainRuntime extends NativeRuntime {
  constructor(config: ConstructorParameters<typeof NativeRuntime>[0]) {
    super(config);
    if (generation() === begun) return;
    begun = generation();
    // What the classes of the last time told Nest's GraphQL of themselves.
    const { GqlTypeMetadataStorage, GqlLazyMetadataStorageHost } = globalThis as unknown as NestStores;
    GqlTypeMetadataStorage?.clear();
    GqlLazyMetadataStorageHost?.lazyMetadataByTarget.clear();
  }
}

interface NestStores {
  GqlTypeMetadataStorage?: { clear: () => void };
  GqlLazyMetadataStorageHost?: { lazyMetadataByTarget: Map<unknown, unknown> };
}

let begun = 0;
/** Counted by warm-jest.mjs. */
const generation = (): number => (globalThis as unknown as { trainyardGeneration: number }).trainyardGeneration;
const OURS = new RegExp(`^file://${resolve(import.meta.dirname, '../..')}/(apps|libs)/(?!.*/node_modules/)[^?]*\\.ts$`);
const MARK = '?generation=';

registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context);
    return OURS.test(found.url) ? { ...found, url: `${found.url}${MARK}${generation()}` } : found;
  },
  load: (url, context, next) => next(url.split(MARK)[0] ?? url, context),
});
