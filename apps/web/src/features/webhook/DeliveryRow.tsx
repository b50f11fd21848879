import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconCircleCheck, IconCircleX, IconClock, IconRefresh } from '@tabler/icons-react';
import { Fact, Facts, StateMark } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { Moment } from '../shell/Moment.tsx';
import { useToast } from '../shell/useToast.ts';
import { CopyText } from '../shell/CopyText.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import classes from './DeliveriesPage.module.css';
import { RedeliverWebhookDocument, WebhookRequestDocument, type ListedDeliveryFragment } from './deliveries.generated.ts';

const STATES = {
  WAITING: { tone: 'warn', icon: IconClock },
  DELIVERED: { tone: 'good', icon: IconCircleCheck },
  FAILED: { tone: 'bad', icon: IconCircleX },
} as const;

/** One event as it was sent: the line opens to what was sent and answered. */
export function DeliveryRow({ delivery, active }: { delivery: ListedDeliveryFragment; active: boolean }) {
  const { t } = useTranslation('webhook');
  const [opened, setOpened] = useState(false);
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  const panelId = `delivery-${delivery.id}`;
  return (
    <li className={classes.item}>
      <button type="button" className={classes.toggle} aria-expanded={opened} aria-controls={panelId} onClick={() => setOpened(!opened)}>
        <Chevron size={14} aria-hidden="true" />
        <span className={classes.event}>{t(`event.${delivery.event}`)}</span>
        {delivery.answerStatus !== null && <span className={classes.dimmed}>{t('deliveries.status', { status: delivery.answerStatus })}</span>}
        <StateMark state={delivery.state} {...STATES[delivery.state]}>
          {t(`deliveryState.${delivery.state}`)}
        </StateMark>
        <Moment at={delivery.createdAt} className={classes.dimmed} />
      </button>
      {opened && (
        <div id={panelId} className={classes.panel}>
          <Details delivery={delivery} active={active} />
        </div>
      )}
    </li>
  );
}

function Details({ delivery, active }: { delivery: ListedDeliveryFragment; active: boolean }) {
  const { t } = useTranslation('webhook');
  const format = useFormat();
  const toast = useToast();
  const [again, { loading }] = useMutation(RedeliverWebhookDocument, { variables: { deliveryId: delivery.id }, errorPolicy: 'all', onError: toast.failed });
  return (
    <>
      <Facts layout="TILES">
        <Fact name={t('deliveries.id')}>
          <CopyText text={delivery.id} shown={`${delivery.id.slice(0, 8)}…`} label={t('deliveries.copyId')} />
        </Fact>
        <Fact name={t('deliveries.tries')}>{format.number(delivery.tries)}</Fact>
        {delivery.triedAt && <Fact name={t('deliveries.lastTry')}>{format.dateTime(delivery.triedAt)}</Fact>}
        {delivery.durationMs !== null && <Fact name={t('deliveries.duration')}>{format.duration(delivery.durationMs)}</Fact>}
      </Facts>
      {delivery.error && <p className={classes.note}>{t(`error.${delivery.error}`)}</p>}
      <Request deliveryId={delivery.id} />
      {delivery.answerStatus !== null && (
        <section>
          <h3>{t('deliveries.answer', { status: delivery.answerStatus })}</h3>
          {delivery.answer ? (
            <pre className={classes.text} tabIndex={0} aria-label={t('deliveries.answerText')} translate="no">
              {delivery.answer}
            </pre>
          ) : (
            <p className={classes.dimmed}>{t('deliveries.emptyAnswer')}</p>
          )}
        </section>
      )}
      <div>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconRefresh size={14} aria-hidden="true" />}
          loading={loading}
          disabled={!active}
          onClick={() => void again()}
        >
          {t('deliveries.again')}
        </Button>
        {!active && <span className={classes.dimmed}> {t('deliveries.offText')}</span>}
      </div>
    </>
  );
}

/** Made of the log when it is looked at, as it is when it is sent. */
function Request({ deliveryId }: { deliveryId: string }) {
  const { t } = useTranslation('webhook');
  const { data, error, refetch } = useQuery(WebhookRequestDocument, { variables: { deliveryId } });
  return (
    <section>
      <h3>{t('deliveries.request')}</h3>
      {data ? (
        <pre className={classes.text} tabIndex={0} aria-label={t('deliveries.request')} translate="no">
          {[...data.webhookRequest.headers, '', readable(data.webhookRequest.body)].join('\n')}
        </pre>
      ) : (
        <Waiting error={error} onRetry={refetch} height={120} />
      )}
    </section>
  );
}

const readable = (body: string): string => JSON.stringify(JSON.parse(body), null, 2);
