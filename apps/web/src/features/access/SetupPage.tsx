import { Button, TextInput } from '@mantine/core';
import { ORGANISATION_NAME_MAX, PASSWORD_MIN, PERSON_NAME_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { LANGUAGES, languageOf } from '@trainyard/domain';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { emailAddress, newPassword, requiredText } from '../shell/form/rules.ts';
import { Password } from '../shell/form/Password.tsx';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { EntryFrame } from './EntryFrame.tsx';
import classes from './EntryFrame.module.css';
import { SetUpDocument } from './setup.generated.ts';
import { useEnter } from './useEnter.ts';

const firstAccount = z.object({
  organisationName: requiredText(ORGANISATION_NAME_MAX),
  name: requiredText(PERSON_NAME_MAX),
  email: emailAddress,
  password: newPassword,
});

/** The first page of an empty Trainyard: makes the organisation and its owner. */
export function SetupPage() {
  const { t, i18n } = useTranslation('access');
  const enter = useEnter();
  const form = useMutationForm(SetUpDocument, {
    schema: firstAccount,
    values: { organisationName: '', name: '', email: '', password: '' },
    at: { PASSWORD_TOO_WEAK: 'password' },
    variables: (input) => ({ input: { ...input, locale: LANGUAGES[languageOf(i18n.language)].locale } }),
    onDone: ({ setUp }) => enter(setUp, '/'),
  });

  return (
    <EntryFrame title={t('setup.title')} lead={t('setup.lead')}>
      <form className={classes.form} onSubmit={form.onSubmit} noValidate>
        <TextInput {...form.field('organisationName')} label={t('setup.organisation')} autoComplete="organization" autoFocus />
        <TextInput {...form.field('name')} label={t('name')} autoComplete="name" />
        <TextInput {...form.field('email')} label={t('email')} type="email" autoComplete="username" />
        <Password {...form.field('password')} label={t('password')} description={t('passwordRule', { min: PASSWORD_MIN })} autoComplete="new-password" />
        <ErrorNotice {...form.notice} />
        <Button type="submit" loading={form.pending || Boolean(form.data)}>
          {t('setup.submit')}
        </Button>
      </form>
    </EntryFrame>
  );
}
