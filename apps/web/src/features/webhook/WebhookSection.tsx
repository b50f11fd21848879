import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconWebhook } from '@tabler/icons-react';
import { WEBHOOKS_EACH } from '@trainyard/domain';
import { ConfirmDialog, EmptyState, HeadOfActions, Table } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../shell/Page.tsx';
import { useToast } from '../shell/useToast.ts';
import { Waiting } from '../shell/Waiting.tsx';
import { CreateWebhookDialog } from './CreateWebhookDialog.tsx';
import { EditWebhookDialog } from './EditWebhookDialog.tsx';
import { RenewSecretDialog } from './RenewSecretDialog.tsx';
import { VerifyExample } from './VerifyExample.tsx';
import { WebhookRow } from './WebhookRow.tsx';
import { DeleteWebhookDocument, WebhooksDocument, type ListedWebhookFragment } from './webhooks.generated.ts';

/** Often enough to see one fail, seldom enough not to be noticed. */
const EVERY_MS = 10_000;

export interface WebhookSectionProps {
  projectId: string;
  projectKey: string;
  /** Of a project that is archived or deleted: they are seen, and stay as they are. */
  readOnly: boolean;
}

/** The webhooks of a project. For who may manage them: who may not is answered FORBIDDEN by the server. */
export function WebhookSection({ projectId, projectKey, readOnly }: WebhookSectionProps) {
  const { t } = useTranslation('webhook');
  const { data, error, refetch } = useQuery(WebhooksDocument, { variables: { projectId }, fetchPolicy: 'cache-and-network', pollInterval: EVERY_MS });
  const [creating, setCreating] = useState(false);
  const [editing, setEditing] = useState<string | null>(null);
  const [renewing, setRenewing] = useState<string | null>(null);
  const [doomed, setDoomed] = useState<ListedWebhookFragment | null>(null);
  const webhooks = data?.webhooks;
  const named = (id: string | null): ListedWebhookFragment | null => webhooks?.find((webhook) => webhook.id === id) ?? null;
  return (
    <Section
      title={t('title')}
      lead={t('lead')}
      actions={
        !readOnly && (
          <Button variant="default" onClick={() => setCreating(true)} disabled={!webhooks || webhooks.length >= WEBHOOKS_EACH}>
            {t('create')}
          </Button>
        )
      }
    >
      {!webhooks && <Waiting error={error} onRetry={refetch} height={80} />}
      {webhooks?.length === 0 && <EmptyState icon={<IconWebhook />} title={t('none')} text={t('noneText')} />}
      {webhooks && webhooks.length > 0 && (
        <Table
          caption={t('title')}
          minWidth={560}
          head={
            <>
              <th scope="col">{t('field.address')}</th>
              <th scope="col">{t('field.events')}</th>
              <th scope="col">{t('field.state')}</th>
              {!readOnly && <HeadOfActions label={t('more')} />}
            </>
          }
        >
          {webhooks.map((webhook) => (
            <WebhookRow
              key={webhook.id}
              webhook={webhook}
              projectKey={projectKey}
              readOnly={readOnly}
              onEdit={() => setEditing(webhook.id)}
              onRenew={() => setRenewing(webhook.id)}
              onDelete={() => setDoomed(webhook)}
            />
          ))}
        </Table>
      )}
      {webhooks && webhooks.length >= WEBHOOKS_EACH && <p>{t('full', { count: WEBHOOKS_EACH })}</p>}
      {webhooks && webhooks.length > 0 && <VerifyExample />}
      <CreateWebhookDialog projectId={projectId} opened={creating} onClose={() => setCreating(false)} />
      <EditWebhookDialog webhook={named(editing)} onClose={() => setEditing(null)} />
      <RenewSecretDialog webhook={named(renewing)} onClose={() => setRenewing(null)} />
      <DeleteWebhook webhook={doomed && (named(doomed.id) ?? doomed)} onClose={() => setDoomed(null)} />
    </Section>
  );
}

/** Asks first: its deliveries go with it, and its secret cannot be made again. */
function DeleteWebhook({ webhook, onClose }: { webhook: ListedWebhookFragment | null; onClose: () => void }) {
  const { t } = useTranslation(['webhook', 'shell']);
  const toast = useToast();
  const client = useApolloClient();
  const [remove, { loading }] = useMutation(DeleteWebhookDocument, { errorPolicy: 'all', onError: toast.failed });
  const confirm = async ({ id, version }: ListedWebhookFragment): Promise<void> => {
    const { data } = await remove({ variables: { id, version } });
    await client.refetchQueries({ include: [WebhooksDocument] }).catch(toast.failed);
    if (data) toast.done(t('deleted'));
    onClose();
  };
  return (
    <ConfirmDialog
      opened={webhook !== null}
      title={t('deleteTitle')}
      labels={{ confirm: t('delete'), cancel: t('shell:cancel') }}
      pending={loading}
      onConfirm={() => webhook && void confirm(webhook)}
      onCancel={onClose}
    >
      {t('deleteText', { address: webhook?.address ?? '' })}
    </ConfirmDialog>
  );
}
