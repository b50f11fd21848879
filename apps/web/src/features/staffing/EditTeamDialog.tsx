import { useMutation } from '@apollo/client/react';
import { Button, Modal, Stack, TextInput, Textarea } from '@mantine/core';
import { DialogFoot } from '@trainyard/ui';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { teamDetails } from './team-details.ts';
import { UpdateTeamDocument } from './team.generated.ts';

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
  const [update, { error, loading }] = useMutation(UpdateTeamDocument, { errorPolicy: 'all' });
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(teamDetails),
    defaultValues: { name: team.name, description: team.description },
  });

  const submit = handleSubmit(async (input) => {
    const { data } = await update({ variables: { id: team.id, version: team.version, ...input } });
    if (data) onDone();
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <TextInput {...register('name')} label={t('team.name')} data-autofocus error={fieldError(formState.errors.name)} />
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
            {t('shell:save')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
