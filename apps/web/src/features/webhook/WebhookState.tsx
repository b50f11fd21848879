import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconPlayerPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useNow } from '../shell/useNow.ts';
import classes from './WebhookState.module.css';
import type { ListedWebhookFragment } from './webhooks.generated.ts';

/** Whether a webhook tells, and if not, why. */
export function WebhookState({ webhook: { active, offReason, failingSince } }: { webhook: ListedWebhookFragment }) {
  const { t } = useTranslation('webhook');
  const format = useFormat();
  const now = useNow(30_000);
  const [state, Icon, text] = !active
    ? offReason === null
      ? (['off', IconPlayerPause, t('state.off')] as const)
      : (['bad', IconCircleX, t(`off.${offReason}`)] as const)
    : failingSince === null
      ? (['good', IconCircleCheck, t('state.active')] as const)
      : (['warn', IconAlertTriangle, t('state.failing', { since: format.relative(failingSince, now) })] as const);
  return (
    <span className={classes.root} data-state={state} title={failingSince === null ? undefined : format.dateTime(failingSince)}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {text}
    </span>
  );
}
