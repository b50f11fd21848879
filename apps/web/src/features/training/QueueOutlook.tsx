import { useQuery } from '@apollo/client/react';
import { Anchor } from '@mantine/core';
import { allTogetherMs, expectedMs, runsBefore } from '@trainyard/domain';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { usePolling } from '../shell/usePolling.ts';
import type { checkGrid, ChoosableDataset, QueueValues } from './queue-form.ts';
import classes from './QueueRunForm.module.css';
import { QueueOutlookDocument, type QueueOutlookQuery } from './runs.generated.ts';

/** How often to ask who is before it: others queue too while one chooses. */
const ASK_MS = 5_000;

export interface QueueOutlookProps {
  ticketId: string;
  values: QueueValues;
  dataset: ChoosableDataset;
  grid: ReturnType<typeof checkGrid>;
  /** Leads to the field of that name. */
  onChange: (field: keyof QueueValues) => void;
}

/** One sentence: what will be done, where, how long it will take by what is known of earlier runs, and who is before it. */
export function QueueOutlook({ ticketId, values, dataset, grid, onChange }: QueueOutlookProps) {
  const { t } = useTranslation('training');
  const { template, engine } = values;
  const asked = { ticketId, template, datasetId: dataset.id, engine, dropout: grid.ok && grid.runs.some((run) => run.parameters.dropout > 0) };
  const { data, previousData, refetch } = useQuery(QueueOutlookDocument, { variables: asked, fetchPolicy: 'cache-and-network', skip: !grid.ok });
  usePolling(grid.ok, ASK_MS, refetch);
  const outlook = (data ?? previousData)?.queueOutlook;
  const fact = (field: keyof QueueValues, text: ReactNode): ReactNode => (
    <Anchor component="button" type="button" inherit title={t('outlook.change')} onClick={() => onChange(field)}>
      {text}
    </Anchor>
  );
  const many = grid.ok && grid.runs.length > 1;
  return (
    <p className={classes.outlook}>
      {many && t('outlook.runs', { count: grid.runs.length })}
      {fact('template', t(`template.${template}.name`))}
      {t('outlook.on')}
      {fact('datasetId', dataset.name)}
      {t('outlook.comma')}
      {fact('epochs', t('outlook.epochs', { epochs: values.epochs.trim() || '–' }))}
      {t('outlook.comma')}
      {fact('engine', t(engine === 'AUTO' ? 'outlook.fastest' : `engine.${engine}.name`))}
      {outlook && grid.ok && <Prospects outlook={outlook} dataset={dataset} runs={grid.runs} />}
      {t('outlook.stop')}
    </p>
  );
}

type Runs = Extract<ReturnType<typeof checkGrid>, { ok: true }>['runs'];

function Prospects({ outlook, dataset, runs }: { outlook: QueueOutlookQuery['queueOutlook']; dataset: ChoosableDataset; runs: Runs }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const { runners, slots, past } = outlook;
  const before = runsBefore(outlook);
  if (before === null) return <>{t('outlook.comma') + t('outlook.nobody')}</>;
  const each = runs.map(({ train, parameters: { batchSize, hiddenUnits, epochs } }) =>
    expectedMs({ datasetId: dataset.id, batchSize, hiddenUnits, epochs, train }, past),
  );
  const known = each.filter((ms) => ms !== null);
  const time = format.duration(allTogetherMs(known, slots));
  const [only] = runners;
  const lasts = runs.length > 1 ? t('outlook.inAll', { time }) : t('outlook.about', { time });
  return (
    <>
      {runners.length === 1 && only !== undefined ? t('outlook.where', { runner: only }) : t('outlook.anywhere', { count: runners.length })}
      {t('outlook.comma') + (known.length === each.length ? lasts : t('outlook.unknown'))}
      {t('outlook.comma') + (before === 0 ? t('outlook.atOnce') : t('outlook.before', { count: before }))}
    </>
  );
}
