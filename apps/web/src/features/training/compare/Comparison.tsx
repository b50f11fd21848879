import { SERIES } from '@trainyard/domain';
import { ChartRange } from '@trainyard/ui';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../shell/error/ErrorNotice.tsx';
import type { ComparedRunFragment } from './compare.generated.ts';
import { CompareCharts } from './CompareCharts.tsx';
import { CompareConfusions } from './CompareConfusions.tsx';
import { CompareLegend } from './CompareLegend.tsx';
import { CompareParameters } from './CompareParameters.tsx';
import { CompareTable } from './CompareTable.tsx';
import { CompareToolbar, type CompareView } from './CompareToolbar.tsx';
import { rememberedSmoothing, rememberSmoothing } from './compare-look.ts';
import { metricsNow } from './comparison-rows.ts';
import classes from './ComparePage.module.css';
import { PointerReadout } from './pointer-readout.ts';
import { useComparedFeeds, useComparedLines } from './useComparedLines.ts';
import { useRunLooks } from './useRunLooks.ts';

export interface ComparisonProps {
  runs: readonly ComparedRunFragment[];
  /** Something of a run that a query must tell. */
  onMoved: () => void;
  /** Null where so few are left that it would be no comparison. */
  onRemove: ((id: string) => void) | null;
}

const KNOWN: readonly string[] = SERIES;
/** What is judged by stands first. */
const FIRST: readonly string[] = ['VAL_ACCURACY', 'VAL_MAE', 'VAL_LOSS', 'ACCURACY', 'MAE', 'LOSS'];
const NEVER: readonly string[] = ['SAMPLES_PER_SECOND', 'LEARNING_RATE'];

export function Comparison({ runs, onMoved, onRemove }: ComparisonProps) {
  const { t } = useTranslation('training');
  const [view, setView] = useState<CompareView>(() => ({ axis: 'STEP', smoothing: rememberedSmoothing(), log: false, robust: true }));
  const [range] = useState(() => new ChartRange());
  const [pointer] = useState(() => new PointerReadout());
  const [hidden, setHidden] = useState<ReadonlySet<string>>(new Set());
  const [highlighted, setHighlighted] = useState<string | null>(null);
  const looks = useRunLooks(runs);

  const names = useMemo(() => seriesOf(runs), [runs]);
  const [added, setAdded] = useState<readonly string[]>([]);
  const shownSeries = [...names.first, ...added];
  const others = useMemo(() => added.filter((name) => !KNOWN.includes(name)), [added]);

  const { feeds, isLoading, error } = useComparedFeeds(runs, others, onMoved);
  const { lines, error: partError } = useComparedLines(runs, feeds, { axis: view.axis, range, series: shownSeries });
  const metrics = metricsNow(runs, feeds);
  const change = useCallback(
    (part: Partial<CompareView>): void => {
      if (part.smoothing !== undefined) rememberSmoothing(part.smoothing);
      // a range of steps is none of seconds
      if (part.axis !== undefined) range.show(null);
      setView((now) => ({ ...now, ...part }));
    },
    [range],
  );
  return (
    <>
      <ErrorNotice error={error ?? partError} onRetry={onMoved} />
      <section className={classes.curves} aria-label={t('compare.curves')}>
        <CompareToolbar
          view={view}
          range={range}
          onChange={change}
          offered={names.others.filter((name) => !added.includes(name))}
          onAdd={(name) => setAdded([...added, name])}
        />
        <CompareLegend
          runs={runs}
          looks={looks}
          metrics={metrics}
          pointer={pointer}
          hidden={hidden}
          onHidden={setHidden}
          highlighted={highlighted}
          onHighlight={setHighlighted}
          onRemove={onRemove}
        />
        <CompareCharts
          runs={runs}
          looks={looks}
          lines={lines}
          hidden={hidden}
          highlighted={highlighted}
          series={shownSeries}
          onClose={(name) => setAdded(added.filter((one) => one !== name))}
          added={added}
          view={view}
          range={range}
          pointer={pointer}
          isLoading={isLoading}
          onWhole={() => change({ robust: false })}
        />
      </section>
      <CompareTable runs={runs} looks={looks} metrics={metrics} />
      <CompareParameters runs={runs} looks={looks} metrics={metrics} highlighted={highlighted} onHighlight={setHighlighted} />
      <CompareConfusions runs={runs} looks={looks} />
    </>
  );
}

/** The series that the runs have: those that are drawn at once, and those that can be added. */
function seriesOf(runs: readonly ComparedRunFragment[]): { first: readonly string[]; others: readonly string[] } {
  const all = new Set(runs.flatMap(({ series }) => series.map(({ name }) => name)));
  const first = FIRST.filter((name) => all.has(name));
  const others = [...all].filter((name) => !first.includes(name) && !NEVER.includes(name)).sort();
  return { first: first.length > 0 ? first : ['LOSS'], others: [...NEVER.filter((name) => all.has(name)), ...others] };
}
