import { useMutation } from '@apollo/client/react';
import { Button, Group, TextInput } from '@mantine/core';
import { LABEL_COLORS, LABEL_NAME_MAX } from '@trainyard/domain';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { describeError } from '../shell/error/describe-error.ts';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { ColorMenu } from './ColorMenu.tsx';
import { AddLabelDocument, ProjectSettingsDocument } from './project-settings.generated.ts';

const label = z.object({ name: requiredText(LABEL_NAME_MAX), color: z.enum(LABEL_COLORS) });

/** A line that adds a label. */
export function AddLabel({ projectId }: { projectId: string }) {
  const { t } = useTranslation('project');
  const fieldError = useFieldError();
  const errorMessage = useErrorMessage();
  const [add, { error, loading }] = useMutation(AddLabelDocument, { refetchQueries: [ProjectSettingsDocument], errorPolicy: 'all' });
  const form = useForm<z.infer<typeof label>>({
    resolver: zodResolver(label),
    defaultValues: { name: '', color: 'GRAY' },
  });
  const { register, control, handleSubmit, reset, formState } = form;
  const draft = useFormDraft(`project:${projectId}:label`, form);
  const taken = error !== undefined && describeError(error).code === 'LABEL_TAKEN';

  const submit = handleSubmit(async (input) => {
    const { data } = await add({ variables: { projectId, ...input } });
    if (!data) return;
    draft.sent();
    reset();
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <FormDraftNote draft={draft} />
      <Group align="flex-start" gap="xs" wrap="nowrap">
        <Controller
          control={control}
          name="color"
          render={({ field }) => <ColorMenu value={field.value} label={t('label.color')} onChange={field.onChange} />}
        />
        <TextInput
          {...register('name')}
          aria-label={t('label.new')}
          placeholder={t('label.new')}
          error={fieldError(formState.errors.name) ?? (taken ? errorMessage(error) : undefined)}
        />
        <Button type="submit" variant="default" loading={loading}>
          {t('label.add')}
        </Button>
      </Group>
      {!taken && <ErrorNotice error={error} />}
    </form>
  );
}
