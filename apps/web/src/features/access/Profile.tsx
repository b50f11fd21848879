import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PERSON_NAME_MAX } from '@trainyard/domain';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { useTheirs } from '../shell/drafts/useTheirs.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { useToast } from '../shell/useToast.ts';
import { useProfessionName } from '../../i18n/useProfessionName.ts';
import classes from './Profile.module.css';
import { ChangeNameDocument, SettingsDocument, type SettingsQuery } from './settings.generated.ts';

const profile = z.object({ name: requiredText(PERSON_NAME_MAX) });

/** One's own name to change, and what an administrator has set: address, rights, teams. */
export function Profile({ user }: { user: SettingsQuery['viewer']['user'] }) {
  const { t } = useTranslation(['access', 'shell', 'staffing']);
  const professionName = useProfessionName();
  return (
    <div className={classes.root}>
      <NameForm user={user} />
      <dl className={classes.facts}>
        <dt>{t('email')}</dt>
        <dd>{user.email}</dd>
        <dt>{t('profile.role')}</dt>
        <dd>{t(`shell:orgRole.${user.orgRole}`)}</dd>
        <dt>{t('shell:nav.teams')}</dt>
        <dd>
          {user.memberships.length === 0 && t('profile.noTeams')}
          <ul className={classes.teams}>
            {user.memberships.map(({ id, team, profession, teamRole, allocation }) => (
              <li key={id}>
                <Link to="/teams/$teamId" params={{ teamId: team.id }}>
                  {team.name}
                </Link>{' '}
                · {professionName(profession)} · {t(`staffing:teamRole.${teamRole}`)} · {allocation}%
              </li>
            ))}
          </ul>
        </dd>
      </dl>
    </div>
  );
}

function NameForm({ user }: { user: SettingsQuery['viewer']['user'] }) {
  const { t } = useTranslation(['access', 'shell']);
  const fieldError = useFieldError();
  const toast = useToast();
  const client = useApolloClient();
  const [changeName, { error, loading, reset: forget }] = useMutation(ChangeNameDocument, {
    errorPolicy: 'all',
    // Cards and comments that are loaded name a Person, which is no User.
    update: (cache, { data }) =>
      data && cache.modify({ id: cache.identify({ __typename: 'Person', id: user.id }), fields: { name: () => data.changeName.name } }),
  });
  const values = { name: user.name };
  const form = useForm({ resolver: zodResolver(profile), defaultValues: values });
  const { register, handleSubmit, reset, formState } = form;
  const draft = useFormDraft('profile', form, { following: values });
  const theirs = useTheirs(draft);

  const submit = handleSubmit(async ({ name }) => {
    const { data } = await changeName({ variables: { version: user.version, name } });
    if (!data) return;
    draft.sent();
    reset({ name: data.changeName.name });
    toast.done(t('shell:saved'));
  });
  /** Changed elsewhere meanwhile: read that, and keep what was typed here to be sent on top of it. */
  const catchUp = (): Promise<void> => client.refetchQueries({ include: [SettingsDocument] }).then(forget, toast.failed);

  return (
    <>
      <FormDraftNote draft={draft} />
      <form className={classes.name} onSubmit={(event) => void submit(event)} noValidate>
        <TextInput
          {...register('name')}
          description={theirs('name')}
          className={classes.field}
          label={t('name')}
          autoComplete="name"
          error={fieldError(formState.errors.name)}
        />
        <Button type="submit" variant={formState.isDirty ? 'filled' : 'default'} loading={loading}>
          {t('shell:save')}
        </Button>
        <ErrorNotice error={error} onStale={catchUp} />
      </form>
    </>
  );
}
