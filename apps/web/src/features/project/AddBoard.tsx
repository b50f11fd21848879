import { BOARD_KINDS, PROJECT_NAME_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { AddLine } from './AddLine.tsx';
import { AddBoardDocument } from './project-state.generated.ts';

const line = z.object({ name: requiredText(PROJECT_NAME_MAX), kind: z.enum(BOARD_KINDS) });

/** A line that adds a board at the end of the project's. */
export function AddBoard({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const { t } = useTranslation('project');
  const form = useMutationForm(AddBoardDocument, {
    schema: line,
    values: { name: '', kind: 'KANBAN' },
    draft: `project:${projectId}:board`,
    refetchQueries: 'active',
    variables: (input) => ({ projectId, ...input }),
    onDone: onClose,
  });
  return (
    <AddLine
      form={form}
      name={t('board.name')}
      kind={{ label: t('boardKind.label'), width: 120, options: BOARD_KINDS.map((value) => ({ value, label: t(`boardKind.${value}`) })) }}
      submit={t('board.add')}
      onClose={onClose}
    />
  );
}
