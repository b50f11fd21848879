import { Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PERSON_NAME_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { requiredText } from '../shell/form/rules.ts';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
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
  const toast = useToast();
  const form = useMutationForm(ChangeNameDocument, {
    schema: profile,
    values: { name: user.name },
    changes: SettingsDocument,
    draft: 'profile',
    variables: ({ name }) => ({ version: user.version, name }),
    // Cards and comments that are loaded name a Person, which is no User.
    update: (cache, { data }) =>
      data && cache.modify({ id: cache.identify({ __typename: 'Person', id: user.id }), fields: { name: () => data.changeName.name } }),
    onDone: ({ changeName: { name } }) => {
      form.reset({ name });
      toast.done(t('shell:saved'));
    },
  });

  return (
    <>
      <FormDraftNote draft={form.draft} />
      <form className={classes.name} onSubmit={form.onSubmit} noValidate>
        <TextInput {...form.field('name')} description={form.theirs('name')} className={classes.field} label={t('name')} autoComplete="name" />
        <Button type="submit" variant={form.formState.isDirty ? 'filled' : 'default'} loading={form.pending}>
          {t('shell:save')}
        </Button>
        <ErrorNotice {...form.notice} />
      </form>
    </>
  );
}
