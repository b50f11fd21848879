/** Hues that people tell apart. */
const HUES = 12;

/** A hue in degrees from an id: the same for the same id, and as likely as any other. */
export function hueOf(id: string): number {
  let sum = 0;
  for (let i = 0; i < id.length; i += 1) sum = (sum * 31 + id.charCodeAt(i)) >>> 0;
  return (sum % HUES) * (360 / HUES);
}
