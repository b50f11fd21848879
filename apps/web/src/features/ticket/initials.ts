/** Two letters that stand for a person: first and last name's, or a Chinese name's last character. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/);
  const first = words[0] ?? '';
  if (/\p{Script=Han}/u.test(first)) return [...first].at(-1) ?? '';
  const last = words.length > 1 ? (words.at(-1) ?? '') : '';
  return `${[...first][0] ?? ''}${[...last][0] ?? ''}`.toUpperCase();
}
