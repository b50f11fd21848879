const APPLE = /Mac|iPhone|iPad/.test(navigator.platform);

/** How the platform writes the key that is Command on Apple's and Control elsewhere. */
export const MODIFIER = APPLE ? '⌘' : 'Ctrl';

/** Sequences that begin with G and where they lead. */
export const GO_KEYS = {
  b: 'LAST_BOARD',
  h: '/projects',
  d: '/datasets',
  r: '/runners',
  t: '/teams',
  p: '/people',
  s: '/settings',
} as const;

export type GoKey = keyof typeof GO_KEYS;

export function isGoKey(key: string): key is GoKey {
  return Object.hasOwn(GO_KEYS, key);
}

/** Whether a key press belongs to a Chinese word being composed. Safari sends the last one, which ends it, as key 229 alone. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Whether a key press belongs to the text being written: a field, or a Chinese word being composed. */
export function isTyping(event: KeyboardEvent): boolean {
  if (isComposing(event)) return true;
  const target = event.target;
  return target instanceof HTMLElement && (target.isContentEditable || target.closest('input, textarea, select, [contenteditable="true"]') !== null);
}
