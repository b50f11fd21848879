import { useMutation } from '@apollo/client/react';
import { useTranslation } from 'react-i18next';
import { SecretDialog } from '../access/SecretDialog.tsx';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { WebhookForm } from './WebhookForm.tsx';
import { WebhookSecret } from './WebhookSecret.tsx';
import { CreateWebhookDocument, WebhooksDocument } from './webhooks.generated.ts';

export function CreateWebhookDialog({ projectId, ...state }: { projectId: string; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('webhook');
  return (
    <SecretDialog
      {...state}
      size="lg"
      title={t('create')}
      madeTitle={t('secret.title')}
      form={(onMade) => <CreateWebhook projectId={projectId} onMade={onMade} />}
      made={(secret, onDone) => <WebhookSecret secret={secret} onDone={onDone} />}
    />
  );
}

function CreateWebhook({ projectId, onMade }: { projectId: string; onMade: (secret: string) => void }) {
  const { t } = useTranslation('webhook');
  const [create, { error, loading }] = useMutation(CreateWebhookDocument, {
    refetchQueries: [WebhooksDocument],
    errorPolicy: 'all',
    ...useToldWhenGone(),
  });
  return (
    <WebhookForm
      values={{ address: '', events: [] }}
      submit={t('create')}
      pending={loading}
      error={error}
      onSubmit={async (input) => {
        const { data } = await create({ variables: { input: { projectId, ...input } } });
        if (data) onMade(data.createWebhook.secret);
      }}
    />
  );
}
