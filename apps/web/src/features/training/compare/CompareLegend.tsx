import { ActionIcon } from '@mantine/core';
import { IconEye, IconEyeOff, IconX } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ComparedMetric } from '@trainyard/domain';
import { Swatch } from '@trainyard/ui';
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { metricName } from '../CardRun.tsx';
import { metricText } from '../metric-text.ts';
import { RunStateBadge } from '../RunStateBadge.tsx';
import type { ComparedRunFragment } from './compare.generated.ts';
import classes from './CompareLegend.module.css';
import { leadingMetric } from './comparison-rows.ts';
import type { PointerReadout } from './pointer-readout.ts';
import { useSeriesFormat } from './useSeriesFormat.ts';
import { useSeriesName } from './useSeriesName.ts';
import { SHORT_DIFFERENCES, type RunLook } from './useRunLooks.ts';

export interface CompareLegendProps {
  runs: readonly ComparedRunFragment[];
  looks: readonly RunLook[];
  metrics: readonly ComparedMetric[];
  pointer: PointerReadout;
  hidden: ReadonlySet<string>;
  onHidden: (hidden: ReadonlySet<string>) => void;
  highlighted: string | null;
  onHighlight: (id: string | null) => void;
  onRemove: ((id: string) => void) | null;
}

/** One legend for all charts: what tells each run apart, and its value where a chart is pointed at, else what it is judged by. */
export function CompareLegend({ runs, looks, metrics, pointer, hidden, onHidden, highlighted, onHighlight, onRemove }: CompareLegendProps) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const formatOf = useSeriesFormat();
  const nameOf = useSeriesName();
  const pointed = useSyncExternalStore(pointer.subscribe, pointer.get);
  const leading = leadingMetric(metrics);
  const heading = pointed ? nameOf(pointed.series) : leading && t('compare.metric', { split: t(`split.${leading.split}`), name: metricName(t, leading.name) });
  const valueOf = (run: ComparedRunFragment, i: number): string => {
    if (pointed) {
      const value = pointed.values.get(run.id);
      return value === null || value === undefined ? '–' : formatOf(pointed.series).full(value);
    }
    const value = leading?.values[i];
    return value ? metricText(format, leading.name, value.value) : '–';
  };
  const toggle = (id: string): void => {
    const next = new Set(hidden);
    if (!next.delete(id)) next.add(id);
    onHidden(next);
  };
  return (
    <div className={classes.root}>
      <p className={classes.heading}>
        <span>{t('compare.runs')}</span>
        <span>{heading}</span>
      </p>
      <ul className={classes.list} aria-label={t('compare.runs')}>
        {runs.map((run, i) => {
          const look = looks[i];
          if (!look) return null;
          const isHidden = hidden.has(run.id);
          const Eye = isHidden ? IconEyeOff : IconEye;
          return (
            <li
              key={run.id}
              className={classes.run}
              data-hidden={isHidden || undefined}
              data-highlighted={highlighted === run.id || undefined}
              onPointerEnter={() => onHighlight(run.id)}
              onPointerLeave={() => onHighlight(null)}
              onFocus={() => onHighlight(run.id)}
              onBlur={() => onHighlight(null)}
            >
              <button
                type="button"
                className={classes.toggle}
                aria-pressed={!isHidden}
                aria-label={t('compare.show', { run: look.name })}
                onClick={() => toggle(run.id)}
              >
                <Swatch look={look.look} />
                <Eye size={14} aria-hidden="true" className={classes.eye} />
              </button>
              <span className={classes.what}>
                <span className={classes.first}>
                  <Link to="/runs/$runId" params={{ runId: run.id }} className={classes.name}>
                    {look.name}
                  </Link>
                  {/* most have ended well: what is said is what has not */}
                  {(run.card.state !== 'SUCCEEDED' || run.card.doubt) && (
                    <RunStateBadge state={run.card.state} waiting={run.card.waiting} doubt={run.card.doubt} />
                  )}
                </span>
                <span className={classes.differences} title={look.differences.join(' · ')}>
                  {look.differences.length > 0 ? look.differences.slice(0, SHORT_DIFFERENCES).join(' · ') : t('compare.noDifference')}
                </span>
              </span>
              <span className={classes.value}>{valueOf(run, i)}</span>
              {onRemove && (
                <ActionIcon
                  size="sm"
                  variant="subtle"
                  color="gray"
                  className={classes.remove}
                  aria-label={t('compare.remove', { run: look.name })}
                  onClick={() => onRemove(run.id)}
                >
                  <IconX size={14} />
                </ActionIcon>
              )}
            </li>
          );
        })}
      </ul>
      {runs.length > 3 && (
        <p className={classes.all}>
          <button type="button" onClick={() => onHidden(new Set(hidden.size > 0 ? [] : runs.map(({ id }) => id)))}>
            {hidden.size > 0 ? t('compare.showAllRuns') : t('compare.hideAllRuns')}
          </button>
        </p>
      )}
    </div>
  );
}
