import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { ConfirmDialog, HeadOfActions, Table } from '@trainyard/ui';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toldByQuery } from '../../apollo-failure.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import type { UpdateBoardInput } from '../../schema.generated.ts';
import { useToast } from '../shell/useToast.ts';
import { AddBoard } from './AddBoard.tsx';
import { BoardRow } from './BoardRow.tsx';
import type { ProjectSettingsQuery } from './project-settings.generated.ts';
import {
  ArchiveBoardDocument,
  ChangeBoardDocument,
  RemoveBoardDocument,
  RestoreBoardDocument,
  SettingsBoardFragmentDoc,
  type SettingsBoardFragment,
} from './project-state.generated.ts';
import { usePlacedRows } from './usePlacedRows.ts';

/** The boards of a project in order, those archived too: names, places, archive and end. */
export function ProjectBoards({ project, readOnly }: { project: NonNullable<ProjectSettingsQuery['project']>; readOnly: boolean }) {
  const { t } = useTranslation(['project', 'shell']);
  const format = useFormat();
  const toast = useToast();
  const client = useApolloClient();
  const { boards } = project;
  const [adding, setAdding] = useState(false);
  const [doomed, setDoomed] = useState<SettingsBoardFragment | null>(null);
  // The sidebar shows boards, too.
  const again = { errorPolicy: 'all', refetchQueries: 'active' } as const;
  const [change] = useMutation(ChangeBoardDocument, again);
  const [archive] = useMutation(ArchiveBoardDocument, { ...again, onError: toast.failed });
  const [restore] = useMutation(RestoreBoardDocument, { ...again, onError: toast.failed });
  const [remove, { loading }] = useMutation(RemoveBoardDocument, { ...again, onError: toast.failed });

  const { latest, send, arrows } = usePlacedRows<SettingsBoardFragment, UpdateBoardInput>(boards, SettingsBoardFragmentDoc, (variables) =>
    change({ variables }),
  );
  const confirmRemove = async (): Promise<void> => {
    if (doomed) await remove({ variables: latest(doomed) });
    setDoomed(null);
  };
  const used = boards.filter((board) => !board.archived).length;

  return (
    <>
      <Table
        caption={t('boards')}
        minWidth={520}
        head={
          <>
            <th scope="col">{t('board.name')}</th>
            <th scope="col">{t('boardKind.label')}</th>
            <th scope="col" data-numeric>
              {t('label.tickets')}
            </th>
            {!readOnly && <HeadOfActions label={t('column.order')} />}
          </>
        }
      >
        {boards.map((board, index) => (
          <BoardRow
            key={board.id}
            board={board}
            projectKey={project.key}
            readOnly={readOnly}
            isLast={used === 1 && !board.archived}
            onRename={(name) => send(board, { name })}
            {...arrows(board, index)}
            onArchive={() => void archive({ variables: latest(board) })}
            onRestore={() => void restore({ variables: latest(board) })}
            onDelete={() => {
              setDoomed(board);
              // What is asked names how many tickets lie there now.
              toldByQuery(client.refetchQueries({ include: 'active' }));
            }}
          />
        ))}
      </Table>
      {!readOnly && (
        <div>
          {adding ? (
            <AddBoard projectId={project.id} onClose={() => setAdding(false)} />
          ) : (
            <Button variant="default" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => setAdding(true)}>
              {t('board.add')}
            </Button>
          )}
        </div>
      )}
      <ConfirmDialog
        opened={doomed !== null}
        title={t('board.deleteTitle', { name: doomed?.name ?? '' })}
        labels={{ confirm: t('board.delete'), cancel: t('shell:cancel') }}
        pending={loading}
        onConfirm={() => void confirmRemove()}
        onCancel={() => setDoomed(null)}
      >
        {deletionText(boards.find((board) => board.id === doomed?.id)?.ticketCount ?? doomed?.ticketCount ?? 0)}
      </ConfirmDialog>
    </>
  );

  function deletionText(count: number): string {
    return count === 0 ? t('board.deleteEmpty') : t('board.deleteText', { count, formatted: format.number(count) });
  }
}
