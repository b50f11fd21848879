import { Button, Menu, Tooltip } from '@mantine/core';
import { IconChartLine, IconZoomReset } from '@tabler/icons-react';
import type { ChartRange } from '@trainyard/ui';
import { useId, useSyncExternalStore } from 'react';
import { Segments } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import classes from './CompareToolbar.module.css';
import { X_AXES, type XAxis } from './run-clock.ts';
import { useSeriesName } from './useSeriesName.ts';

/** How the curves are looked at. */
export interface CompareView {
  axis: XAxis;
  /** 0 to 0.99 */
  smoothing: number;
  log: boolean;
  /** A run that diverged does not flatten the others. */
  robust: boolean;
}

export interface CompareToolbarProps {
  view: CompareView;
  range: ChartRange;
  onChange: (part: Partial<CompareView>) => void;
  /** Series that have no chart yet. */
  offered: readonly string[];
  onAdd: (series: string) => void;
}

export function CompareToolbar({ view, range, onChange, offered, onAdd }: CompareToolbarProps) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const nameOf = useSeriesName();
  const id = useId();
  const shown = useSyncExternalStore(range.subscribe, () => range.view);
  return (
    <div className={classes.root} role="toolbar" aria-label={t('compare.view')}>
      <Segments
        value={view.axis}
        onChange={(axis) => onChange({ axis })}
        data={X_AXES.map((axis) => ({ value: axis, label: t(`compare.axis.${axis}`) }))}
        label={t('compare.axisLabel')}
      />
      <span className={classes.smoothing}>
        <label htmlFor={id}>{t('compare.smoothing')}</label>
        <input
          id={id}
          type="range"
          min={0}
          max={0.99}
          step={0.01}
          value={view.smoothing}
          aria-valuetext={view.smoothing === 0 ? t('compare.smoothingOff') : format.wholePercent(view.smoothing)}
          onChange={(event) => onChange({ smoothing: Number(event.currentTarget.value) })}
        />
        <output htmlFor={id}>{view.smoothing === 0 ? t('compare.smoothingOff') : format.wholePercent(view.smoothing)}</output>
      </span>
      <label className={classes.choice}>
        <input type="checkbox" checked={view.log} onChange={(event) => onChange({ log: event.currentTarget.checked })} />
        {t('compare.log')}
      </label>
      <Tooltip label={t('compare.robustHint')} multiline w={260}>
        <label className={classes.choice}>
          <input type="checkbox" checked={view.robust} onChange={(event) => onChange({ robust: event.currentTarget.checked })} />
          {t('compare.robust')}
        </label>
      </Tooltip>
      <span className={classes.end}>
        {shown && (
          <Button size="compact-sm" variant="light" leftSection={<IconZoomReset size={14} aria-hidden="true" />} onClick={() => range.show(null)}>
            {t('chart.showAll')}
          </Button>
        )}
        {offered.length > 0 && (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button size="compact-sm" variant="default" leftSection={<IconChartLine size={14} aria-hidden="true" />}>
                {t('compare.addChart')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown className={classes.menu}>
              {offered.map((series) => (
                <Menu.Item key={series} onClick={() => onAdd(series)}>
                  {nameOf(series)}
                </Menu.Item>
              ))}
            </Menu.Dropdown>
          </Menu>
        )}
      </span>
    </div>
  );
}
