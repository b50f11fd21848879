import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { PASSWORD_MIN } from '@trainyard/domain';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { describeError } from '../shell/error/describe-error.ts';
import { givenPassword, newPassword } from '../shell/form/rules.ts';
import { Password } from '../shell/form/Password.tsx';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { useToast } from '../shell/useToast.ts';
import classes from './PasswordForm.module.css';
import { ChangePasswordDocument } from './settings.generated.ts';

const change = z
  .object({ current: givenPassword, next: newPassword, repeat: z.string() })
  .check(z.refine((form) => form.next === form.repeat, { error: 'mismatch', path: ['repeat'] }));

export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation('access');
  const fieldError = useFieldError();
  const toast = useToast();
  const [changePassword, { error, loading }] = useMutation(ChangePasswordDocument, { errorPolicy: 'all' });
  const { register, handleSubmit, reset, formState } = useForm({ resolver: zodResolver(change), defaultValues: { current: '', next: '', repeat: '' } });
  const { errors } = formState;
  const wrongCurrent = error !== undefined && describeError(error).code === 'INVALID_CREDENTIALS';

  const submit = handleSubmit(async ({ current, next }) => {
    const { data } = await changePassword({ variables: { current, next } });
    if (!data) return;
    reset();
    toast.done(t('changePassword.done'));
  });

  return (
    <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
      {/* tells password keepers whose password this is */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Password
        {...register('current')}
        label={t('changePassword.current')}
        autoComplete="current-password"
        error={fieldError(errors.current) ?? (wrongCurrent ? t('changePassword.wrong') : undefined)}
      />
      <Password
        {...register('next')}
        label={t('changePassword.next')}
        description={t('passwordRule', { min: PASSWORD_MIN })}
        autoComplete="new-password"
        error={fieldError(errors.next)}
      />
      <Password {...register('repeat')} label={t('changePassword.repeat')} autoComplete="new-password" error={fieldError(errors.repeat)} />
      {!wrongCurrent && <ErrorNotice error={error} />}
      <div>
        <Button type="submit" variant="default" loading={loading}>
          {t('changePassword.submit')}
        </Button>
      </div>
    </form>
  );
}
