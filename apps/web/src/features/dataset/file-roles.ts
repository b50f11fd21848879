import type { DatasetFileRole } from '@trainyard/domain';

/** The files of an image set in the order the dialog asks for them; the test pair may be left out. */
export const IMAGE_ROLES = ['IMAGES', 'LABELS', 'TEST_IMAGES', 'TEST_LABELS'] as const satisfies readonly DatasetFileRole[];

export type ChosenFiles = Partial<Record<DatasetFileRole, File>>;

/**
 * Guesses by their names which file is which when several are dropped at once: "label" tells labels, "t10k" or "test" the
 * held-out pair. A test pair that comes alone is the dataset itself. The reader sees the guess and may change it.
 */
export function guessRoles(files: readonly File[]): ChosenFiles {
  const chosen: ChosenFiles = {};
  for (const file of files) {
    const test = /t10k|test/i.test(file.name);
    const labels = /label|idx1/i.test(file.name);
    const role = labels ? (test ? 'TEST_LABELS' : 'LABELS') : test ? 'TEST_IMAGES' : 'IMAGES';
    chosen[role] ??= file;
  }
  if (chosen.IMAGES || chosen.LABELS) return chosen;
  const { TEST_IMAGES, TEST_LABELS } = chosen;
  return { ...(TEST_IMAGES && { IMAGES: TEST_IMAGES }), ...(TEST_LABELS && { LABELS: TEST_LABELS }) };
}

/** Which tab of the dialog a file belongs to, as its name has it; null where the name does not say. */
export function wayOfFile(name: string): 'IMAGES' | 'TABLE' | null {
  if (/\.(csv|tsv|tab|txt)(\.gz)?$/i.test(name)) return 'TABLE';
  return /\bidx\d(-ubyte)?(\.gz)?$|\.idx(\.gz)?$/i.test(name) ? 'IMAGES' : null;
}

const ENDINGS = /(\.(gz|csv|tsv|txt|bin|idx\d?))+$/i;
/** What says which part of a set a file is, and not what the set is. */
const PARTS = /^(images?|labels?|idx\d?|ubyte|train(ing)?|test|t10k)$/i;

/** A name for the dataset as a person would write it, from its first file's; empty where that says only which part it is. */
export function nameFrom(file: string): string {
  const words = (file.split(/[\\/]/).at(-1) ?? '').replace(ENDINGS, '').split(/[-_.\s]+/);
  const name = words.filter((word) => !PARTS.test(word)).join(' ');
  return name.charAt(0).toUpperCase() + name.slice(1);
}
