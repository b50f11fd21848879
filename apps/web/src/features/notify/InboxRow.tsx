import { useMutation } from '@apollo/client/react';
import { ActionIcon } from '@mantine/core';
import { IconCheck, IconCircle, IconCircleCheck, IconCircleX, IconMessage, IconRobot, IconRobotOff, IconUserCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Moment } from '../shell/Moment.tsx';
import { useToast } from '../shell/useToast.ts';
import { MarkReadDocument, MarkUnreadDocument, UnreadCountDocument, type ListedInboxItemFragment } from './inbox.generated.ts';
import classes from './InboxPage.module.css';

const ICONS = {
  ASSIGNED: IconUserCheck,
  COMMENTED: IconMessage,
  RUN_SUCCEEDED: IconCircleCheck,
  RUN_FAILED: IconCircleX,
  RULE: IconRobot,
  RULE_OFF: IconRobotOff,
} as const;

/** One item: it leads to what it is about, and is read by that or by its button. */
export function InboxRow({ item }: { item: ListedInboxItemFragment }) {
  const { t } = useTranslation('notify');
  const toast = useToast();
  const [mark] = useMutation(MarkReadDocument, { variables: { ids: [item.id] }, refetchQueries: [UnreadCountDocument], onError: toast.failed });
  const [unmark] = useMutation(MarkUnreadDocument, { variables: { ids: [item.id] }, refetchQueries: [UnreadCountDocument], onError: toast.failed });
  const Icon = ICONS[item.reason];
  const isUnread = item.readAt === null;
  const read = (): void => {
    if (isUnread) void mark();
  };
  const act = t(isUnread ? 'mark' : 'unmark', { key: item.ticketKey ?? item.projectKey });
  return (
    <li className={classes.item} data-unread={isUnread || undefined}>
      <Icon size={16} stroke={1.6} className={classes.icon} aria-hidden="true" data-reason={item.reason} />
      <div className={classes.text}>
        <Link {...placeOf(item)} className={classes.title} onClick={read}>
          {item.ticketKey === null ? (
            t('rulesOf', { project: item.projectKey })
          ) : (
            <>
              <span className={classes.key}>{item.ticketKey}</span> {item.ticketTitle}
            </>
          )}
        </Link>
        {item.text && <span>{item.text}</span>}
        <span className={classes.dimmed}>
          {t(item.actor ? `reason.${item.reason}` : `byServer.${item.reason}`, { who: item.actor?.name, run: item.runNumber, rule: item.ruleName })}
          {' · '}
          {/* that it is yours is what an assignment says */}
          {item.why && item.reason !== 'ASSIGNED' && (
            <>
              {t(`why.${item.why}`)} {' · '}
            </>
          )}
          <Moment at={item.at} />
        </span>
      </div>
      <ActionIcon variant="subtle" color="gray" aria-label={act} title={act} onClick={() => void (isUnread ? mark() : unmark())}>
        {isUnread ? <IconCheck size={16} aria-hidden="true" /> : <IconCircle size={14} aria-hidden="true" />}
      </ActionIcon>
    </li>
  );
}

/** What it is about: the run, the ticket, or the rules of a project. */
function placeOf({ runId, ticketKey, projectKey }: ListedInboxItemFragment) {
  if (runId !== null) return { to: '/runs/$runId', params: { runId } } as const;
  if (ticketKey !== null) return { to: '/tickets/$ticketKey', params: { ticketKey } } as const;
  return { to: '/projects/$projectKey/rules', params: { projectKey } } as const;
}
