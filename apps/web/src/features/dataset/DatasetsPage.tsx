import { Button } from '@mantine/core';
import { IconDatabase, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { can, DATASET_FIELDS } from '@trainyard/domain';
import { EmptyState } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActor } from '../access/useActor.ts';
import { ListPage } from '../lists/ListPage.tsx';
import { useAskedQuery } from '../lists/useAskedQuery.ts';
import { useList } from '../lists/useList.ts';
import { useListNames } from '../project/useListNames.ts';
import { CHECKING_MS, usePolling } from '../shell/usePolling.ts';
import { CreateDatasetDialog } from './CreateDatasetDialog.tsx';
import { DatasetsDocument } from './datasets.generated.ts';
import { useDatasetColumns } from './useDatasetColumns.tsx';
import { useDatasetWords } from './useDatasetWords.ts';

/** What can be trained on: everything the reader may use, newest first. */
export function DatasetsPage() {
  const { t } = useTranslation('dataset');
  const navigate = useNavigate();
  const mayCreate = can(useActor(), 'dataset.create');
  const [creating, setCreating] = useState(false);
  const query = useAskedQuery(DATASET_FIELDS);
  const words = useDatasetWords();
  const columns = useDatasetColumns();
  const { keys, people } = useListNames();
  const answer = useList(DatasetsDocument, query === null ? null : { query }, (data) => data.datasets);
  const last = (answer.found?.nodes ?? []).findLastIndex((dataset) => dataset.state === 'CHECKING');
  usePolling(last >= 0, CHECKING_MS, () => answer.readAgain(last + 1));
  const add = mayCreate && (
    <Button leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setCreating(true)}>
      {t('list.add')}
    </Button>
  );
  return (
    <>
      <ListPage
        title={t('list.title')}
        actions={add}
        list={{
          name: 'datasets',
          fields: DATASET_FIELDS,
          words,
          columns,
          example: 'state:ready samples:>1000',
          minWidth: 920,
          names: { by: people, project: keys },
        }}
        answer={answer}
        project={null}
        empty={<EmptyState icon={<IconDatabase />} title={t('list.empty')} text={mayCreate ? t('list.emptyHint') : t('list.emptyForbidden')} />}
      />
      <CreateDatasetDialog
        draftKey="dataset:new"
        opened={creating}
        onClose={() => setCreating(false)}
        onCreated={(id) => void navigate({ to: '/datasets/$datasetId', params: { datasetId: id } })}
      />
    </>
  );
}
