import { useLazyQuery } from '@apollo/client/react';
import { IconChevronRight } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toldByQuery } from '../../apollo-failure.ts';
import { Moment } from '../shell/Moment.tsx';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { ShowMore } from '../shell/ShowMore.tsx';
import classes from './TicketHistory.module.css';
import { TicketHistoryDocument } from './activity.generated.ts';
import { useHistoryWords } from './useHistoryWords.ts';

const PAGE = 50;

/** What happened to a ticket, newest first. Loaded when it is asked for. */
export function TicketHistory({ ticketId, news }: { ticketId: string; news: number }) {
  const { t } = useTranslation('activity');
  const words = useHistoryWords();
  const [opened, setOpened] = useState(false);
  const [load, { data, previousData, error, fetchMore }] = useLazyQuery(TicketHistoryDocument, { fetchPolicy: 'cache-and-network' });
  useEffect(() => {
    if (opened) toldByQuery(load({ variables: { id: ticketId, first: PAGE } }));
  }, [opened, ticketId, news, load]);
  const activity = (data ?? previousData)?.ticket?.activity;
  const steps = [...(activity?.nodes ?? [])].sort((a, b) => b.seq - a.seq);
  return (
    <section className={classes.section}>
      <button type="button" className={classes.toggle} aria-expanded={opened} onClick={() => setOpened((now) => !now)}>
        <IconChevronRight size={14} aria-hidden="true" className={classes.arrow} data-opened={opened || undefined} />
        {t('title')}
      </button>
      {opened && (
        <>
          <ErrorNotice error={error} onRetry={() => load({ variables: { id: ticketId, first: PAGE } })} />
          <ol className={classes.list}>
            {steps.flatMap((step) =>
              words(step).map((sentence, i) => (
                <li key={`${step.seq}-${i}`} className={classes.step}>
                  <span>
                    <strong className={classes.actor}>{step.actor?.name ?? t('system')}</strong> {sentence}
                  </span>
                  <Moment at={step.at} className={classes.at} />
                </li>
              )),
            )}
          </ol>
          {activity?.pageInfo.hasNextPage && <ShowMore onMore={() => fetchMore({ variables: { after: activity.pageInfo.endCursor } })} />}
        </>
      )}
    </section>
  );
}
