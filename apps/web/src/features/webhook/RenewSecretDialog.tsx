import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { DialogFoot } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { SecretDialog } from '../access/SecretDialog.tsx';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { WebhookSecret } from './WebhookSecret.tsx';
import { RenewWebhookSecretDocument, WebhooksDocument, type ListedWebhookFragment } from './webhooks.generated.ts';

export function RenewSecretDialog({ webhook, onClose }: { webhook: ListedWebhookFragment | null; onClose: () => void }) {
  const { t } = useTranslation('webhook');
  return (
    <SecretDialog
      opened={webhook !== null}
      onClose={onClose}
      size="lg"
      title={t('secret.renew')}
      madeTitle={t('secret.title')}
      form={(onMade) => webhook && <RenewSecret webhook={webhook} onMade={onMade} />}
      made={(secret, onDone) => <WebhookSecret secret={secret} onDone={onDone} />}
    />
  );
}

function RenewSecret({ webhook: { id, version }, onMade }: { webhook: ListedWebhookFragment; onMade: (secret: string) => void }) {
  const { t } = useTranslation('webhook');
  const [renew, { error, loading }] = useMutation(RenewWebhookSecretDocument, { errorPolicy: 'all', refetchQueries: [WebhooksDocument], ...useToldWhenGone() });
  const confirm = async (): Promise<void> => {
    const { data } = await renew({ variables: { id, version } });
    if (data) onMade(data.renewWebhookSecret.secret);
  };
  return (
    <>
      <p>{t('secret.renewText')}</p>
      <DialogFoot notice={<ErrorNotice error={error} />}>
        <Button loading={loading} onClick={() => void confirm()} data-autofocus>
          {t('secret.renew')}
        </Button>
      </DialogFoot>
    </>
  );
}
