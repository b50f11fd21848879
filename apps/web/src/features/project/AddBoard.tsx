import { useMutation } from '@apollo/client/react';
import { BOARD_KINDS, PROJECT_NAME_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { AddLine } from './AddLine.tsx';
import { AddBoardDocument } from './project-state.generated.ts';

/** A line that adds a board at the end of the project's. */
export function AddBoard({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const { t } = useTranslation('project');
  const toast = useToast();
  const [add, { loading }] = useMutation(AddBoardDocument, { errorPolicy: 'all', onError: toast.failed, refetchQueries: 'active' });
  return (
    <AddLine
      draftKey={`project:${projectId}:board`}
      name={{ label: t('board.name'), max: PROJECT_NAME_MAX }}
      kind={{
        label: t('boardKind.label'),
        width: 120,
        first: 'KANBAN',
        options: BOARD_KINDS.map((value) => ({ value, label: t(`boardKind.${value}`) })),
      }}
      submit={t('board.add')}
      pending={loading}
      onAdd={async (name, kind) => Boolean((await add({ variables: { projectId, name, kind } })).data)}
      onClose={onClose}
    />
  );
}
