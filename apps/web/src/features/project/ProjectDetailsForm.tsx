import { Button, Radio, Select, Stack, TextInput } from '@mantine/core';
import { PROJECT_DESCRIPTION_MAX, PROJECT_NAME_MAX, PROJECT_VISIBILITIES } from '@trainyard/domain';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { optionalText, requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { useToast } from '../shell/useToast.ts';
import { ProjectSettingsDocument, UpdateProjectDocument, type ProjectSettingsQuery } from './project-settings.generated.ts';
import { GrowingText } from '../shell/GrowingText.tsx';
import { useCalendarName } from '../../i18n/useCalendarName.ts';
import { ZoneSelect } from './ZoneSelect.tsx';

type Project = NonNullable<ProjectSettingsQuery['project']>;

const details = z.object({
  name: requiredText(PROJECT_NAME_MAX),
  description: optionalText(PROJECT_DESCRIPTION_MAX),
  teamId: z.string(),
  visibility: z.enum(PROJECT_VISIBILITIES),
  timeZone: z.string(),
  calendarId: z.string(),
});

export interface ProjectDetailsFormProps {
  project: Project;
  teams: ProjectSettingsQuery['teams'];
  calendars: ProjectSettingsQuery['calendars'];
  readOnly: boolean;
}

export function ProjectDetailsForm({ project, teams, calendars, readOnly }: ProjectDetailsFormProps) {
  const { t } = useTranslation(['project', 'shell']);
  const calendarName = useCalendarName();
  const toast = useToast();
  const form = useMutationForm(UpdateProjectDocument, {
    schema: details,
    values: {
      name: project.name,
      description: project.description,
      teamId: project.team.id,
      visibility: project.visibility,
      timeZone: project.timeZone,
      calendarId: project.calendar.id,
    },
    changes: ProjectSettingsDocument,
    draft: readOnly ? null : `project:${project.id}`,
    variables: (input) => ({ id: project.id, version: project.version, input }),
    onDone: (_data, input) => {
      form.reset(input);
      toast.done(t('shell:saved'));
    },
  });
  const { theirs } = form;
  const nameOf = (id: string): string =>
    calendars
      .filter((calendar) => calendar.id === id)
      .map(calendarName)
      .join('');

  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm" maw={480}>
        <FormDraftNote draft={form.draft} />
        <TextInput {...form.field('name')} label={t('name')} description={theirs('name')} readOnly={readOnly} />
        <GrowingText {...form.field('description')} label={t('description')} description={theirs('description')} minRows={2} maxRows={8} readOnly={readOnly} />
        <Controller
          control={form.control}
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
              error={form.errorOf('teamId')}
            />
          )}
        />
        <Controller
          control={form.control}
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
        <Controller
          control={form.control}
          name="timeZone"
          render={({ field }) => (
            <ZoneSelect
              {...field}
              label={t('timeZone')}
              theirs={theirs('timeZone')}
              disabled={readOnly}
              error={form.errorOf('timeZone') && t('zone.unknown')}
            />
          )}
        />
        <Controller
          control={form.control}
          name="calendarId"
          render={({ field }) => (
            <Select
              {...field}
              label={t('calendar')}
              description={theirs('calendarId', (id) => nameOf(id)) ?? t('calendarText')}
              allowDeselect={false}
              disabled={readOnly}
              data={calendars.map((calendar) => ({ value: calendar.id, label: calendarName(calendar) }))}
              error={form.errorOf('calendarId')}
            />
          )}
        />
        <ErrorNotice {...form.notice} />
        {!readOnly && (
          <div>
            <Button type="submit" variant={form.formState.isDirty ? 'filled' : 'default'} loading={form.pending}>
              {t('shell:save')}
            </Button>
          </div>
        )}
      </Stack>
    </form>
  );
}
