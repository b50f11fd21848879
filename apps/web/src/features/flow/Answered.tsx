import { Skeleton } from '@mantine/core';
import { Delayed } from '@trainyard/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import classes from './Reports.module.css';
import { behindOf, type ReportAnswer } from './useReportAnswer.ts';

interface AnsweredProps<Data> {
  answer: ReportAnswer<Data>;
  height?: number;
  children: (data: Data) => ReactNode;
}

/** An answer once it is there: what is waited for has its height, what failed says so above what was known before. */
export function Answered<Data>({ answer: { data, error, isOld, refetch }, height = 320, children }: AnsweredProps<Data>) {
  const { t } = useTranslation('flow');
  const behind = behindOf(data);
  return (
    <>
      <ErrorNotice error={error} onRetry={refetch} />
      {data === undefined && error === undefined && (
        <div style={{ minBlockSize: height }} aria-busy="true">
          <Delayed>
            <Skeleton height={height} />
          </Delayed>
        </div>
      )}
      {behind > 0 && (
        <p className={classes.behind} role="status">
          {t('behind', { count: behind })}
        </p>
      )}
      {data !== undefined && (
        <div className={classes.answer} data-old={isOld || undefined} aria-busy={isOld || undefined}>
          {children(data)}
        </div>
      )}
    </>
  );
}
