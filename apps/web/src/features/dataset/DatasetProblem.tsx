import { Problem } from '@trainyard/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { DATASET_PROBLEMS, DatasetFacts } from './DatasetFacts.tsx';

export interface DatasetProblemProps {
  code: string;
  params: unknown;
  /** What to do about it: buttons. */
  action?: ReactNode;
}

/** What is wrong with the data, where in it, what was expected and found, and what to do. */
export function DatasetProblem({ code, params, action }: DatasetProblemProps) {
  const { t } = useTranslation('dataset');
  const describe = useErrorMessage();
  const known = DATASET_PROBLEMS.find((one) => one === code);
  return (
    <Problem title={known ? t(`problem.${known}.what`) : describe({ code, params })} action={action}>
      {known && <span>{t(`problem.${known}.do`)}</span>}
      {known && <DatasetFacts facts={{ ...(params as object | null) }} />}
    </Problem>
  );
}
