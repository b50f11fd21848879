const APPLE = /Mac|iPhone|iPad/.test(navigator.platform);

/** How the platform writes the key that is Command on Apple's and Control elsewhere. */
export const MODIFIER = APPLE ? '⌘' : 'Ctrl';

/** What a layout of another script writes: Cyrillic, Greek, Arabic (where one key can write two letters) ... */
const OTHER_SCRIPT = /^[\p{L}\p{M}]+$/u;
const NAMED_KEY = /^[A-Z][A-Za-z0-9]+$/;

/**
 * The key a shortcut means. Where the layout writes Latin letters (QWERTY, Dvorak, AZERTY ...) it is the letter written on the
 * key; where it writes another script it is the letter in that place on a QWERTY keyboard. Never both: on Dvorak one key would
 * be two shortcuts. Letters are small, full-width ones plain; named keys (`Enter`) are themselves.
 */
export function keyOf(event: Pick<KeyboardEvent, 'key' | 'code'>): string {
  const { key, code } = event;
  if (NAMED_KEY.test(key)) return key;
  const plain = key.normalize('NFKC').toLowerCase();
  const place = /^Key([A-Z])$/.exec(code)?.[1];
  return place !== undefined && !/[a-z]/.test(plain) && OTHER_SCRIPT.test(plain) ? place.toLowerCase() : plain;
}

/** What lies over a page and has the keys. */
const COVER = '[role="dialog"][aria-modal="true"], [role="menu"]';

/** Whether something that lies over the page has the keys. */
export function isCovered({ target }: KeyboardEvent): boolean {
  // Esc has already taken the dialog it was pressed in off the page where motion is reduced: it is still around the target
  return ((target instanceof Element ? target.closest(COVER) : null) ?? document.querySelector(COVER)) !== null;
}

/** Whether a key press belongs to the text being written. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target;
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [contenteditable="true"]') !== null);
}
