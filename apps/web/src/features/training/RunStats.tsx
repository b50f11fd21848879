import { Progress } from '@mantine/core';
import { IconTrendingDown, IconTrendingUp } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { isEnded, isHigherBetter, type MetricSplit } from '@trainyard/domain';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { metricName } from './CardRun.tsx';
import type { Curves } from './curves.ts';
import { metricText } from './metric-text.ts';
import classes from './RunStats.module.css';
import type { RunPageQuery } from './runs.generated.ts';
import { useTicking } from './RunStatus.tsx';
import { useCurves } from './useCurves.ts';

type Run = NonNullable<RunPageQuery['run']>;

/** What one looks for first: the figure it is judged by against the best so far, its loss, how long, how fast, and on what. */
export function RunStats({ run, curves }: { run: Run; curves: Curves | null }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const { card } = run;
  const training = card.state === 'RUNNING';
  const going = !isEnded(card.state);
  const { elapsed, remaining } = useTicking(card, training);
  const losses = useLosses(run, curves);
  const attempt = run.attempts.find(({ id }) => id === run.attempt?.id);
  const speed = run.result?.samplesPerSecond ?? card.samplesPerSecond;
  return (
    <div className={classes.root}>
      {going && (
        <Progress.Root size="sm" className={classes.progress}>
          <Progress.Section value={card.totalSteps === 0 ? 0 : Math.min(100, (100 * card.step) / card.totalSteps)} aria-label={t('progress')} />
        </Progress.Root>
      )}
      <dl className={classes.strip}>
        {card.headline && (
          <Stat
            name={t('headline.full', { split: t(`split.${card.headline.split}`), name: metricName(t, card.headline.name) })}
            value={metricText(format, card.headline.name, card.headline.value)}
          >
            <AgainstBest run={run} />
          </Stat>
        )}
        {losses.length > 0 && (
          <Stat name={t('metric.loss')} value={losses[0] ? lossText(losses[0].value, format.figure, t('compare.notANumber')) : ''}>
            {losses.map(({ split, value }, i) =>
              i === 0 ? t(`split.${split}`) : ` · ${t(`split.${split}`)} ${lossText(value, format.figure, t('compare.notANumber'))}`,
            )}
          </Stat>
        )}
        {elapsed !== null && elapsed > 0 && (
          <Stat name={t(going ? 'fact.elapsed' : 'fact.training')} value={format.duration(run.result?.trainMs ?? elapsed)}>
            {training && remaining !== null ? t('stats.remaining', { time: format.duration(remaining) }) : stepsOf(t, format, card)}
          </Stat>
        )}
        {speed !== null && (
          <Stat name={t('fact.speed')} value={t('perSecond', { value: format.compact(speed) })}>
            {training && remaining !== null && stepsOf(t, format, card)}
          </Stat>
        )}
        {attempt?.engine && (
          <Stat name={t('fact.device')} value={t(`engine.${attempt.engine}.name`)}>
            {[attempt.device, attempt.runnerName].filter(Boolean).join(' · ')}
          </Stat>
        )}
      </dl>
    </div>
  );
}

function Stat({ name, value, children }: { name: string; value: string; children?: ReactNode }) {
  return (
    <div className={classes.stat}>
      <dt>{name}</dt>
      <dd className={classes.value}>{value}</dd>
      {children && <dd className={classes.note}>{children}</dd>}
    </div>
  );
}

type Words = ReturnType<typeof useTranslation<'training'>>['t'];
const stepsOf = (t: Words, format: ReturnType<typeof useFormat>, card: Run['card']): string | null =>
  card.totalSteps === 0
    ? null
    : t('stats.steps', {
        step: format.number(card.step),
        steps: format.number(card.totalSteps),
        epoch: format.number(card.trainingEpoch),
        epochs: format.number(card.totalEpochs),
      });

const lossText = (value: number, figure: (value: number) => string, none: string): string => (Number.isFinite(value) ? figure(value) : none);

/** How it stands against the best that was measured in the same way; nothing where it is the first. */
function AgainstBest({ run: { card, bestLike } }: { run: Run }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const mine = card.headline;
  const best = bestLike?.card.headline;
  if (!mine || !bestLike || best?.name !== mine.name || best.split !== mine.split) return <>{t('stats.first')}</>;
  const isBetter = isHigherBetter(mine.name) ? mine.value > best.value : mine.value < best.value;
  const link = (
    <Link to="/runs/$runId" params={{ runId: bestLike.id }}>
      {t('page.short', { number: bestLike.number })}
    </Link>
  );
  const Trend = isHigherBetter(mine.name) === isBetter ? IconTrendingUp : IconTrendingDown;
  return (
    <span className={classes.against} data-better={isBetter || undefined}>
      {mine.value !== best.value && <Trend size={14} aria-hidden="true" />}
      <span>
        {t(mine.value === best.value ? 'stats.asGood' : isBetter ? 'stats.better' : 'stats.behind', { value: metricText(format, best.name, best.value) })} (
        {link})
      </span>
    </span>
  );
}

/** Of the result; while there is none, what was reported last. What nobody trained on comes first. */
function useLosses(run: Run, curves: Curves | null): { split: MetricSplit; value: number }[] {
  const now = useCurves(curves, (all) => ({ VAL_LOSS: all.buffer('VAL_LOSS').lastValue, LOSS: all.buffer('LOSS').lastValue }));
  const of = (split: MetricSplit, series: 'VAL_LOSS' | 'LOSS'): { split: MetricSplit; value: number }[] => {
    const result = run.result?.metrics.find((metric) => metric.split === split && metric.name === 'loss')?.value;
    const known = run.attempt?.lastPoints.find((point) => point.series === series);
    const value = result ?? now?.[series] ?? (known ? (known.value ?? Number.NaN) : null);
    return value === null ? [] : [{ split, value }];
  };
  return [...of('VALIDATION', 'VAL_LOSS'), ...of('TRAIN', 'LOSS')];
}
