import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import { ConfusionMatrix, Delayed, SideScroll, Swatch } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { ErrorNotice } from '../../shell/error/ErrorNotice.tsx';
import { Section } from '../../shell/Page.tsx';
import { ComparedConfusionsDocument, type ComparedRunFragment } from './compare.generated.ts';
import classes from './CompareConfusions.module.css';
import type { RunLook } from './useRunLooks.ts';

/** What each run took for what, beside each other. Nothing where none has a matrix: a regression has none. */
export function CompareConfusions({ runs, looks }: { runs: readonly ComparedRunFragment[]; looks: readonly RunLook[] }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const ids = runs.filter(({ result }) => result !== null).map(({ id }) => id);
  const { data, error, refetch } = useQuery(ComparedConfusionsDocument, { variables: { ids }, skip: ids.length === 0 });
  const found = (data?.runsById ?? []).flatMap(({ id, result }) => (result?.confusion ? [{ id, confusion: result.confusion }] : []));
  if (ids.length === 0 || (data && found.length === 0)) return null;
  return (
    <Section title={t('compare.confusions')}>
      <ErrorNotice error={error} onRetry={refetch} />
      {!data && !error && (
        <Delayed>
          <Skeleton height={240} />
        </Delayed>
      )}
      <SideScroll label={t('compare.confusions')}>
        <ul className={classes.root}>
          {runs.map((run, i) => {
            const look = looks[i];
            const confusion = found.find(({ id }) => id === run.id)?.confusion;
            if (!look || !confusion) return null;
            return (
              <li key={run.id} className={classes.matrix}>
                <h3 className={classes.name}>
                  <Swatch look={look.look} />
                  {look.name}
                  <span className={classes.split}>{t(`split.${confusion.split}`)}</span>
                </h3>
                <ConfusionMatrix
                  classes={confusion.classes}
                  counts={confusion.counts}
                  labels={{
                    caption: t('compare.confusionOf', { run: look.name }),
                    actual: t('result.actual'),
                    predicted: t('result.predicted'),
                    recall: t('result.recall'),
                    precision: t('result.precision'),
                    none: '–',
                  }}
                  formatCount={format.number}
                  formatShare={format.share}
                />
              </li>
            );
          })}
        </ul>
      </SideScroll>
    </Section>
  );
}
