import { useMutation } from '@apollo/client/react';
import { ActionIcon, Menu } from '@mantine/core';
import { IconDots, IconKey, IconPencil, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import classes from './WebhookSection.module.css';
import { WebhookState } from './WebhookState.tsx';
import { UpdateWebhookDocument, WebhooksDocument, type ListedWebhookFragment } from './webhooks.generated.ts';

export interface WebhookRowProps {
  webhook: ListedWebhookFragment;
  projectKey: string;
  readOnly: boolean;
  onEdit: () => void;
  onRenew: () => void;
  onDelete: () => void;
}

export function WebhookRow({ webhook, projectKey, readOnly, onEdit, onRenew, onDelete }: WebhookRowProps) {
  const { t } = useTranslation('webhook');
  const toast = useToast();
  const { id, address, events, active, version } = webhook;
  const [update] = useMutation(UpdateWebhookDocument, { errorPolicy: 'all', onError: toast.failed, refetchQueries: [WebhooksDocument] });
  const toggle = async (): Promise<void> => {
    const { data } = await update({ variables: { id, version, input: { active: !active } } });
    if (data) toast.done(t(active ? 'switchedOff' : 'switchedOn'));
  };
  return (
    <tr>
      <th scope="row">
        <Link className={classes.address} to="/projects/$projectKey/settings/webhooks/$webhookId" params={{ projectKey, webhookId: id }} title={address}>
          {address}
        </Link>
      </th>
      <td className={classes.events} title={events.map((event) => t(`event.${event}`)).join(', ')}>
        {t('eventCount', { count: events.length })}
      </td>
      <td>
        <WebhookState webhook={webhook} />
      </td>
      {!readOnly && (
        <td data-actions>
          <Menu position="bottom-end">
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" aria-label={t('moreOf', { address })}>
                <IconDots size={16} stroke={1.6} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={onEdit}>
                {t('edit')}
              </Menu.Item>
              <Menu.Item
                leftSection={active ? <IconPlayerPause size={16} stroke={1.6} /> : <IconPlayerPlay size={16} stroke={1.6} />}
                onClick={() => void toggle()}
              >
                {t(active ? 'switchOff' : 'switchOn')}
              </Menu.Item>
              <Menu.Item leftSection={<IconKey size={16} stroke={1.6} />} onClick={onRenew}>
                {t('secret.renew')}
              </Menu.Item>
              <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.6} />} onClick={onDelete}>
                {t('delete')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        </td>
      )}
    </tr>
  );
}
