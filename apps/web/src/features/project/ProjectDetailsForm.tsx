import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, Radio, Select, Stack, TextInput, Textarea } from '@mantine/core';
import { PROJECT_DESCRIPTION_MAX, PROJECT_NAME_MAX, PROJECT_VISIBILITIES } from '@trainyard/domain';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { useTheirs } from '../shell/drafts/useTheirs.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { optionalText, requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { useToast } from '../shell/useToast.ts';
import { ProjectSettingsDocument, UpdateProjectDocument, type ProjectSettingsQuery } from './project-settings.generated.ts';

type Project = NonNullable<ProjectSettingsQuery['project']>;

const details = z.object({
  name: requiredText(PROJECT_NAME_MAX),
  description: optionalText(PROJECT_DESCRIPTION_MAX),
  teamId: z.string(),
  visibility: z.enum(PROJECT_VISIBILITIES),
});

export function ProjectDetailsForm({ project, teams, readOnly }: { project: Project; teams: ProjectSettingsQuery['teams']; readOnly: boolean }) {
  const { t } = useTranslation(['project', 'shell']);
  const fieldError = useFieldError();
  const toast = useToast();
  const client = useApolloClient();
  const [update, { error, loading, reset: forget }] = useMutation(UpdateProjectDocument, { errorPolicy: 'all' });
  const values = { name: project.name, description: project.description, teamId: project.team.id, visibility: project.visibility };
  const form = useForm<z.infer<typeof details>>({ resolver: zodResolver(details), defaultValues: values });
  const { register, control, handleSubmit, reset, formState } = form;
  // what others change meanwhile is taken over, but never over what is being written here
  const draft = useFormDraft(readOnly ? null : `project:${project.id}`, form, { following: values });
  const theirs = useTheirs(draft);
  const { errors, isDirty } = formState;

  const submit = handleSubmit(async (input) => {
    const { data } = await update({ variables: { id: project.id, version: project.version, input } });
    if (!data) return;
    draft.sent();
    reset(input);
    toast.done(t('shell:saved'));
  });
  /** Somebody else was faster: read what they wrote and keep what was written here, to be sent on top of it. */
  const catchUp = (): Promise<void> => client.refetchQueries({ include: [ProjectSettingsDocument] }).then(forget, toast.failed);

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm" maw={480}>
        <FormDraftNote draft={draft} />
        <TextInput {...register('name')} label={t('name')} description={theirs('name')} readOnly={readOnly} error={fieldError(errors.name)} />
        <Textarea
          {...register('description')}
          label={t('description')}
          description={theirs('description')}
          autosize
          minRows={2}
          maxRows={8}
          readOnly={readOnly}
          error={fieldError(errors.description)}
        />
        <Controller
          control={control}
          name="teamId"
          render={({ field }) => (
            <Select
              {...field}
              label={t('team')}
              description={theirs('teamId', (id) => teams.find((team) => team.id === id)?.name ?? '') ?? t('teamText')}
              allowDeselect={false}
              searchable
              disabled={readOnly}
              data={teams.map((team) => ({ value: team.id, label: team.name }))}
            />
          )}
        />
        <Controller
          control={control}
          name="visibility"
          render={({ field }) => (
            <Radio.Group
              {...field}
              label={t('visibility.label')}
              description={theirs('visibility', (value) => t(`visibility.${value as Project['visibility']}`))}
              readOnly={readOnly}
            >
              <Stack gap={6} mt={4}>
                {PROJECT_VISIBILITIES.map((value) => (
                  <Radio key={value} value={value} size="xs" disabled={readOnly} label={t(`visibility.${value}`)} description={t(`visibilityText.${value}`)} />
                ))}
              </Stack>
            </Radio.Group>
          )}
        />
        <ErrorNotice error={error} onStale={catchUp} />
        {!readOnly && (
          <div>
            <Button type="submit" variant={isDirty ? 'filled' : 'default'} loading={loading}>
              {t('shell:save')}
            </Button>
          </div>
        )}
      </Stack>
    </form>
  );
}
