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
  // How a file is read can be changed for tables only.
  const remedy = kind === 'IDX' && (known === 'DATASET_MALFORMED' || known === 'DATASET_TRUNCATED') ? t(`problem.${known}.doImages`) : known && t(`problem.${known}.do`);
  return (
    <Problem title={known ? t(`problem.${known}.what`) : describe({ code, params })} action={action}>
      {remedy && <span>{remedy}</span>}
      {known && <DatasetFacts facts={{ ...(params as object | null) }} />}
    </Problem>
  );
}
