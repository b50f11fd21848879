import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, Modal, Stack, TextInput, Textarea } from '@mantine/core';
import { DialogFoot } from '@trainyard/ui';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { useTheirs } from '../shell/drafts/useTheirs.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { useToast } from '../shell/useToast.ts';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { teamDetails } from './team-details.ts';
import { TeamDocument, UpdateTeamDocument } from './team.generated.ts';

interface EditedTeam {
  id: string;
  name: string;
  description: string;
  version: number;
}

export function EditTeamDialog({ team, opened, onClose }: { team: EditedTeam; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('staffing');
  return (
    <Modal opened={opened} onClose={onClose} title={t('team.edit')}>
      <EditTeam team={team} onDone={onClose} />
    </Modal>
  );
}

function EditTeam({ team, onDone }: { team: EditedTeam; onDone: () => void }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const fieldError = useFieldError();
  const toast = useToast();
  const client = useApolloClient();
  const told = useToldWhenGone();
  const [update, { error, loading, reset: forget }] = useMutation(UpdateTeamDocument, { errorPolicy: 'all', ...told });
  const values = { name: team.name, description: team.description };
  const form = useForm({ resolver: zodResolver(teamDetails), defaultValues: values });
  const { register, handleSubmit, formState } = form;
  const draft = useFormDraft(`team:${team.id}`, form, { following: values });
  const theirs = useTheirs(draft);

  const submit = handleSubmit(async (input) => {
    const { data } = await update({ variables: { id: team.id, version: team.version, ...input } });
    if (!data) return;
    draft.sent();
    onDone();
  });
  /** Somebody else was faster: read what they wrote, and show it under what was written here. */
  const catchUp = (): Promise<void> => client.refetchQueries({ include: [TeamDocument] }).then(forget, toast.failed);

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <FormDraftNote draft={draft} />
        <TextInput {...register('name')} label={t('team.name')} description={theirs('name')} data-autofocus error={fieldError(formState.errors.name)} />
        <Textarea
          {...register('description')}
          label={t('team.description')}
          description={theirs('description')}
          autosize
          minRows={2}
          maxRows={6}
          error={fieldError(formState.errors.description)}
        />
        <DialogFoot notice={<ErrorNotice error={error} onStale={catchUp} />}>
          <Button type="submit" loading={loading}>
            {t('shell:save')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
