import DataLoader from 'dataloader';
import type { RequestContext } from '../actor.ts';

/**
 * A DataLoader that lives as long as one request: `const people = loader<string, Person>((ids, context) => ...)` at module
 * level, `people(context).load(id)` in a field resolver. The batch function answers in the order of its keys, null where
 * there is nothing (or nothing this actor may see).
 */
export function loader<Key, Value>(
  batch: (keys: readonly Key[], context: RequestContext) => Promise<(Value | null)[]>,
): (context: RequestContext) => DataLoader<Key, Value | null> {
  const slot = Symbol('loader');
  return (context) => {
    let found = context.loaders.get(slot) as DataLoader<Key, Value | null> | undefined;
    if (!found) {
      found = new DataLoader<Key, Value | null>((keys) => batch(keys, context));
      context.loaders.set(slot, found);
    }
    return found;
  };
}

/** Puts found things into the order of their keys. */
export function inOrderOf<Key, Value>(keys: readonly Key[], values: readonly Value[], keyOf: (value: Value) => Key): (Value | null)[] {
  const byKey = new Map(values.map((value) => [keyOf(value), value]));
  return keys.map((key) => byKey.get(key) ?? null);
}

/** Puts found things, any number for a key, into the order of their keys. */
export function grouped<Key, Value>(keys: readonly Key[], values: readonly Value[], keyOf: (value: Value) => Key): Value[][] {
  const groups = Map.groupBy(values, keyOf);
  return keys.map((key) => groups.get(key) ?? []);
}
