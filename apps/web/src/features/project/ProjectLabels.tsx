import { useMutation } from '@apollo/client/react';
import { Button, Group, Select, TextInput } from '@mantine/core';
import { LABEL_COLORS, LABEL_NAME_MAX } from '@trainyard/domain';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { describeError } from '../shell/error/describe-error.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
import classes from './ProjectLabels.module.css';
import { AddLabelDocument, ProjectSettingsDocument, type ProjectSettingsQuery } from './projectSettings.generated.ts';

const label = z.object({ name: requiredText(LABEL_NAME_MAX), color: z.enum(LABEL_COLORS) });

export function ProjectLabels({ project, readOnly }: { project: NonNullable<ProjectSettingsQuery['project']>; readOnly: boolean }) {
  const { t } = useTranslation('project');
  return (
    <>
      {project.labels.length === 0 ? (
        <p className={classes.none}>{t('label.none')}</p>
      ) : (
        <ul className={classes.list} aria-label={t('labels')}>
          {project.labels.map((each) => (
            <li key={each.id} className={classes.label}>
              <span className={classes.dot} data-color={each.color} aria-hidden="true" />
              {each.name}
            </li>
          ))}
        </ul>
      )}
      {!readOnly && <AddLabel projectId={project.id} />}
    </>
  );
}

function AddLabel({ projectId }: { projectId: string }) {
  const { t } = useTranslation('project');
  const fieldError = useFieldError();
  const errorMessage = useErrorMessage();
  const [add, { error, loading }] = useMutation(AddLabelDocument, { refetchQueries: [ProjectSettingsDocument], awaitRefetchQueries: true, errorPolicy: 'all' });
  const { register, control, handleSubmit, reset, formState } = useForm<z.infer<typeof label>>({
    resolver: zodResolver(label),
    defaultValues: { name: '', color: 'GRAY' },
  });
  const taken = error !== undefined && describeError(error).code === 'LABEL_TAKEN';

  const submit = handleSubmit(async (input) => {
    const { data } = await add({ variables: { projectId, ...input } });
    if (data) reset();
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Group align="flex-start" gap="xs">
        <TextInput
          {...register('name')}
          aria-label={t('label.name')}
          placeholder={t('label.name')}
          error={fieldError(formState.errors.name) ?? (taken ? errorMessage(error) : undefined)}
        />
        <Controller
          control={control}
          name="color"
          render={({ field }) => (
            <Select
              {...field}
              aria-label={t('label.color')}
              w={128}
              allowDeselect={false}
              leftSection={<span className={classes.dot} data-color={field.value} aria-hidden="true" />}
              data={LABEL_COLORS.map((value) => ({ value, label: t(`color.${value}`) }))}
            />
          )}
        />
        <Button type="submit" variant="default" loading={loading}>
          {t('label.add')}
        </Button>
      </Group>
      {!taken && <ErrorNotice error={error} />}
    </form>
  );
}
