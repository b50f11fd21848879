import { createSignal } from '../signal.ts';
import { drafts } from './drafts.ts';

/** Whoever waits to hear whether the drafts of the person who signs out may go. */
const asked = createSignal<((may: boolean) => void) | null>(null);

export const useForgetQuestion = asked.use;

/** Before a person signs out: nothing they wrote may stay for who uses the browser next, and nothing goes without a question. */
export function mayForgetDrafts(): Promise<boolean> {
  if (drafts.keys().length === 0) return Promise.resolve(true);
  return new Promise((resolve) => {
    asked.set((may) => {
      asked.set(null);
      resolve(may);
    });
  });
}
