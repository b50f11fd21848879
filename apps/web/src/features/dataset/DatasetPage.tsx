import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { ActionIcon, Button, Menu, Progress, Skeleton } from '@mantine/core';
import { IconDots, IconRefresh, IconReplace, IconTrash } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { ClassBalance, ConfirmDialog, Delayed, Fact, Facts } from '@trainyard/ui';
import { useState, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useActor } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page } from '../shell/Page.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import { useToast } from '../shell/useToast.ts';
import { CopyText } from '../shell/CopyText.tsx';
import { CreateDatasetDialog } from './CreateDatasetDialog.tsx';
import { valuesLike } from './dataset-form.ts';
import { DatasetColumns } from './DatasetColumns.tsx';
import classes from './DatasetPage.module.css';
import { DatasetOwner } from './DatasetOwner.tsx';
import { DatasetPreview } from './DatasetPreview.tsx';
import { DatasetReading } from './DatasetReading.tsx';
import { DatasetProblem } from './DatasetProblem.tsx';
import { DatasetStateBadge } from './DatasetStateBadge.tsx';
import { DatasetPageDocument, DeleteDatasetDocument, RecheckDatasetDocument, type DatasetPageQuery } from './datasets.generated.ts';
import { SyntheticBadge } from './SyntheticBadge.tsx';
import { useMayManageDataset } from './useMayManageDataset.ts';
import { CHECKING_MS, usePolling } from '../shell/usePolling.ts';

type Dataset = NonNullable<DatasetPageQuery['dataset']>;

export interface DatasetPageProps {
  /** Lists the runs that were trained on it: they are of a room above. */
  Runs: ComponentType<{ datasetId: string }>;
  /** The button that begins a run on it: of the same room. */
  Train: ComponentType<{ datasetId: string; projectId: string | null }>;
}

/** One dataset: what is in it, as a runner found it, or what is wrong with it. */
export function DatasetPage({ Runs, Train }: DatasetPageProps) {
  const { t } = useTranslation('dataset');
  const { datasetId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(DatasetPageDocument, { variables: { id: datasetId }, fetchPolicy: 'cache-and-network' });
  usePolling(data?.dataset?.state === 'CHECKING', CHECKING_MS, refetch);
  if (data?.dataset) return <DatasetView dataset={data.dataset} Runs={Runs} Train={Train} />;
  if (data && data.dataset === null) return <NotFoundPage />;
  return (
    <Page title={t('list.title')}>
      {error ? (
        <ErrorNotice error={error} onRetry={refetch} />
      ) : (
        <Delayed>
          <Skeleton height={28} width={240} mb="md" />
          <Skeleton height={360} />
        </Delayed>
      )}
    </Page>
  );
}

function DatasetView({ dataset, Runs, Train }: DatasetPageProps & { dataset: Dataset }) {
  const { t } = useTranslation('dataset');
  const mayManage = useMayManageDataset(dataset);
  const format = useFormat();
  return (
    <div className={classes.page}>
      <nav className={classes.crumbs} aria-label={t('page.breadcrumb')}>
        <Link to="/datasets">{t('list.title')}</Link>
      </nav>
      <header className={classes.head}>
        <PageTitle title={dataset.name} />
        {dataset.source === 'SYNTHETIC' && <SyntheticBadge />}
        <DatasetStateBadge state={dataset.state} />
        <div className={classes.actions}>
          {dataset.state === 'READY' && <Train datasetId={dataset.id} projectId={dataset.projectId} />}
          <Actions dataset={dataset} />
        </div>
      </header>
      {dataset.source === 'SYNTHETIC' && <p className={classes.about}>{t('syntheticHint')}</p>}
      {dataset.state === 'CHECKING' && <Checking share={dataset.checkedShare} />}
      {dataset.state === 'INVALID' && <Invalid dataset={dataset} />}
      <Facts layout="TILES" className={classes.facts}>
        <Fact name={t('field.kind')}>{t(`kind.${dataset.kind}`)}</Fact>
        <Fact name={t('field.owner')}>
          <DatasetOwner projectId={dataset.projectId} />
        </Fact>
        <Fact name={t('field.source')}>{t(`source.${dataset.source}`)}</Fact>
        {dataset.sampleCount !== null && <Fact name={t('field.samples')}>{format.number(dataset.sampleCount)}</Fact>}
        {dataset.testCount !== null && dataset.testCount > 0 && <Fact name={t('field.test')}>{format.number(dataset.testCount)}</Fact>}
        {dataset.columns.length > 0 && <Fact name={t('page.columns')}>{format.number(dataset.columns.length)}</Fact>}
        {dataset.columns.length === 0 && dataset.inputShape.length > 0 && <Fact name={t('field.shape')}>{dataset.inputShape.join('×')}</Fact>}
        {dataset.sizeBytes !== null && <Fact name={t('field.size')}>{format.bytes(dataset.sizeBytes)}</Fact>}
        {dataset.digest && (
          <Fact name={t('field.digest')}>
            <CopyText text={dataset.digest} shown={`${dataset.digest.slice(0, 12)}…`} label={t('page.copyDigest')} />
          </Fact>
        )}
        <Fact name={t('field.added')}>
          {format.dateTime(dataset.createdAt)}
          {dataset.createdBy && ` · ${dataset.createdBy.name}`}
        </Fact>
      </Facts>
      <div className={classes.sections}>
        {dataset.classes.length > 0 && (
          <section>
            <h2 className={classes.heading}>{t('page.balance')}</h2>
            <ClassBalance
              classes={dataset.classes}
              formatCount={format.number}
              formatShare={format.share}
              labels={{ caption: t('page.balance'), name: t('field.class'), count: t('field.samples'), share: t('field.share') }}
            />
          </section>
        )}
        {dataset.preview && <DatasetPreview preview={dataset.preview} inputShape={dataset.inputShape} columns={dataset.columns.map((column) => column.name)} />}
      </div>
      {dataset.reading && <DatasetReading dataset={dataset} reading={dataset.reading} mayChange={mayManage} />}
      {dataset.columns.length > 0 && <DatasetColumns columns={dataset.columns} rows={dataset.sampleCount ?? 0} />}
      {dataset.state === 'READY' && <Runs datasetId={dataset.id} />}
    </div>
  );
}

/** How far a runner has come with reading it. */
function Checking({ share }: { share: number | null }) {
  const { t } = useTranslation('dataset');
  const format = useFormat();
  return (
    <div className={classes.checking}>
      <p role="status" className={classes.about}>
        {share === null ? t('page.waiting') : t('page.checking')}
      </p>
      {share !== null && (
        <div className={classes.progress}>
          <Progress.Root size="sm">
            <Progress.Section value={100 * share} aria-label={t('page.read')} />
          </Progress.Root>
          <span aria-hidden="true">{format.share(share)}</span>
        </div>
      )}
    </div>
  );
}

function Invalid({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('dataset');
  const navigate = useNavigate();
  const actor = useActor();
  const [replacing, setReplacing] = useState(false);
  const mayManage = useMayManageDataset(dataset);
  const mayReplace = can(actor, 'dataset.create');
  const actions = (mayReplace || mayManage) && (
    <>
      {mayReplace && (
        <Button size="compact-sm" variant="default" leftSection={<IconReplace size={14} aria-hidden="true" />} onClick={() => setReplacing(true)}>
          {t('page.replace')}
        </Button>
      )}
      {mayManage && <Recheck id={dataset.id} size="compact-sm" />}
    </>
  );
  return (
    <>
      <DatasetProblem kind={dataset.kind} code={dataset.errorCode ?? 'INTERNAL'} params={dataset.errorParams} action={actions || undefined} />
      <CreateDatasetDialog
        draftKey={`dataset:${dataset.id}:corrected`}
        opened={replacing}
        onClose={() => setReplacing(false)}
        first={valuesLike(dataset)}
        onCreated={(id) => void navigate({ to: '/datasets/$datasetId', params: { datasetId: id } })}
      />
    </>
  );
}

/** Has a runner read the data again: after its file was put right, or to count what was not counted before. */
function Recheck({ id, size }: { id: string; size: 'compact-sm' | 'sm' }) {
  const { t } = useTranslation('dataset');
  const toast = useToast();
  const [recheck, { loading }] = useMutation(RecheckDatasetDocument, { variables: { id }, onError: toast.failed });
  return (
    <Button
      size={size}
      variant="default"
      leftSection={<IconRefresh size={size === 'sm' ? 16 : 14} aria-hidden="true" />}
      loading={loading}
      onClick={() => void recheck()}
    >
      {t('page.recheck')}
    </Button>
  );
}

function Actions({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation('dataset');
  const navigate = useNavigate();
  const client = useApolloClient();
  const [asking, setAsking] = useState(false);
  const [remove, { loading, error, reset }] = useMutation(DeleteDatasetDocument, { variables: { id: dataset.id, version: dataset.version } });
  const mayManage = useMayManageDataset(dataset);
  if (!mayManage) return null;
  const confirm = async (): Promise<void> => {
    try {
      await remove();
    } catch {
      return; // told in the dialog
    }
    await navigate({ to: '/datasets' });
    client.cache.evict({ id: client.cache.identify({ __typename: 'Dataset', id: dataset.id }) ?? '' });
    client.cache.gc();
  };
  return (
    <>
      {dataset.state === 'READY' && dataset.source !== 'SYNTHETIC' && <Recheck id={dataset.id} size="sm" />}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="default" size="lg" aria-label={t('page.more')}>
            <IconDots size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} aria-hidden="true" />}
            onClick={() => {
              reset();
              setAsking(true);
            }}
          >
            {t('page.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <ConfirmDialog
        opened={asking}
        title={t('page.deleteTitle', { name: dataset.name })}
        pending={loading}
        labels={{ confirm: t('page.delete'), cancel: t('page.keep') }}
        onConfirm={() => void confirm()}
        onCancel={() => setAsking(false)}
      >
        <p>{t('page.deleteText')}</p>
        <ErrorNotice error={error} />
      </ConfirmDialog>
    </>
  );
}
