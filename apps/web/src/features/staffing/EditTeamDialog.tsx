import { Modal, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { teamDetails } from './team-details.ts';
import { TeamDocument, UpdateTeamDocument } from './team.generated.ts';
import { GrowingText } from '../shell/GrowingText.tsx';

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
  const form = useMutationForm(UpdateTeamDocument, {
    schema: teamDetails,
    values: { name: team.name, description: team.description },
    changes: TeamDocument,
    draft: `team:${team.id}`,
    variables: (values) => ({ id: team.id, version: team.version, ...values }),
    onDone,
  });
  return (
    <DialogForm form={form} submit={t('shell:save')}>
      <TextInput {...form.field('name')} label={t('team.name')} description={form.theirs('name')} data-autofocus />
      <GrowingText {...form.field('description')} label={t('team.description')} description={form.theirs('description')} minRows={2} maxRows={6} />
    </DialogForm>
  );
}
