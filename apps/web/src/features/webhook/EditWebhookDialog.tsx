import { Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMutationForm } from '../shell/form/useMutationForm.ts';
import { WebhookForm, webhookForm } from './WebhookForm.tsx';
import { UpdateWebhookDocument, WebhooksDocument, type ListedWebhookFragment } from './webhooks.generated.ts';

export function EditWebhookDialog({ webhook, onClose }: { webhook: ListedWebhookFragment | null; onClose: () => void }) {
  const { t } = useTranslation('webhook');
  return (
    <Modal opened={webhook !== null} onClose={onClose} size="lg" title={t('edit')}>
      {webhook && <EditWebhook webhook={webhook} onDone={onClose} />}
    </Modal>
  );
}

function EditWebhook({ webhook, onDone }: { webhook: ListedWebhookFragment; onDone: () => void }) {
  const { t } = useTranslation(['webhook', 'shell']);
  const form = useMutationForm(UpdateWebhookDocument, {
    schema: webhookForm,
    values: { address: webhook.address, events: [...webhook.events] },
    changes: WebhooksDocument,
    variables: (input) => ({ id: webhook.id, version: webhook.version, input }),
    onDone,
  });
  return <WebhookForm form={form} submit={t('shell:save')} />;
}
