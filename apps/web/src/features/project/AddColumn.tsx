import { useMutation } from '@apollo/client/react';
import { Button, Group, Select, TextInput } from '@mantine/core';
import { COLUMN_CATEGORIES, COLUMN_NAME_MAX } from '@trainyard/domain';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { useToast } from '../shell/useToast.ts';
import { AddColumnDocument, ProjectSettingsDocument } from './project-settings.generated.ts';

const column = z.object({ name: requiredText(COLUMN_NAME_MAX), category: z.enum(COLUMN_CATEGORIES) });

/** A line that adds a column at the end of the board. */
export function AddColumn({ boardId, onClose }: { boardId: string; onClose: () => void }) {
  const { t } = useTranslation(['project', 'shell']);
  const fieldError = useFieldError();
  const toast = useToast();
  const [add, { loading }] = useMutation(AddColumnDocument, {
    errorPolicy: 'all',
    onError: toast.failed,
    refetchQueries: [ProjectSettingsDocument],
  });
  const form = useForm<z.infer<typeof column>>({
    resolver: zodResolver(column),
    defaultValues: { name: '', category: 'DOING' },
  });
  const { register, control, handleSubmit, formState } = form;
  const draft = useFormDraft(`board:${boardId}:column`, form);

  const submit = handleSubmit(async (input) => {
    const { data } = await add({ variables: { boardId, ...input } });
    if (!data) return;
    draft.sent();
    onClose();
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <FormDraftNote draft={draft} />
      <Group align="flex-start" gap="xs">
        <TextInput {...register('name')} aria-label={t('column.name')} placeholder={t('column.name')} autoFocus error={fieldError(formState.errors.name)} />
        <Controller
          control={control}
          name="category"
          render={({ field }) => (
            <Select
              {...field}
              aria-label={t('column.category')}
              w={140}
              allowDeselect={false}
              data={COLUMN_CATEGORIES.map((value) => ({ value, label: t(`category.${value}`) }))}
            />
          )}
        />
        <Button type="submit" loading={loading}>
          {t('column.add')}
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
