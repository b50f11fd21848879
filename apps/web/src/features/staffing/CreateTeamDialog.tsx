import { Modal, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { teamDetails } from './team-details.ts';
import { CreateTeamDocument, TeamsDocument } from './teams.generated.ts';
import { GrowingText } from '../shell/GrowingText.tsx';

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
  const form = useMutationForm(CreateTeamDocument, {
    schema: teamDetails,
    values: { name: '', description: '' },
    draft: 'team:new',
    refetchQueries: [TeamsDocument],
    variables: (values) => values,
    onDone: ({ createTeam }) => onMade(createTeam.id),
  });
  return (
    <DialogForm form={form} submit={t('team.create')}>
      <TextInput {...form.field('name')} label={t('team.name')} autoFocus data-autofocus />
      <GrowingText {...form.field('description')} label={t('team.description')} minRows={2} maxRows={6} />
    </DialogForm>
  );
}
