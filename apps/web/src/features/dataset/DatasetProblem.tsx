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
    return isUnguessed(code, params) ? t('problem.DATASET_MALFORMED.whatUnguessed') : t(`problem.${known}.what`);
  };
  const remedy = (): string | undefined => {
    if (isUnguessed(code, params)) return t('problem.DATASET_MALFORMED.doUnguessed');
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

/** Nothing is wrong with the data: its owner has to decide more. */
const isUnguessed = (code: string, params: unknown): boolean => code === 'DATASET_MALFORMED' && (params as { form?: unknown } | null)?.form === 'ROW_TO_GUESS_FROM';
