import { useMutation, useQuery } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { emailAddress, givenPassword } from '../shell/form/rules.ts';
import { Password } from '../shell/form/Password.tsx';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { DemoHint } from './DemoHint.tsx';
import { EntryFrame } from './EntryFrame.tsx';
import classes from './EntryFrame.module.css';
import { PasswordRefusal } from './PasswordRefusal.tsx';
import { SetupDocument } from './setup.generated.ts';
import { SignInDocument } from './sign-in.generated.ts';
import { useEnter } from './useEnter.ts';

const credentials = z.object({ email: emailAddress, password: givenPassword });

export function SignInPage() {
  const { to } = useSearch({ from: '/sign-in' });
  return <SignIn to={to} />;
}

/** `to` is where to go afterwards: a path of this app. */
export function SignIn({ to }: { to?: string }) {
  const { t } = useTranslation('access');
  const fieldError = useFieldError();
  const enter = useEnter();
  const { data: setup } = useQuery(SetupDocument);
  const [signIn, { error, loading }] = useMutation(SignInDocument, { errorPolicy: 'all' });
  const [entering, setEntering] = useState(false);
  const { register, handleSubmit, reset, formState } = useForm({ resolver: zodResolver(credentials), defaultValues: { email: '', password: '' } });
  const demo = setup?.setup.demo;

  const submit = handleSubmit(async (variables) => {
    const { data } = await signIn({ variables });
    if (!data) return;
    setEntering(true);
    enter(data.signIn, to);
  });

  return (
    <EntryFrame title={t('signIn.title')} lead={to ? t('signIn.toContinue') : undefined}>
      <form className={classes.form} onSubmit={(event) => void submit(event)} noValidate>
        <TextInput {...register('email')} label={t('email')} type="email" autoComplete="username" autoFocus error={fieldError(formState.errors.email)} />
        <Password {...register('password')} label={t('password')} autoComplete="current-password" error={fieldError(formState.errors.password)} />
        <PasswordRefusal error={error} />
        <Button type="submit" loading={loading || entering}>
          {t('signIn.submit')}
        </Button>
      </form>
      {demo && <DemoHint demo={demo} onFill={() => reset({ email: demo.email, password: demo.password })} />}
    </EntryFrame>
  );
}
