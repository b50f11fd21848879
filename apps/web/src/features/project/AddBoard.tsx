import { useMutation } from '@apollo/client/react';
import { Button, Group, Select, TextInput } from '@mantine/core';
import { BOARD_KINDS, PROJECT_NAME_MAX } from '@trainyard/domain';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { useToast } from '../shell/useToast.ts';
import { AddBoardDocument } from './project-state.generated.ts';

const board = z.object({ name: requiredText(PROJECT_NAME_MAX), kind: z.enum(BOARD_KINDS) });

/** A line that adds a board at the end of the project's. */
export function AddBoard({ projectId, onClose }: { projectId: string; onClose: () => void }) {
  const { t } = useTranslation(['project', 'shell']);
  const fieldError = useFieldError();
  const toast = useToast();
  const [add, { loading }] = useMutation(AddBoardDocument, { errorPolicy: 'all', onError: toast.failed, refetchQueries: 'active' });
  const form = useForm<z.infer<typeof board>>({ resolver: zodResolver(board), defaultValues: { name: '', kind: 'KANBAN' } });
  const { register, control, handleSubmit, formState } = form;
  const draft = useFormDraft(`project:${projectId}:board`, form);

  const submit = handleSubmit(async (input) => {
    const { data } = await add({ variables: { projectId, ...input } });
    if (!data) return;
    draft.sent();
    onClose();
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <FormDraftNote draft={draft} />
      <Group align="flex-start" gap="xs">
        <TextInput {...register('name')} aria-label={t('board.name')} placeholder={t('board.name')} autoFocus error={fieldError(formState.errors.name)} />
        <Controller
          control={control}
          name="kind"
          render={({ field }) => (
            <Select
              {...field}
              aria-label={t('boardKind.label')}
              w={120}
              allowDeselect={false}
              data={BOARD_KINDS.map((value) => ({ value, label: t(`boardKind.${value}`) }))}
            />
          )}
        />
        <Button type="submit" loading={loading}>
          {t('board.add')}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            draft.discard();
            onClose();
          }}
        >
          {t('shell:cancel')}
        </Button>
      </Group>
    </form>
  );
}
