import { useMutation } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { ORGANISATION_NAME_MAX, PASSWORD_MIN, PERSON_NAME_MAX } from '@trainyard/domain';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { languageOf, localeOf } from '../../i18n/languages.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { emailAddress, newPassword, requiredText } from '../shell/form/rules.ts';
import { Password } from '../shell/form/Password.tsx';
import { useFieldError } from '../shell/form/useFieldError.ts';
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
  const fieldError = useFieldError();
  const enter = useEnter();
  const [setUp, { error, loading, data }] = useMutation(SetUpDocument, { errorPolicy: 'all' });
  const { register, handleSubmit, formState } = useForm({
    resolver: zodResolver(firstAccount),
    defaultValues: { organisationName: '', name: '', email: '', password: '' },
  });
  const { errors } = formState;

  const submit = handleSubmit(async (input) => {
    const result = await setUp({ variables: { input: { ...input, locale: localeOf(languageOf(i18n.language)) } } });
    if (result.data) enter(result.data.setUp, '/projects');
  });

  return (
    <EntryFrame title={t('setup.title')} lead={t('setup.lead')}>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          {...register('organisationName')}
          label={t('setup.organisation')}
          autoComplete="organization"
          autoFocus
          error={fieldError(errors.organisationName)}
        />
        <TextInput {...register('name')} label={t('name')} autoComplete="name" error={fieldError(errors.name)} />
        <TextInput {...register('email')} label={t('email')} type="email" autoComplete="username" error={fieldError(errors.email)} />
        <Password
          {...register('password')}
          label={t('password')}
          description={t('passwordRule', { min: PASSWORD_MIN })}
          autoComplete="new-password"
          error={fieldError(errors.password)}
        />
        <ErrorNotice error={error} />
        <Button type="submit" loading={loading || Boolean(data)}>
          {t('setup.submit')}
        </Button>
      </form>
    </EntryFrame>
  );
}
