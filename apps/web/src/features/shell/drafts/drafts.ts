import { useCallback, useSyncExternalStore } from 'react';
import { DraftStore, type Draft, type DraftBase, type Words } from './draft-store.ts';

/** The drafts of whoever is signed in. */
export const drafts = new DraftStore(localStorage);

addEventListener('pagehide', () => drafts.flush());
document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? drafts.flush() : drafts.catchUp()));
addEventListener('pageshow', (event) => event.persisted && drafts.catchUp());
addEventListener('storage', (event) => {
  if (event.storageArea === localStorage) drafts.follow(event.key, event.newValue);
});
addEventListener('beforeunload', (event) => {
  if (drafts.wouldLose()) event.preventDefault();
});

export interface FieldDraft {
  draft: Draft | null;
  write: (words: Words, base?: DraftBase) => void;
  /** Sent, or no longer wanted. With words: unless others have been written since. */
  end: (words?: Words) => void;
}

/** The draft of one field or form, as it is now, in whichever tab it was written. */
export function useDraft(key: string): FieldDraft {
  const draft = useSyncExternalStore(drafts.subscribe, () => drafts.get(key));
  const write = useCallback((words: Words, base?: DraftBase) => drafts.write(key, words, base), [key]);
  const end = useCallback((words?: Words) => drafts.end(key, words), [key]);
  return { draft, write, end };
}

/** The keys of the drafts that begin so, as one string: it is the same as long as they are. */
export function useDraftKeys(begin: string): string[] {
  const joined = useSyncExternalStore(drafts.subscribe, () => drafts.keys(begin).join('\n'));
  return joined === '' ? [] : joined.split('\n');
}
