import { useMutation, useQuery } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { serverNow } from '../../server-clock.ts';
import { TokenSection } from '../access/TokenSection.tsx';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import { ConnectRunnerDialog } from './ConnectRunnerDialog.tsx';
import { RevokeRunnerCredentialDocument, RunnerCredentialsDocument } from './runner-tokens.generated.ts';
import { RunnersDocument } from './runners.generated.ts';

/** The tokens runners sign in with, for those who may make and revoke them. */
export function RunnerTokens() {
  const { t } = useTranslation('runner');
  const format = useFormat();
  const toast = useToast();
  const { data, error, refetch } = useQuery(RunnerCredentialsDocument, { fetchPolicy: 'cache-and-network' });
  const [revoke] = useMutation(RevokeRunnerCredentialDocument, {
    refetchQueries: [RunnerCredentialsDocument, RunnersDocument],
    errorPolicy: 'all',
    onError: toast.failed,
  });
  if (!data) return <ErrorNotice error={error} onRetry={refetch} />;
  return (
    <TokenSection
      title={t('tokens.title')}
      lead={t('tokens.lead')}
      create={t('tokens.connect')}
      revokeText={t('tokens.revokeText')}
      heads={[t('tokens.seen'), t('tokens.made')]}
      cells={({ lastSeenAt, createdAt }) => (
        <>
          <td data-time>{lastSeenAt ? format.relative(lastSeenAt, serverNow()) : t('tokens.never')}</td>
          <td data-time>{format.day(createdAt)}</td>
        </>
      )}
      tokens={data.runnerCredentials}
      onRevoke={async (id) => Boolean((await revoke({ variables: { id } })).data)}
      dialog={(state) => <ConnectRunnerDialog {...state} />}
    />
  );
}
