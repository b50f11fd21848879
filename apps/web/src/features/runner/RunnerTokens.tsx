import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { ConfirmDialog, HeadOfActions, Table } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { Section } from '../shell/Page.tsx';
import { useToast } from '../shell/useToast.ts';
import { ConnectRunnerDialog } from './ConnectRunnerDialog.tsx';
import { RevokeRunnerCredentialDocument, RunnerCredentialsDocument, type RunnerCredentialsQuery } from './runner-tokens.generated.ts';
import { RunnersDocument } from './runners.generated.ts';

type Credential = RunnerCredentialsQuery['runnerCredentials'][number];

/** The tokens runners sign in with, for those who may make and revoke them. */
export function RunnerTokens() {
  const { t } = useTranslation(['runner', 'shell']);
  const format = useFormat();
  const now = Date.now();
  const { data, error, refetch } = useQuery(RunnerCredentialsDocument, { fetchPolicy: 'cache-and-network' });
  const [connecting, setConnecting] = useState(false);
  const [doomed, setDoomed] = useState<Credential | null>(null);
  const toast = useToast();
  const [revoke, { loading }] = useMutation(RevokeRunnerCredentialDocument, { refetchQueries: [RunnerCredentialsDocument, RunnersDocument], errorPolicy: 'all', onError: toast.failed });

  const confirmRevoke = async (): Promise<void> => {
    if (!doomed) return;
    const { data: done } = await revoke({ variables: { id: doomed.id } });
    if (done) toast.done(t('tokens.revoked', { name: doomed.name }));
    setDoomed(null);
  };

  const credentials = data?.runnerCredentials ?? [];
  return (
    <Section
      title={t('tokens.title')}
      lead={t('tokens.lead')}
      actions={
        <Button variant="default" onClick={() => setConnecting(true)}>
          {t('tokens.connect')}
        </Button>
      }
    >
      {!data && error && <ErrorNotice error={error} onRetry={refetch} />}
      {credentials.length > 0 && (
        <Table
          caption={t('tokens.title')}
          minWidth={480}
          head={
            <>
              <th scope="col">{t('tokens.name')}</th>
              <th scope="col">{t('tokens.seen')}</th>
              <th scope="col">{t('tokens.made')}</th>
              <HeadOfActions label={t('tokens.revoke')} />
            </>
          }
        >
          {credentials.map((credential) => (
            <tr key={credential.id}>
              <th scope="row">{credential.name}</th>
              <td data-time>{credential.lastSeenAt ? format.relative(credential.lastSeenAt, now) : t('tokens.never')}</td>
              <td data-time>{format.day(credential.createdAt)}</td>
              <td data-actions>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  color="red"
                  c="var(--text-bad)"
                  onClick={() => setDoomed(credential)}
                  aria-label={t('tokens.revokeTitle', { name: credential.name })}
                >
                  {t('tokens.revoke')}
                </Button>
              </td>
            </tr>
          ))}
        </Table>
      )}
      <ConnectRunnerDialog opened={connecting} onClose={() => setConnecting(false)} />
      <ConfirmDialog
        opened={doomed !== null}
        title={t('tokens.revokeTitle', { name: doomed?.name ?? '' })}
        labels={{ confirm: t('tokens.revoke'), cancel: t('shell:cancel'), close: t('shell:close') }}
        pending={loading}
        onConfirm={() => void confirmRevoke()}
        onCancel={() => setDoomed(null)}
      >
        {t('tokens.revokeText')}
      </ConfirmDialog>
    </Section>
  );
}
