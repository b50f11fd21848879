import { useApolloClient, useMutation } from '@apollo/client/react';
import { Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { WebhookForm } from './WebhookForm.tsx';
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
  const toast = useToast();
  const client = useApolloClient();
  // what is written here is kept when the list is read again
  const [first] = useState(webhook);
  const [update, { error, loading, reset }] = useMutation(UpdateWebhookDocument, { errorPolicy: 'all', ...useToldWhenGone() });
  return (
    <WebhookForm
      values={first}
      submit={t('shell:save')}
      pending={loading}
      error={error}
      onSubmit={async (input) => {
        const { data } = await update({ variables: { id: webhook.id, version: webhook.version, input } });
        if (data) onDone();
      }}
      onCatchUp={() => client.refetchQueries({ include: [WebhooksDocument] }).then(reset, toast.failed)}
    />
  );
}
