import { ConfusionMatrix } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { metricName } from './CardRun.tsx';
import { metricText } from './metric-text.ts';
import type { RunPageQuery } from './runs.generated.ts';
import classes from './RunResult.module.css';

type Result = NonNullable<NonNullable<RunPageQuery['run']>['result']>;
const SPLITS = ['TRAIN', 'VALIDATION', 'TEST'] as const;

/** What came out: every metric on every split, and what was taken for what. */
export function RunResult({ result }: { result: Result }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const splits = SPLITS.filter((split) => result.metrics.some((metric) => metric.split === split));
  const names = [...new Set(result.metrics.map((metric) => metric.name))];
  const counts = { TRAIN: result.trainCount, VALIDATION: result.validationCount, TEST: result.testCount };
  const valueOf = (name: string, split: (typeof SPLITS)[number]): string => {
    const metric = result.metrics.find((one) => one.name === name && one.split === split);
    return metric ? metricText(format, name, metric.value) : '–';
  };
  return (
    <section className={classes.root} aria-label={t('result.title')}>
      <h2 className={classes.heading}>{t('result.title')}</h2>
      <table className={classes.metrics}>
        <thead>
          <tr>
            <th scope="col">{t('result.metric')}</th>
            {splits.map((split) => (
              <th key={split} scope="col">
                {t(`split.${split}`)} <span className={classes.count}>{t('result.samples', { formatted: format.number(counts[split]) })}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name}>
              <th scope="row">{metricName(t, name)}</th>
              {splits.map((split) => (
                <td key={split}>{valueOf(name, split)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {result.confusion && (
        <div>
          <h3 className={classes.subheading}>{t('result.confusion', { split: t(`split.${result.confusion.split}`) })}</h3>
          <ConfusionMatrix
            classes={result.confusion.classes}
            counts={result.confusion.counts}
            formatCount={format.number}
            formatShare={format.share}
            labels={{
              caption: t('result.confusionCaption'),
              actual: t('result.actual'),
              predicted: t('result.predicted'),
              recall: t('result.recall'),
              precision: t('result.precision'),
              none: '–',
            }}
          />
        </div>
      )}
    </section>
  );
}
