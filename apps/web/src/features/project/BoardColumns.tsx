import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { COLUMNS_MAX } from '@trainyard/domain';
import { ConfirmDialog, HeadOfActions, Table } from '@trainyard/ui';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { AddColumn } from './AddColumn.tsx';
import { ColumnPolicyDialog } from './ColumnPolicyDialog.tsx';
import { ColumnRow } from './ColumnRow.tsx';
import {
  ConfigureColumnDocument,
  ProjectSettingsDocument,
  RemoveColumnDocument,
  SettingsColumnFragmentDoc,
  type ProjectSettingsQuery,
  type SettingsColumnFragment,
} from './project-settings.generated.ts';
import { usePlacedRows } from './usePlacedRows.ts';
import type { UpdateColumnInput } from '../../schema.generated.ts';

type Board = NonNullable<ProjectSettingsQuery['project']>['boards'][number];

/** The columns of a board in order: name, kind of work, limit and what happens over it. */
export function BoardColumns({ board, readOnly }: { board: Board; readOnly: boolean }) {
  const { t } = useTranslation(['project', 'shell']);
  const toast = useToast();
  const { columns } = board;
  const [adding, setAdding] = useState(false);
  const [asking, setAsking] = useState<SettingsColumnFragment | null>(null);
  const [doomed, setDoomed] = useState<SettingsColumnFragment | null>(null);
  const [configure] = useMutation(ConfigureColumnDocument, { errorPolicy: 'all', refetchQueries: [ProjectSettingsDocument] });
  const [remove, { loading }] = useMutation(RemoveColumnDocument, {
    errorPolicy: 'all',
    onError: toast.failed,
    refetchQueries: [ProjectSettingsDocument],
  });

  const { send, sendOrTell, arrows } = usePlacedRows<SettingsColumnFragment, UpdateColumnInput>(columns, SettingsColumnFragmentDoc, (variables) =>
    configure({ variables }),
  );
  const confirmRemove = async (): Promise<void> => {
    if (doomed) await remove({ variables: { id: doomed.id, version: doomed.version } });
    setDoomed(null);
  };

  return (
    <>
      <Table
        caption={t('columnsOf', { board: board.name })}
        minWidth={620}
        head={
          <>
            <th scope="col">{t('column.name')}</th>
            <th scope="col">{t('column.category')}</th>
            <th scope="col">{t('column.limit')}</th>
            <th scope="col">{t('column.policy')}</th>
            {!readOnly && <HeadOfActions label={t('column.order')} />}
          </>
        }
      >
        {columns.map((column, index) => (
          <ColumnRow
            key={column.id}
            column={column}
            readOnly={readOnly}
            onRename={(name) => send(column, { name })}
            onChange={(input) => void sendOrTell(column, input)}
            {...arrows(column, index)}
            onDelete={() => setDoomed(column)}
            onPolicy={() => setAsking(column)}
          />
        ))}
      </Table>
      {!readOnly && columns.length < COLUMNS_MAX && (
        <div>
          {adding ? (
            <AddColumn boardId={board.id} onClose={() => setAdding(false)} />
          ) : (
            <Button variant="default" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>
              {t('column.add')}
            </Button>
          )}
        </div>
      )}
      {asking && <ColumnPolicyDialog column={asking} onClose={() => setAsking(null)} />}
      <ConfirmDialog
        opened={doomed !== null}
        title={t('column.deleteTitle', { name: doomed?.name ?? '' })}
        labels={{ confirm: t('column.delete'), cancel: t('shell:cancel') }}
        pending={loading}
        onConfirm={() => void confirmRemove()}
        onCancel={() => setDoomed(null)}
      >
        {t('column.deleteText')}
      </ConfirmDialog>
    </>
  );
}
