import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import { IconSend } from '@tabler/icons-react';
import { Link, useParams } from '@tanstack/react-router';
import { PAGE_MAX } from '@trainyard/domain';
import { Delayed, EmptyState } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { readAgain } from '../../apollo-pages.ts';
import { describeError } from '../shell/error/describe-error.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page } from '../shell/Page.tsx';
import { ShowMore } from '../shell/ShowMore.tsx';
import { usePolling } from '../shell/usePolling.ts';
import classes from './DeliveriesPage.module.css';
import { DeliveryRow } from './DeliveryRow.tsx';
import { WebhookState } from './WebhookState.tsx';
import { WebhookDeliveriesDocument } from './deliveries.generated.ts';

const PAGE = 30;
const EVERY_MS = 5_000;

export function DeliveriesPage() {
  const { projectKey = '', webhookId = '' } = useParams({ strict: false });
  return <Deliveries projectKey={projectKey} webhookId={webhookId} />;
}

/** What was sent by a webhook, newest first, and what became of it. */
export function Deliveries({ projectKey, webhookId }: { projectKey: string; webhookId: string }) {
  const { t } = useTranslation('webhook');
  const { data, error, refetch, fetchMore } = useQuery(WebhookDeliveriesDocument, {
    variables: { id: webhookId, first: PAGE },
    fetchPolicy: 'cache-and-network',
  });
  const deliveries = data?.webhookDeliveries;
  const waiting = deliveries?.nodes.findLastIndex(({ state }) => state === 'WAITING') ?? -1;
  usePolling(data !== undefined, EVERY_MS, () =>
    readAgain(Math.min(Math.max(PAGE, waiting + 1), PAGE_MAX), async (page) => (await fetchMore({ variables: page })).data?.webhookDeliveries.pageInfo),
  );
  if (!data && error && ['NOT_FOUND', 'FORBIDDEN'].includes(describeError(error).code)) return <NotFoundPage />;
  return (
    <Page
      title={t('deliveries.title')}
      lead={data && <span translate="no">{data.webhook.address}</span>}
      frame="reading"
      trail={[
        <Link to="/projects/$projectKey/settings" params={{ projectKey }}>
          {t('toSettings')}
        </Link>,
        t('title'),
      ]}
      actions={data && <WebhookState webhook={data.webhook} />}
    >
      {!data && <ErrorNotice error={error} onRetry={refetch} />}
      {!data && !error && (
        <Delayed>
          <Skeleton height={240} />
        </Delayed>
      )}
      {deliveries?.nodes.length === 0 && <EmptyState icon={<IconSend />} title={t('deliveries.none')} text={t('deliveries.noneText')} />}
      {deliveries && deliveries.nodes.length > 0 && (
        <ul className={classes.list} aria-label={t('deliveries.title')}>
          {deliveries.nodes.map((delivery) => (
            <DeliveryRow key={delivery.id} delivery={delivery} active={data.webhook.active} />
          ))}
        </ul>
      )}
      {deliveries?.pageInfo.hasNextPage && <ShowMore onMore={() => fetchMore({ variables: { after: deliveries.pageInfo.endCursor } })} />}
    </Page>
  );
}
