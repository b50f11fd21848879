import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { checkGrid, ChoosableDataset, Refusal } from './queue-form.ts';
import { useRowsText } from './useRowsText.ts';

export interface GridTotalProps {
  grid: ReturnType<typeof checkGrid>;
  dataset: ChoosableDataset;
  say: (refusal: Refusal) => string;
}

/** How much work the run is, or how many runs and how much they are together. */
export function GridTotal({ grid, dataset, say }: GridTotalProps) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const rowsText = useRowsText();
  // Anything else is said beside its field.
  if (!grid.ok) return grid.code === 'GRID_TOO_LARGE' ? <strong>{say(grid)}</strong> : null;
  const [first, ...more] = grid.runs;
  if (!first) return null;
  if (more.length > 0) {
    const steps = grid.runs.reduce((sum, run) => sum + run.totalSteps, 0);
    return <>{t('queue.gridTotal', { count: grid.runs.length, steps: format.number(steps) })}</>;
  }
  return (
    <>
      {dataset.columns.length > 0 && (
        <>
          {rowsText(first.rows)}
          <br />
        </>
      )}
      {t('queue.total', {
        steps: format.number(first.totalSteps),
        train: format.number(first.train),
        validation: format.number(first.validation),
        test: format.number(dataset.testCount ?? 0),
      })}
    </>
  );
}
