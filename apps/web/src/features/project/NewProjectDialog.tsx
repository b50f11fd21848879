import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Loader, Modal, Radio, Select, Stack, Text, TextInput, Textarea } from '@mantine/core';
import { PROJECT_DESCRIPTION_MAX, BOARD_KINDS, can, PROJECT_KEY_PATTERN, PROJECT_NAME_MAX, PROJECT_VISIBILITIES } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { useActor } from '../access/useActor.ts';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { describeError } from '../shell/error/describe-error.ts';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import { optionalText, requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { NavigationDocument } from './navigation.generated.ts';
import { CreateTeamForm } from '../staffing/CreateTeamDialog.tsx';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { CreateProjectDocument, NewProjectDocument, ProjectsDocument, type NewProjectQuery } from './projects.generated.ts';
import { suggestKey } from './suggest-key.ts';

const project = z.object({
  name: requiredText(PROJECT_NAME_MAX),
  key: z.string().check(z.normalize('NFKC'), z.trim(), z.toUpperCase(), z.regex(PROJECT_KEY_PATTERN, 'key')),
  description: optionalText(PROJECT_DESCRIPTION_MAX),
  teamId: z.string('required').check(z.minLength(1, 'required')),
  visibility: z.enum(PROJECT_VISIBILITIES),
  boardKind: z.enum(BOARD_KINDS),
});

/** `/projects/new`: closing leads back to the list. */
export function NewProjectDialog() {
  const { t } = useTranslation('project');
  const navigate = useNavigate();
  const close = (): void => void navigate({ to: '/projects' });
  return (
    <Modal opened onClose={close} title={t('new')}>
      <NewProject />
    </Modal>
  );
}

/** A project belongs to a team: where there is none yet, the first one is made here. */
function NewProject() {
  const { t } = useTranslation('project');
  const mayMakeTeams = can(useActor(), 'team.create');
  const { data, error, refetch } = useQuery(NewProjectDocument);
  if (error) return <ErrorNotice error={error} />;
  if (!data) return <Loader size="sm" aria-label={t('teamsLoading')} />;
  if (data.teams.length > 0) return <NewProjectForm teams={data.teams} />;
  if (!mayMakeTeams) return <Text>{t('noTeamsAsk')}</Text>;
  return (
    <Stack gap="sm">
      <Text>{t('firstTeam')}</Text>
      <CreateTeamForm onMade={() => refetch()} />
    </Stack>
  );
}

function NewProjectForm({ teams }: { teams: NewProjectQuery['teams'] }) {
  const { t } = useTranslation('project');
  const fieldError = useFieldError();
  const errorMessage = useErrorMessage();
  const navigate = useNavigate();
  const told = useToldWhenGone();
  const [create, { error, loading }] = useMutation(CreateProjectDocument, {
    refetchQueries: [ProjectsDocument, NavigationDocument],
    errorPolicy: 'all',
    ...told,
  });
  const form = useForm<z.infer<typeof project>>({
    resolver: zodResolver(project),
    defaultValues: { name: '', key: '', description: '', teamId: (teams.length === 1 && teams[0]?.id) || '', visibility: 'OPEN', boardKind: 'KANBAN' },
  });
  const { register, control, handleSubmit, setValue, formState } = form;
  const draft = useFormDraft('project:new', form);
  // a key that was kept is not guessed anew from the name
  const keyTouched = useRef(draft.keptAt !== null);
  const { errors } = formState;
  const code = error && describeError(error).code;
  const keyRefused = code === 'PROJECT_KEY_TAKEN' || code === 'PROJECT_KEY_INVALID';

  const submit = handleSubmit(async (input) => {
    const result = await create({ variables: { input } });
    const made = result.data?.createProject;
    const board = made?.boards[0];
    if (made) draft.sent();
    if (made && board) await navigate({ to: '/projects/$projectKey/board/$boardId', params: { projectKey: made.key, boardId: board.id } });
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <FormDraftNote draft={draft} />
        <TextInput
          {...register('name', { onChange: (event) => !keyTouched.current && setValue('key', suggestKey((event.target as HTMLInputElement).value)) })}
          label={t('name')}
          // it may come after its dialog, when the teams have been read
          autoFocus
          data-autofocus
          error={fieldError(errors.name)}
        />
        <TextInput
          {...register('key', { onChange: () => (keyTouched.current = true) })}
          label={t('key')}
          description={t('keyText')}
          styles={{ input: { textTransform: 'uppercase', width: 160 } }}
          error={fieldError(errors.key) ?? (keyRefused ? errorMessage(error) : undefined)}
        />
        <Textarea {...register('description')} label={t('description')} autosize minRows={2} maxRows={6} error={fieldError(errors.description)} />
        <Controller
          control={control}
          name="teamId"
          render={({ field }) => (
            <Select
              {...field}
              label={t('team')}
              description={t('teamText')}
              searchable
              nothingFoundMessage={t('noTeam')}
              data={teams.map((team) => ({ value: team.id, label: team.name }))}
              error={fieldError(errors.teamId)}
            />
          )}
        />
        <Controller
          control={control}
          name="visibility"
          render={({ field }) => (
            <Radio.Group {...field} label={t('visibility.label')}>
              <Stack gap={6} mt={4}>
                {PROJECT_VISIBILITIES.map((value) => (
                  <Radio key={value} value={value} size="xs" label={t(`visibility.${value}`)} description={t(`visibilityText.${value}`)} />
                ))}
              </Stack>
            </Radio.Group>
          )}
        />
        <Controller
          control={control}
          name="boardKind"
          render={({ field }) => (
            <Radio.Group {...field} label={t('boardKind.label')}>
              <Stack gap={6} mt={4}>
                {BOARD_KINDS.map((value) => (
                  <Radio key={value} value={value} size="xs" label={t(`boardKind.${value}`)} description={t(`boardKindText.${value}`)} />
                ))}
              </Stack>
            </Radio.Group>
          )}
        />
        <DialogFoot notice={<ErrorNotice error={keyRefused ? undefined : error} />}>
          <Button type="submit" loading={loading}>
            {t('create')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
