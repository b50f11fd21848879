/**
 * Keys pressed while a word is composed (Chinese, Japanese, Korean, dead keys) belong to the input method: its Enter takes a
 * candidate and its Esc ends the word. This is the one place that knows so. It stands before every other listener, those of the
 * component library included, and lets none of them see such a key; what the browser itself does with it goes on.
 *
 * Call it once, before anything else listens on the window. Returns what ends it.
 */
export function keepKeysOfCompositions(window: Window): () => void {
  // Safari ends the composition before it sends the key that ended it, in the same task
  let endedInThisTask = false;
  const onEnd = (): void => {
    endedInThisTask = true;
    setTimeout(() => (endedInThisTask = false), 0);
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.isComposing || event.keyCode === COMPOSED || endedInThisTask) event.stopImmediatePropagation();
  };
  window.addEventListener('compositionend', onEnd, { capture: true });
  window.addEventListener('keydown', onKey, { capture: true });
  return () => {
    window.removeEventListener('compositionend', onEnd, { capture: true });
    window.removeEventListener('keydown', onKey, { capture: true });
  };
}

/** The code of every key that an input method has taken. */
const COMPOSED = 229;
