import { Modal } from '@mantine/core';
import { PASSWORD_MIN } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { newPassword } from '../shell/form/rules.ts';
import { Password } from '../shell/form/Password.tsx';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { useToast } from '../shell/useToast.ts';
import { UpdateUserDocument, type PersonRowFragment } from './people.generated.ts';

const passwordForm = z.object({ password: newPassword });

/** For a person who forgot theirs: an administrator sets a new one and tells them. */
export function SetPasswordDialog({ person, opened, onClose }: { person: PersonRowFragment; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('staffing');
  return (
    <Modal opened={opened} onClose={onClose} title={t('person.setPasswordTitle', { name: person.name })}>
      <SetPassword person={person} onDone={onClose} />
    </Modal>
  );
}

function SetPassword({ person, onDone }: { person: PersonRowFragment; onDone: () => void }) {
  const { t } = useTranslation(['staffing', 'access']);
  const toast = useToast();
  const form = useMutationForm(UpdateUserDocument, {
    schema: passwordForm,
    values: { password: '' },
    at: { PASSWORD_TOO_WEAK: 'password' },
    variables: (input) => ({ id: person.id, version: person.version, input }),
    onDone: () => {
      toast.done(t('person.passwordSet', { name: person.name }));
      onDone();
    },
  });
  return (
    <DialogForm form={form} submit={t('person.setPassword')}>
      <p>{t('person.setPasswordText')}</p>
      <Password
        {...form.field('password')}
        label={t('access:changePassword.next')}
        description={t('access:passwordRule', { min: PASSWORD_MIN })}
        autoComplete="new-password"
        data-autofocus
      />
    </DialogForm>
  );
}
