const HAN = /\p{Script=Han}/u;

/** What stands for a name in a small circle: first and last initial, or a Chinese name's last character. */
export function initialsOf(name: string): string {
  const clean = name.trim();
  if (HAN.test(clean)) return [...clean].at(-1) ?? '';
  const words = clean.split(/\s+/u).filter((word) => word !== '');
  const [first, last] = [words[0], words.length > 1 ? words.at(-1) : undefined];
  return `${[...(first ?? '?')][0] ?? ''}${[...(last ?? '')][0] ?? ''}`.toUpperCase();
}
