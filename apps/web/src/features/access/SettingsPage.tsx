import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import { Delayed } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { Page, Section } from '../shell/Page.tsx';
import { AccessTokens } from './AccessTokens.tsx';
import { Appearance } from './Appearance.tsx';
import { PasswordForm } from './PasswordForm.tsx';
import { Profile } from './Profile.tsx';
import { Sessions } from './Sessions.tsx';
import { SettingsDocument } from './settings.generated.ts';

export function SettingsPage() {
  const { t } = useTranslation('access');
  const { data, error, refetch } = useQuery(SettingsDocument, { fetchPolicy: 'cache-and-network' });
  const viewer = data?.viewer;
  return (
    <Page title={t('settings.title')} frame="reading">
      <Section title={t('profile.title')} lead={t('profile.lead')}>
        {viewer ? (
          <Profile user={viewer.user} />
        ) : (
          !error && (
            <Delayed>
              <Skeleton height={120} />
            </Delayed>
          )
        )}
      </Section>
      <Section title={t('appearance.title')} lead={t('appearance.lead')}>
        <Appearance />
      </Section>
      <Section title={t('changePassword.title')} lead={t('changePassword.lead')}>
        <PasswordForm email={viewer?.user.email ?? ''} />
      </Section>
      <ErrorNotice error={error} onRetry={refetch} />
      {viewer ? (
        <>
          <Sessions sessions={viewer.sessions} />
          <AccessTokens tokens={viewer.accessTokens} />
        </>
      ) : (
        !error && (
          <Delayed>
            <Skeleton height={120} />
            <Skeleton height={120} />
          </Delayed>
        )
      )}
    </Page>
  );
}
