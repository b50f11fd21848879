import { useTranslation } from 'react-i18next';
import { SecretDialog } from '../access/SecretDialog.tsx';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { WebhookForm, webhookForm } from './WebhookForm.tsx';
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
  const form = useMutationForm(CreateWebhookDocument, {
    schema: webhookForm,
    values: { address: '', events: [] },
    refetchQueries: [WebhooksDocument],
    variables: (input) => ({ input: { projectId, ...input } }),
    onDone: ({ createWebhook }) => onMade(createWebhook.secret),
  });
  return <WebhookForm form={form} submit={t('create')} />;
}
