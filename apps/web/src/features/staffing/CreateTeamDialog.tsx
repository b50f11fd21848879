import { useMutation } from '@apollo/client/react';
import { Button, Modal, Stack, TextInput, Textarea } from '@mantine/core';
import { DialogFoot } from '@trainyard/ui';
import { useNavigate } from '@tanstack/react-router';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { teamDetails } from './team-details.ts';
import { CreateTeamDocument, TeamsDocument } from './teams.generated.ts';

export function CreateTeamDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('staffing');
  const navigate = useNavigate();
  return (
    <Modal opened={opened} onClose={onClose} title={t('team.new')}>
      <CreateTeamForm onMade={(teamId) => navigate({ to: '/teams/$teamId', params: { teamId } })} />
    </Modal>
  );
}

/** Also where a project needs a first team. */
export function CreateTeamForm({ onMade }: { onMade: (teamId: string) => Promise<unknown> }) {
  const { t } = useTranslation('staffing');
  const fieldError = useFieldError();
  const told = useToldWhenGone();
  const [create, { error, loading }] = useMutation(CreateTeamDocument, { refetchQueries: [TeamsDocument], errorPolicy: 'all', ...told });
  const form = useForm({ resolver: zodResolver(teamDetails), defaultValues: { name: '', description: '' } });
  const { register, handleSubmit, formState } = form;
  const draft = useFormDraft('team:new', form);

  const submit = handleSubmit(async (variables) => {
    const { data } = await create({ variables });
    if (!data) return;
    draft.sent();
    await onMade(data.createTeam.id);
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <FormDraftNote draft={draft} />
        <TextInput {...register('name')} label={t('team.name')} autoFocus data-autofocus error={fieldError(formState.errors.name)} />
        <Textarea
          {...register('description')}
          label={t('team.description')}
          autosize
          minRows={2}
          maxRows={6}
          error={fieldError(formState.errors.description)}
        />
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button type="submit" loading={loading}>
            {t('team.create')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
