import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconPlayerPause } from '@tabler/icons-react';
import { StateMark } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useNow } from '../shell/useNow.ts';
import type { ListedWebhookFragment } from './webhooks.generated.ts';

/** Whether a webhook tells, and if not, why. */
export function WebhookState({ webhook: { active, offReason, failingSince } }: { webhook: ListedWebhookFragment }) {
  const { t } = useTranslation('webhook');
  const format = useFormat();
  const now = useNow(30_000);
  const [tone, icon, text] = !active
    ? offReason === null
      ? (['quiet', IconPlayerPause, t('state.off')] as const)
      : (['bad', IconCircleX, t(`off.${offReason}`)] as const)
    : failingSince === null
      ? (['good', IconCircleCheck, t('state.active')] as const)
      : (['warn', IconAlertTriangle, t('state.failing', { since: format.relative(failingSince, now) })] as const);
  return (
    <StateMark state={active ? 'ON' : 'OFF'} tone={tone} icon={icon} title={failingSince === null ? undefined : format.dateTime(failingSince)}>
      {text}
    </StateMark>
  );
}
