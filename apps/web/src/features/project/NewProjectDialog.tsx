import { useQuery } from '@apollo/client/react';
import { Loader, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { PROJECT_DESCRIPTION_MAX, BOARD_KINDS, can, PROJECT_KEY_PATTERN, PROJECT_NAME_MAX, PROJECT_VISIBILITIES } from '@trainyard/domain';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';
import { Controller } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { useActor } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { optionalText, requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { timeZone } from '../lists/export-address.ts';
import { NavigationDocument } from './navigation.generated.ts';
import { CreateTeamForm } from '../staffing/CreateTeamDialog.tsx';
import { CreateProjectDocument, NewProjectDocument, ProjectsDocument, type NewProjectQuery } from './projects.generated.ts';
import { suggestKey } from './suggest-key.ts';
import { GrowingText } from '../shell/GrowingText.tsx';

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
  const navigate = useNavigate();
  const form = useMutationForm(CreateProjectDocument, {
    schema: project,
    values: { name: '', key: '', description: '', teamId: (teams.length === 1 && teams[0]?.id) || '', visibility: 'OPEN', boardKind: 'KANBAN' },
    draft: 'project:new',
    refetchQueries: [ProjectsDocument, NavigationDocument],
    at: { PROJECT_KEY_TAKEN: 'key', PROJECT_KEY_INVALID: 'key' },
    variables: (input) => ({ input: { ...input, timeZone: timeZone() } }),
    onDone: async ({ createProject: { key, boards } }) => {
      const [board] = boards;
      if (board) await navigate({ to: '/projects/$projectKey/board/$boardId', params: { projectKey: key, boardId: board.id } });
    },
  });
  // a key that was kept is not guessed anew from the name
  const keyTouched = useRef(form.draft.keptAt !== null);

  return (
    <DialogForm form={form} submit={t('create')}>
      <TextInput
        {...form.field('name', { onChange: (event) => !keyTouched.current && form.setValue('key', suggestKey((event.target as HTMLInputElement).value)) })}
        label={t('name')}
        // it may come after its dialog, when the teams have been read
        autoFocus
        data-autofocus
      />
      <TextInput
        {...form.field('key', { onChange: () => (keyTouched.current = true) })}
        label={t('key')}
        description={t('keyText')}
        styles={{ input: { textTransform: 'uppercase', width: 160 } }}
      />
      <GrowingText {...form.field('description')} label={t('description')} minRows={2} maxRows={6} />
      <Controller
        control={form.control}
        name="teamId"
        render={({ field }) => (
          <Select
            {...field}
            label={t('team')}
            description={t('teamText')}
            searchable
            nothingFoundMessage={t('noTeam')}
            data={teams.map((team) => ({ value: team.id, label: team.name }))}
            error={form.errorOf('teamId')}
          />
        )}
      />
      <Controller
        control={form.control}
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
        control={form.control}
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
    </DialogForm>
  );
}
