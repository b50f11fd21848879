import type { DatasetKind } from '@trainyard/domain';
import { Problem } from '@trainyard/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { DATASET_PROBLEMS, DatasetFacts } from './DatasetFacts.tsx';

export interface DatasetProblemProps {
  kind: DatasetKind;
  code: string;
  params: unknown;
  /** What to do about it: buttons. */
  action?: ReactNode;
}

/** What is wrong with the data, where in it, what was expected and found, and what to do. */
export function DatasetProblem({ kind, code, params, action }: DatasetProblemProps) {
  const { t } = useTranslation('dataset');
  const describe = useErrorMessage();
  const known = DATASET_PROBLEMS.find((one) => one === code);
  const what = (): string => {
    if (!known) return describe({ code, params });
    return unguessedRow(code, params) !== null ? t('problem.DATASET_MALFORMED.whatUnguessed') : t(`problem.${known}.what`);
  };
  const remedy = (): string | undefined => {
    const unguessed = unguessedRow(code, params);
    // Where no row is left out, none can be given back.
    if (unguessed !== null) return t(unguessed === 1 ? 'problem.DATASET_MALFORMED.doUnguessedFirst' : 'problem.DATASET_MALFORMED.doUnguessed');
    // How a file is read can be changed for tables only.
    if (kind === 'IDX' && (known === 'DATASET_MALFORMED' || known === 'DATASET_TRUNCATED')) return t(`problem.${known}.doImages`);
    return known && t(`problem.${known}.do`);
  };
  return (
    <Problem title={what()} action={action}>
      {known && <span>{remedy()}</span>}
      {known && <DatasetFacts facts={{ ...(params as object | null) }} />}
    </Problem>
  );
}

/** The first row that would be read, from 1, where nothing is wrong with the data and its owner has to decide more; else null. */
function unguessedRow(code: string, params: unknown): number | null {
  const { form, row } = (params ?? {}) as { form?: unknown; row?: unknown };
  return code === 'DATASET_MALFORMED' && form === 'ROW_TO_GUESS_FROM' ? Number(row) : null;
}
