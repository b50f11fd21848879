import { useMutation } from '@apollo/client/react';
import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { serverNow } from '../../server-clock.ts';
import { useToast } from '../shell/useToast.ts';
import { CreateTokenDialog } from './CreateTokenDialog.tsx';
import { RevokeAccessTokenDocument, SettingsDocument, type SettingsQuery } from './settings.generated.ts';
import { TokenSection } from './TokenSection.tsx';

type Token = SettingsQuery['viewer']['accessTokens'][number];

/** Personal access tokens: what scripts and other programs sign in with. */
export function AccessTokens({ tokens }: { tokens: readonly Token[] }) {
  const { t } = useTranslation('access');
  const toast = useToast();
  const [revoke] = useMutation(RevokeAccessTokenDocument, { refetchQueries: [SettingsDocument], errorPolicy: 'all', onError: toast.failed });
  return (
    <TokenSection
      title={t('tokens.title')}
      lead={t('tokens.lead')}
      create={t('tokens.create')}
      revokeText={t('tokens.revokeText')}
      heads={[t('tokens.scopes'), t('tokens.used'), t('tokens.expires')]}
      cells={(token) => <Cells token={token} />}
      tokens={tokens}
      onRevoke={async (id) => Boolean((await revoke({ variables: { id } })).data)}
      dialog={(state) => <CreateTokenDialog {...state} />}
    />
  );
}

function Cells({ token }: { token: Token }) {
  const { t } = useTranslation('access');
  const format = useFormat();
  const now = serverNow();
  const expired = token.expiresAt !== null && new Date(token.expiresAt).getTime() <= now;
  return (
    <>
      <td>{token.scopes.map((scope) => t(`scope.${scope}`)).join(', ')}</td>
      <td data-time>{token.lastUsedAt ? format.relative(token.lastUsedAt, now) : t('tokens.never')}</td>
      <td data-time>
        {token.expiresAt === null ? t('tokens.noExpiry') : expired ? <Badge color="red">{t('tokens.expired')}</Badge> : format.day(token.expiresAt)}
      </td>
    </>
  );
}
