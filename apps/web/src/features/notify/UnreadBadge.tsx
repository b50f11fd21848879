import { useQuery } from '@apollo/client/react';
import { UNREAD_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { UnreadCountDocument } from './inbox.generated.ts';
import classes from './UnreadBadge.module.css';

const EVERY_MS = 30_000;

/** How much of the inbox is unread; nothing where all is read. */
export function UnreadBadge() {
  const { t } = useTranslation('shell');
  const { data } = useQuery(UnreadCountDocument, { fetchPolicy: 'cache-and-network', pollInterval: EVERY_MS });
  const count = data?.unreadCount ?? 0;
  if (count === 0) return null;
  const shown = count < UNREAD_MAX ? String(count) : `${UNREAD_MAX - 1}+`;
  return (
    <span className={classes.root} aria-label={t('nav.unread', { shown })} role="img">
      {shown}
    </span>
  );
}
