import { useMutation } from '@apollo/client/react';
import { Badge, Button } from '@mantine/core';
import { ConfirmDialog, EmptyState, HeadOfActions, Table } from '@trainyard/ui';
import { IconKey } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { serverNow } from '../../server-clock.ts';
import { Section } from '../shell/Page.tsx';
import { useToast } from '../shell/useToast.ts';
import { CreateTokenDialog } from './CreateTokenDialog.tsx';
import { RevokeAccessTokenDocument, SettingsDocument, type SettingsQuery } from './settings.generated.ts';

type Token = SettingsQuery['viewer']['accessTokens'][number];

/** Personal access tokens: what scripts and other programs sign in with. */
export function AccessTokens({ tokens }: { tokens: readonly Token[] }) {
  const { t } = useTranslation(['access', 'shell']);
  const [creating, setCreating] = useState(false);
  const [doomed, setDoomed] = useState<Token | null>(null);
  const toast = useToast();
  const [revoke, { loading }] = useMutation(RevokeAccessTokenDocument, {
    refetchQueries: [SettingsDocument],
    errorPolicy: 'all',
    onError: toast.failed,
  });

  const confirmRevoke = async (): Promise<void> => {
    if (!doomed) return;
    const { data } = await revoke({ variables: { id: doomed.id } });
    if (data) toast.done(t('tokens.revoked', { name: doomed.name }));
    setDoomed(null);
  };

  const create = (
    <Button variant="default" onClick={() => setCreating(true)}>
      {t('tokens.create')}
    </Button>
  );
  return (
    <Section title={t('tokens.title')} lead={t('tokens.lead')} actions={tokens.length > 0 && create}>
      {tokens.length === 0 ? (
        <EmptyState icon={<IconKey />} title={t('tokens.none')} action={create} />
      ) : (
        <Table
          caption={t('tokens.title')}
          minWidth={620}
          head={
            <>
              <th scope="col">{t('tokens.name')}</th>
              <th scope="col">{t('tokens.scopes')}</th>
              <th scope="col">{t('tokens.used')}</th>
              <th scope="col">{t('tokens.expires')}</th>
              <HeadOfActions label={t('tokens.revoke')} />
            </>
          }
        >
          {tokens.map((token) => (
            <Row key={token.id} token={token} onRevoke={() => setDoomed(token)} />
          ))}
        </Table>
      )}
      <CreateTokenDialog opened={creating} onClose={() => setCreating(false)} />
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

function Row({ token, onRevoke }: { token: Token; onRevoke: () => void }) {
  const { t } = useTranslation('access');
  const format = useFormat();
  const now = serverNow();
  const expired = token.expiresAt !== null && new Date(token.expiresAt).getTime() <= now;
  return (
    <tr>
      <th scope="row">{token.name}</th>
      <td>{token.scopes.map((scope) => t(`scope.${scope}`)).join(', ')}</td>
      <td data-time>{token.lastUsedAt ? format.relative(token.lastUsedAt, now) : t('tokens.never')}</td>
      <td data-time>{token.expiresAt === null ? t('tokens.noExpiry') : expired ? <Badge color="red">{t('tokens.expired')}</Badge> : format.day(token.expiresAt)}</td>
      <td data-actions>
        <Button size="compact-sm" variant="subtle" color="red" c="var(--text-bad)" onClick={onRevoke} aria-label={t('tokens.revokeTitle', { name: token.name })}>
          {t('tokens.revoke')}
        </Button>
      </td>
    </tr>
  );
}
