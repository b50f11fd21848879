import { COLUMN_CATEGORIES, COLUMN_NAME_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { AddLine } from './AddLine.tsx';
import { AddColumnDocument, ProjectSettingsDocument } from './project-settings.generated.ts';

const line = z.object({ name: requiredText(COLUMN_NAME_MAX), kind: z.enum(COLUMN_CATEGORIES) });

/** A line that adds a column at the end of the board. */
export function AddColumn({ boardId, onClose }: { boardId: string; onClose: () => void }) {
  const { t } = useTranslation('project');
  const form = useMutationForm(AddColumnDocument, {
    schema: line,
    values: { name: '', kind: 'DOING' },
    draft: `board:${boardId}:column`,
    refetchQueries: [ProjectSettingsDocument],
    variables: ({ name, kind }) => ({ boardId, name, category: kind }),
    onDone: onClose,
  });
  return (
    <AddLine
      form={form}
      name={t('column.name')}
      kind={{ label: t('column.category'), width: 140, options: COLUMN_CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) })) }}
      submit={t('column.add')}
      onClose={onClose}
    />
  );
}
