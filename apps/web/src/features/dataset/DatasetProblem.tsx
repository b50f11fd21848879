import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { DATASET_PROBLEMS, DatasetFacts } from './DatasetFacts.tsx';
import classes from './DatasetProblem.module.css';

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
    <div className={classes.root} role="alert">
      <IconAlertTriangle size={18} aria-hidden="true" className={classes.icon} />
      <div className={classes.body}>
        <strong>{known ? t(`problem.${known}.what`) : describe({ code, params })}</strong>
        {known && <span>{t(`problem.${known}.do`)}</span>}
        {known && <DatasetFacts facts={{ ...(params as object | null) }} />}
        {action && <div className={classes.actions}>{action}</div>}
      </div>
    </div>
  );
}
