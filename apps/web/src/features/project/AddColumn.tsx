import { useMutation } from '@apollo/client/react';
import { COLUMN_CATEGORIES, COLUMN_NAME_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { AddLine } from './AddLine.tsx';
import { AddColumnDocument, ProjectSettingsDocument } from './project-settings.generated.ts';

/** A line that adds a column at the end of the board. */
export function AddColumn({ boardId, onClose }: { boardId: string; onClose: () => void }) {
  const { t } = useTranslation('project');
  const toast = useToast();
  const [add, { loading }] = useMutation(AddColumnDocument, { errorPolicy: 'all', onError: toast.failed, refetchQueries: [ProjectSettingsDocument] });
  return (
    <AddLine
      draftKey={`board:${boardId}:column`}
      name={{ label: t('column.name'), max: COLUMN_NAME_MAX }}
      kind={{
        label: t('column.category'),
        width: 140,
        first: 'DOING',
        options: COLUMN_CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) })),
      }}
      submit={t('column.add')}
      pending={loading}
      onAdd={async (name, category) => Boolean((await add({ variables: { boardId, name, category } })).data)}
      onClose={onClose}
    />
  );
}
