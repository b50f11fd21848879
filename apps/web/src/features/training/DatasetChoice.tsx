import { Link } from '@tanstack/react-router';
import type { Template } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { SyntheticBadge } from '../dataset/SyntheticBadge.tsx';
import { Choice, ChoiceList } from './ChoiceList.tsx';
import { datasetRefusal, type ChoosableDataset, type Refusal } from './queueForm.ts';

export interface DatasetChoiceProps {
  datasets: readonly ChoosableDataset[];
  template: Template;
  value: string;
  onChoose: (id: string) => void;
  error: string | undefined;
  say: (refusal: Refusal) => string;
}

/** Datasets that the template can train on first, then the others with the reason why not. */
export function DatasetChoice({ datasets, template, value, onChoose, error, say }: DatasetChoiceProps) {
  const { t } = useTranslation('training');
  const judged = datasets.map((dataset) => ({ dataset, refusal: datasetRefusal(template, dataset) }));
  const ordered = [...judged.filter((one) => !one.refusal), ...judged.filter((one) => one.refusal)];
  return (
    <ChoiceList legend={t('queue.dataset')} error={error} maxHeight={220} aside={<Link to="/datasets">{t('queue.manageDatasets')}</Link>}>
      {ordered.length === 0 && <p>{t('queue.noDatasets')}</p>}
      {ordered.map(({ dataset, refusal }) => (
        <Choice key={dataset.id} name="datasetId" value={dataset.id} checked={value === dataset.id} disabled={refusal !== null} onChoose={() => onChoose(dataset.id)}
          title={<DatasetTitle dataset={dataset} />} facts={<DatasetFacts dataset={dataset} />} note={refusal && say(refusal)} />
      ))}
    </ChoiceList>
  );
}

function DatasetTitle({ dataset }: { dataset: ChoosableDataset }) {
  return (
    <>
      {dataset.name}
      {dataset.kind === 'SYNTHETIC' && <SyntheticBadge />}
    </>
  );
}

function DatasetFacts({ dataset }: { dataset: ChoosableDataset }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  if (dataset.sampleCount === null) return null;
  const [width = 0, ...more] = dataset.inputShape;
  const numbers = more.length === 0 ? t('queue.inputs', { formatted: format.number(width) }) : dataset.inputShape.join('×');
  const shape = dataset.kind === 'CSV' ? t('queue.columns', { formatted: format.number(dataset.columns.length) }) : numbers;
  const test = dataset.testCount ? t('queue.heldOut', { formatted: format.number(dataset.testCount) }) : null;
  return <>{[t('queue.samples', { formatted: format.number(dataset.sampleCount) }), test, shape].filter(Boolean).join(' · ')}</>;
}
