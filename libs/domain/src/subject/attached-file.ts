/** Images that a browser may show: pixels alone. SVG and HTML run scripts and are never among them. */
export const SHOWN_IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type ShownImageType = (typeof SHOWN_IMAGE_TYPES)[number];

export const isShownImage = (mediaType: string): mediaType is ShownImageType => (SHOWN_IMAGE_TYPES as readonly string[]).includes(mediaType);

/** Of everything that is not shown. */
const BYTES = 'application/octet-stream';

/** Bytes of the beginning that tell the type. */
export const MEDIA_TYPE_BYTES = 12;

/** What the first bytes of a file say that it is. What the sender says, or its name, is not asked. */
export function mediaTypeOf(head: Uint8Array): ShownImageType | typeof BYTES {
  const at = (start: number, ...bytes: number[]): boolean => bytes.every((byte, i) => head[start + i] === byte);
  if (at(0, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'image/png';
  if (at(0, 0xff, 0xd8, 0xff)) return 'image/jpeg';
  // GIF87a, GIF89a
  if (at(0, 0x47, 0x49, 0x46, 0x38) && (head[4] === 0x37 || head[4] === 0x39) && head[5] === 0x61) return 'image/gif';
  // RIFF....WEBP
  if (at(0, 0x52, 0x49, 0x46, 0x46) && at(8, 0x57, 0x45, 0x42, 0x50)) return 'image/webp';
  return BYTES;
}

/** The name of a file without the folders before it, in one spelling; empty where nothing is left that names a file. */
export function fileNameOf(path: string): string {
  const name = (path.split(/[/\\]/).at(-1) ?? '').normalize('NFC').trim();
  return /^\.*$/.test(name) ? '' : name;
}
