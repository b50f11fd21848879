import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import type { Template } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { DatasetStateBadge } from '../dataset/DatasetStateBadge.tsx';
import { SyntheticBadge } from '../dataset/SyntheticBadge.tsx';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { Choice, ChoiceList } from './ChoiceList.tsx';
import { datasetRefusal, mayFit, type ChoosableDataset, type Refusal } from './queue-form.ts';

export interface DatasetChoiceProps {
  datasets: readonly ChoosableDataset[];
  template: Template;
  value: string;
  onChoose: (id: string) => void;
  /** Null for those who may not add any. */
  onAdd: (() => void) | null;
  error: string | undefined;
  say: (refusal: Refusal) => string;
}

/** Datasets that the template can train on first, then the others with the reason why not. */
export function DatasetChoice({ datasets, template, value, onChoose, onAdd, error, say }: DatasetChoiceProps) {
  const { t } = useTranslation('training');
  const describe = useErrorMessage();
  const why = (dataset: ChoosableDataset): string | null => {
    if (dataset.state === 'CHECKING') return null;
    if (dataset.state === 'INVALID') return describe({ code: dataset.errorCode, params: dataset.errorParams });
    const refusal = datasetRefusal(template, dataset);
    return refusal && say(refusal);
  };
  const judged = datasets.map((dataset) => ({ dataset, fits: mayFit(template, dataset) }));
  const ordered = [...judged.filter((one) => one.fits), ...judged.filter((one) => !one.fits)];
  const none = ordered.every((one) => !one.fits);
  const add = onAdd && (
    <Button size="compact-xs" variant={none ? 'filled' : 'default'} leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={onAdd}>
      {t('queue.addDataset')}
    </Button>
  );
  return (
    <ChoiceList legend={t('queue.dataset')} error={error} maxHeight={220} aside={add}>
      {none && <p>{t(onAdd ? 'queue.noDatasets' : 'queue.noDatasetsForbidden')}</p>}
      {ordered.map(({ dataset, fits }) => (
        <Choice
          key={dataset.id}
          name="datasetId"
          value={dataset.id}
          checked={value === dataset.id}
          disabled={!fits}
          onChoose={() => onChoose(dataset.id)}
          title={<DatasetTitle dataset={dataset} />}
          facts={<DatasetFacts dataset={dataset} />}
          note={why(dataset)}
        />
      ))}
    </ChoiceList>
  );
}

function DatasetTitle({ dataset }: { dataset: ChoosableDataset }) {
  return (
    <>
      {dataset.name}
      {dataset.kind === 'SYNTHETIC' && <SyntheticBadge />}
      {dataset.state !== 'READY' && <DatasetStateBadge state={dataset.state} />}
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
