import { IconArrowDownRight, IconArrowRight, IconArrowUpRight } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { isHigherBetter } from '@trainyard/domain';
import { Sparkline } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { metricName } from '../training/CardRun.tsx';
import { metricText } from '../training/metric-text.ts';
import classes from './Best.module.css';
import type { StandingFragment } from './blocks.generated.ts';

/** The best result of a project, how it came to be, and whether it is better than a week ago. */
export function Best({ best }: { best: NonNullable<StandingFragment['best']> }) {
  const { t } = useTranslation('home');
  const { t: training } = useTranslation('training');
  const format = useFormat();
  const { runId, runNumber, metric, split, value, before, trend } = best;
  const isBetter = before === null ? null : isHigherBetter(metric) ? value > before : value < before;
  const Icon = isBetter === null ? null : !isBetter ? IconArrowRight : isHigherBetter(metric) ? IconArrowUpRight : IconArrowDownRight;
  const told = before === null ? t('best.first') : isBetter ? t('best.better', { before: metricText(format, metric, before) }) : t('best.same');
  return (
    <span className={classes.root}>
      <Link
        to="/runs/$runId"
        params={{ runId }}
        title={training('headline.full', { split: training(`split.${split as 'TEST'}`), name: metricName(training, metric) })}
      >
        <strong>{metricText(format, metric, value)}</strong>
      </Link>
      <span className={classes.trend} data-better={isBetter ?? undefined} title={told}>
        {Icon && <Icon size={14} role="img" aria-label={told} />}
      </span>
      {trend.length > 1 && <Sparkline values={trend} width={72} height={18} label={t('best.trend', { count: trend.length })} />}
      <span className={classes.of}>
        {metricName(training, metric)} · {training('page.short', { number: runNumber })}
      </span>
    </span>
  );
}
