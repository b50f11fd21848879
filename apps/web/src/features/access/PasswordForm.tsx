import { Button } from '@mantine/core';
import { PASSWORD_MIN } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { givenPassword, newPassword } from '../shell/form/rules.ts';
import { Password } from '../shell/form/Password.tsx';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { useToast } from '../shell/useToast.ts';
import classes from './PasswordForm.module.css';
import { ChangePasswordDocument } from './settings.generated.ts';

const change = z
  .object({ current: givenPassword, next: newPassword, repeat: z.string() })
  .check(z.refine((form) => form.next === form.repeat, { error: 'mismatch', path: ['repeat'] }));

export function PasswordForm({ email }: { email: string }) {
  const { t } = useTranslation('access');
  const toast = useToast();
  const form = useMutationForm(ChangePasswordDocument, {
    schema: change,
    values: { current: '', next: '', repeat: '' },
    at: { INVALID_CREDENTIALS: { field: 'current', words: t('changePassword.wrong') }, PASSWORD_TOO_WEAK: 'next' },
    variables: ({ current, next }) => ({ current, next }),
    onDone: () => {
      form.reset();
      toast.done(t('changePassword.done'));
    },
  });

  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate>
      {/* tells password keepers whose password this is */}
      <input type="email" autoComplete="username" value={email} readOnly hidden />
      <Password {...form.field('current')} label={t('changePassword.current')} autoComplete="current-password" />
      <Password {...form.field('next')} label={t('changePassword.next')} description={t('passwordRule', { min: PASSWORD_MIN })} autoComplete="new-password" />
      <Password {...form.field('repeat')} label={t('changePassword.repeat')} autoComplete="new-password" />
      <ErrorNotice {...form.notice} />
      <div>
        <Button type="submit" variant="default" loading={form.pending}>
          {t('changePassword.submit')}
        </Button>
      </div>
    </form>
  );
}
