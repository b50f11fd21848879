const KEY_MAX = 10;

/** A key from a name: the initials of several words, else the beginning of the one. Empty where no Latin letter begins it. */
export function suggestKey(name: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
  const [first = ''] = words;
  const key = words.length > 1 ? words.map((word) => word[0]).join('') : first.slice(0, 4);
  return /^[A-Z]/.test(key) ? key.slice(0, KEY_MAX) : '';
}
