import { Button, Group, TextInput } from '@mantine/core';
import { LABEL_COLORS, LABEL_NAME_MAX } from '@trainyard/domain';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { ColorMenu } from './ColorMenu.tsx';
import { AddLabelDocument, ProjectSettingsDocument } from './project-settings.generated.ts';

const label = z.object({ name: requiredText(LABEL_NAME_MAX), color: z.enum(LABEL_COLORS) });

/** A line that adds a label. */
export function AddLabel({ projectId }: { projectId: string }) {
  const { t } = useTranslation('project');
  const form = useMutationForm(AddLabelDocument, {
    schema: label,
    values: { name: '', color: 'GRAY' },
    draft: `project:${projectId}:label`,
    refetchQueries: [ProjectSettingsDocument],
    at: { LABEL_TAKEN: 'name' },
    variables: (input) => ({ projectId, ...input }),
    onDone: () => {
      form.reset();
    },
  });

  return (
    <form onSubmit={form.onSubmit} noValidate>
      <FormDraftNote draft={form.draft} />
      <Group align="flex-start" gap="xs" wrap="nowrap">
        <Controller
          control={form.control}
          name="color"
          render={({ field }) => <ColorMenu value={field.value} label={t('label.color')} onChange={field.onChange} />}
        />
        <TextInput {...form.field('name')} aria-label={t('label.new')} placeholder={t('label.new')} />
        <Button type="submit" variant="default" loading={form.pending}>
          {t('label.add')}
        </Button>
      </Group>
      <ErrorNotice {...form.notice} />
    </form>
  );
}
