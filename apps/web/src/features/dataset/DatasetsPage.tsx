import { useQuery } from '@apollo/client/react';
import { Button, Skeleton } from '@mantine/core';
import { IconDatabase, IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { Delayed, EmptyState, Table } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAgain } from '../../apollo-pages.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useActor } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { Page } from '../shell/Page.tsx';
import { ShowMore } from '../shell/ShowMore.tsx';
import { useNow } from '../shell/useNow.ts';
import { CreateDatasetDialog } from './CreateDatasetDialog.tsx';
import { DatasetOwner } from './DatasetOwner.tsx';
import { DatasetStateBadge } from './DatasetStateBadge.tsx';
import classes from './DatasetsPage.module.css';
import { DatasetsDocument, type DatasetRowFragment } from './datasets.generated.ts';
import { SyntheticBadge } from './SyntheticBadge.tsx';
import { CHECKING_MS, usePolling } from '../shell/usePolling.ts';

const PAGE = 50;

/** What can be trained on: everything the reader may use, newest first. */
export function DatasetsPage() {
  const { t } = useTranslation('dataset');
  const navigate = useNavigate();
  const actor = useActor();
  const [creating, setCreating] = useState(false);
  const { data, error, refetch, fetchMore } = useQuery(DatasetsDocument, { variables: { first: PAGE }, fetchPolicy: 'cache-and-network' });
  const datasets = data?.datasets.nodes ?? [];
  const last = datasets.findLastIndex((dataset) => dataset.state === 'CHECKING');
  usePolling(last >= 0, CHECKING_MS, () => readAgain(Math.max(PAGE, last + 1), async (page) => (await fetchMore({ variables: page })).data?.datasets.pageInfo));
  const mayCreate = can(actor, 'dataset.create');
  const add = mayCreate && (
    <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setCreating(true)}>
      {t('list.add')}
    </Button>
  );
  const more = data?.datasets.pageInfo;
  return (
    <Page title={t('list.title')} actions={datasets.length > 0 && add}>
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && (
        <Delayed>
          <Skeleton height={180} />
        </Delayed>
      )}
      {data && datasets.length === 0 && (
        <EmptyState
          icon={<IconDatabase />}
          title={t('list.empty')}
          text={mayCreate ? t('list.emptyHint') : t('list.emptyForbidden')}
          action={add || undefined}
        />
      )}
      {datasets.length > 0 && <DatasetTable datasets={datasets} />}
      {more?.hasNextPage && <ShowMore onMore={() => fetchMore({ variables: { after: more.endCursor } })} />}
      <CreateDatasetDialog
        draftKey="dataset:new"
        opened={creating}
        onClose={() => setCreating(false)}
        onCreated={(id) => void navigate({ to: '/datasets/$datasetId', params: { datasetId: id } })}
      />
    </Page>
  );
}

function DatasetTable({ datasets }: { datasets: readonly DatasetRowFragment[] }) {
  const { t } = useTranslation('dataset');
  const format = useFormat();
  const now = useNow(30_000);
  return (
    <Table
      caption={t('list.title')}
      minWidth={920}
      head={
        <>
          <th scope="col">{t('field.name')}</th>
          <th scope="col">{t('field.state')}</th>
          <th scope="col">{t('field.kind')}</th>
          <th scope="col">{t('field.owner')}</th>
          <th scope="col" data-numeric>
            {t('field.samples')}
          </th>
          <th scope="col" data-numeric>
            {t('field.shape')}
          </th>
          <th scope="col" data-numeric>
            {t('field.size')}
          </th>
          <th scope="col">{t('field.added')}</th>
        </>
      }
    >
      {datasets.map((dataset) => (
        <tr key={dataset.id} className={classes.row}>
          <th scope="row" className={classes.name}>
            <Link to="/datasets/$datasetId" params={{ datasetId: dataset.id }}>
              {dataset.name}
            </Link>
            {dataset.source === 'SYNTHETIC' && <SyntheticBadge />}
          </th>
          <td>
            <DatasetStateBadge state={dataset.state} share={dataset.checkedShare} />
          </td>
          <td>{t(`kind.${dataset.kind}`)}</td>
          <td className={classes.owner}>
            <DatasetOwner projectId={dataset.projectId} />
          </td>
          <td data-numeric>{samplesText(dataset, format.number)}</td>
          <td data-numeric>{shapeText(dataset)}</td>
          <td data-numeric>{dataset.sizeBytes === null ? '–' : format.bytes(dataset.sizeBytes)}</td>
          <td className={classes.dimmed} title={[format.dateTime(dataset.createdAt), dataset.createdBy?.name].filter(Boolean).join(' · ')}>
            {format.relative(dataset.createdAt, now)}
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** Of a table the inputs depend on the column that a run predicts, so its width says little. */
function shapeText({ kind, inputShape }: DatasetRowFragment): string {
  return kind === 'CSV' || inputShape.length === 0 ? '–' : inputShape.join('×');
}

function samplesText({ sampleCount, testCount }: DatasetRowFragment, number: (value: number) => string): string {
  if (sampleCount === null) return '–';
  return testCount ? `${number(sampleCount)} + ${number(testCount)}` : number(sampleCount);
}
