import { useMutation, useQuery } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { IconAdjustments, IconChecks, IconInbox } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { EmptyState, Segments } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAgain } from '../../apollo-pages.ts';
import { Page } from '../shell/Page.tsx';
import { ShowMore } from '../shell/ShowMore.tsx';
import { usePolling } from '../shell/usePolling.ts';
import { useToast } from '../shell/useToast.ts';
import { Waiting } from '../shell/Waiting.tsx';
import { InboxDocument, MarkAllReadDocument, UnreadCountDocument } from './inbox.generated.ts';
import { INBOX_PARTS, inboxSearch } from './inbox-search.ts';
import { InboxRow } from './InboxRow.tsx';
import classes from './InboxPage.module.css';
import { InboxSettings } from './InboxSettings.tsx';

const PAGE = 50;
const EVERY_MS = 30_000;

/** What concerns the reader, newest first. */
export function InboxPage() {
  const { t } = useTranslation('notify');
  const toast = useToast();
  const navigate = useNavigate();
  const { show } = inboxSearch(useSearch({ strict: false }));
  const asked = show === undefined ? { first: PAGE } : { first: PAGE, read: show === 'read' };
  const { data, error, refetch, fetchMore } = useQuery(InboxDocument, { variables: asked, fetchPolicy: 'cache-and-network' });
  const [settings, setSettings] = useState(false);
  const items = data?.inbox.nodes ?? [];
  const readFirst = (count: number): Promise<void> =>
    readAgain(Math.max(PAGE, count), async (page) => (await fetchMore({ variables: page })).data?.inbox.pageInfo);
  usePolling(data !== undefined, EVERY_MS, () => readFirst(PAGE));
  const [markAll, { loading }] = useMutation(MarkAllReadDocument, {
    refetchQueries: [UnreadCountDocument],
    onCompleted: () => void readFirst(items.length).catch(toast.failed),
    onError: toast.failed,
  });
  const more = data?.inbox.pageInfo;
  return (
    <Page
      title={t('title')}
      frame="reading"
      actions={
        <>
          {items.some(({ readAt }) => readAt === null) && (
            <Button variant="default" leftSection={<IconChecks size={14} aria-hidden="true" />} loading={loading} onClick={() => void markAll()}>
              {t('markAll')}
            </Button>
          )}
          <Button
            variant="default"
            leftSection={<IconAdjustments size={14} aria-hidden="true" />}
            aria-expanded={settings}
            onClick={() => setSettings((now) => !now)}
          >
            {t('settings.open')}
          </Button>
        </>
      }
    >
      {settings && <InboxSettings />}
      <Segments
        size="sm"
        className={classes.parts}
        label={t('show.label')}
        value={show ?? 'all'}
        data={(['all', ...INBOX_PARTS] as const).map((value) => ({ value, label: t(`show.${value}`) }))}
        onChange={(value) => void navigate({ to: '/inbox', search: inboxSearch({ show: value }), replace: true })}
      />
      {!data && <Waiting error={error} onRetry={refetch} height={240} />}
      {data && items.length === 0 && <EmptyState icon={<IconInbox />} title={t(show === 'unread' ? 'allRead' : 'empty')} text={t('emptyHint')} />}
      {items.length > 0 && (
        <ul className={classes.list} aria-label={t('title')}>
          {items.map((item) => (
            <InboxRow key={item.id} item={item} />
          ))}
        </ul>
      )}
      {more?.hasNextPage && <ShowMore onMore={() => fetchMore({ variables: { after: more.endCursor } })} />}
    </Page>
  );
}
