import { createSignal, type Signal } from './signal.ts';

/** A signal that this browser keeps under `key`, and that follows its other tabs. `read` is given null where nothing is kept. */
export function createKeptSignal<T>(key: string, read: (text: string | null) => T, print: (value: T) => string): Signal<T> {
  const signal = createSignal(read(localStorage.getItem(key)));
  window.addEventListener('storage', (event) => {
    // Without a key everything was cleared.
    if (event.storageArea === localStorage && (event.key === key || event.key === null)) signal.set(read(localStorage.getItem(key)));
  });
  return {
    ...signal,
    set: (value) => {
      localStorage.setItem(key, print(value));
      signal.set(value);
    },
  };
}
