import { zodResolver } from '@hookform/resolvers/zod';
import {
  DATASET_NAME_MAX,
  SYNTHETIC_KINDS,
  SYNTHETIC_LIMITS,
  isImageTemplate,
  isTabularTemplate,
  type DatasetFileRole,
  type DatasetKind,
  type DatasetSourceKind,
  type Template,
} from '@trainyard/domain';
import type { Resolver } from 'react-hook-form';
import * as z from 'zod/mini';
import { IMAGE_ROLES, type ChosenFiles } from './file-roles.ts';

/** How a dataset comes: files of the reader's, a synthetic one, or files that already lie on the runner. */
export const WAYS = ['IMAGES', 'TABLE', 'SYNTHETIC', 'PATH'] as const;
export type Way = (typeof WAYS)[number];

const path = z.string();
const fields = z.object({
  name: z.string(),
  /** Empty: the whole organisation's. */
  projectId: z.string(),
  way: z.enum(WAYS),
  pathKind: z.enum(['IDX', 'CSV']),
  synthetic: z.enum(SYNTHETIC_KINDS),
  samples: z.string(),
  seed: z.string(),
  paths: z.object({ IMAGES: path, LABELS: path, TEST_IMAGES: path, TEST_LABELS: path, TABLE: path }),
});
export type DatasetValues = z.infer<typeof fields>;

export const FIRST_VALUES: DatasetValues = {
  name: '',
  projectId: '',
  way: 'IMAGES',
  pathKind: 'IDX',
  synthetic: 'STROKE_DIGITS',
  samples: '5000',
  seed: '42',
  paths: { IMAGES: '', LABELS: '', TEST_IMAGES: '', TEST_LABELS: '', TABLE: '' },
};

/** Sentences of what is missing, in the reader's language. */
export interface DatasetTexts {
  nameMissing: string;
  nameTooLong: string;
  pathMissing: string;
  range: (limits: { min: number; max: number }) => string;
}

export function datasetResolver(texts: DatasetTexts): Resolver<DatasetValues> {
  return zodResolver(
    fields.check(
      z.superRefine((values, context) => {
        const refuse = (at: string[], message: string): void => context.addIssue({ code: 'custom', path: at, message });
        if (values.name.trim() === '') refuse(['name'], texts.nameMissing);
        if (values.name.trim().length > DATASET_NAME_MAX) refuse(['name'], texts.nameTooLong);
        if (values.way === 'SYNTHETIC') {
          for (const name of ['samples', 'seed'] as const) {
            if (!isWhole(values[name], SYNTHETIC_LIMITS[name])) refuse([name], texts.range(SYNTHETIC_LIMITS[name]));
          }
        }
        if (values.way === 'PATH') {
          for (const role of neededRoles(kindOf(values))) if (values.paths[role].trim() === '') refuse(['paths', role], texts.pathMissing);
        }
      }),
    ),
  );
}

function isWhole(text: string, { min, max }: { min: number; max: number }): boolean {
  const value = Number(text);
  return text.trim() !== '' && Number.isInteger(value) && value >= min && value <= max;
}

/** What the form begins with to make another of a dataset's kind. */
export function valuesLike({
  name,
  kind,
  source,
  projectId,
}: {
  name: string;
  kind: DatasetKind;
  source: DatasetSourceKind;
  projectId: string | null;
}): Partial<DatasetValues> {
  const way = source !== 'UPLOAD' ? source : kind === 'CSV' ? 'TABLE' : 'IMAGES';
  return { name, projectId: projectId ?? '', way, pathKind: kind === 'CSV' ? 'CSV' : 'IDX' };
}

/** And to make one that a template can train on. */
export function valuesFor(template: Template): Partial<DatasetValues> {
  if (isTabularTemplate(template)) return { way: 'TABLE', pathKind: 'CSV' };
  return isImageTemplate(template) ? { way: 'IMAGES' } : { way: 'SYNTHETIC', synthetic: 'COMPARISON' };
}

export function kindOf({ way, pathKind }: Pick<DatasetValues, 'way' | 'pathKind'>): DatasetKind {
  if (way === 'SYNTHETIC') return 'SYNTHETIC';
  if (way === 'PATH') return pathKind;
  return way === 'TABLE' ? 'CSV' : 'IDX';
}

export function rolesOf(kind: DatasetKind): readonly DatasetFileRole[] {
  return kind === 'IDX' ? IMAGE_ROLES : kind === 'CSV' ? ['TABLE'] : [];
}

export function neededRoles(kind: DatasetKind): readonly DatasetFileRole[] {
  return rolesOf(kind).filter((role) => !role.startsWith('TEST_'));
}

/** The role whose file is missing; null when the files are complete. A test pair is whole or absent. */
export function missingRole(kind: DatasetKind, files: ChosenFiles): DatasetFileRole | null {
  const missing = neededRoles(kind).find((role) => !files[role]);
  if (missing) return missing;
  if (files.TEST_IMAGES && !files.TEST_LABELS) return 'TEST_LABELS';
  return files.TEST_LABELS && !files.TEST_IMAGES ? 'TEST_IMAGES' : null;
}
