import { useMutation } from '@apollo/client/react';
import { Button, Modal, Stack } from '@mantine/core';
import { PASSWORD_MIN } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { newPassword } from '../shell/form/rules.ts';
import { Password } from '../shell/form/Password.tsx';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { useToast } from '../shell/useToast.ts';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { UpdateUserDocument, type PersonRowFragment } from './people.generated.ts';

const form = z.object({ password: newPassword });

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
  const fieldError = useFieldError();
  const toast = useToast();
  const told = useToldWhenGone();
  const [update, { error, loading }] = useMutation(UpdateUserDocument, { errorPolicy: 'all', ...told });
  const { register, handleSubmit, formState } = useForm({ resolver: zodResolver(form), defaultValues: { password: '' } });

  const submit = handleSubmit(async ({ password }) => {
    const { data } = await update({ variables: { id: person.id, version: person.version, input: { password } } });
    if (!data) return;
    toast.done(t('person.passwordSet', { name: person.name }));
    onDone();
  });

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <p>{t('person.setPasswordText')}</p>
        <Password
          {...register('password')}
          label={t('access:changePassword.next')}
          description={t('access:passwordRule', { min: PASSWORD_MIN })}
          autoComplete="new-password"
          data-autofocus
          error={fieldError(formState.errors.password)}
        />
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button type="submit" loading={loading}>
            {t('person.setPassword')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
