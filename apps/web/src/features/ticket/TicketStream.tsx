import { useQuery } from '@apollo/client/react';
import { can, type ProjectScope } from '@trainyard/domain';
import { Segments } from '@trainyard/ui';
import { useEffect, useEffectEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { readAgain } from '../../apollo-pages.ts';
import { TOGETHER } from '../../apollo-together.ts';
import { useActor } from '../access/useActor.ts';
import { TicketHistoryDocument } from '../activity/activity.generated.ts';
import { HistoryStep } from '../activity/HistoryStep.tsx';
import { LeftDrafts } from '../shell/drafts/LeftDrafts.tsx';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { ShowMore } from '../shell/ShowMore.tsx';
import { draftKeys } from './draft-keys.ts';
import { NewComment } from './NewComment.tsx';
import { chooseStream, STREAM_FILTERS, streamOf, useStreamFilter } from './stream.ts';
import { TicketComment } from './TicketComment.tsx';
import own from './TicketStream.module.css';
import classes from './TicketDetail.module.css';
import { TicketCommentsDocument } from './ticket.generated.ts';
import { useCommentAddress } from './useCommentAddress.ts';

/** Comments or steps loaded at first, and with every "show more". */
const PAGE = 50;

export interface TicketStreamProps {
  ticketId: string;
  ticketKey: string;
  /** A change of it means that there may be news. */
  news: number;
  /** Of the ticket's project: what may be done to a comment follows from it and from who wrote it. */
  scope: ProjectScope;
}

/** What was said of a ticket and what happened to it, oldest first, and the field to say more. */
export function TicketStream({ ticketId, ticketKey, news, scope }: TicketStreamProps) {
  const { t } = useTranslation('ticket');
  const mayWrite = can(useActor(), 'comment.write', scope);
  const filter = useStreamFilter();
  const first = { id: ticketId, first: PAGE };
  const said = useQuery(TicketCommentsDocument, { variables: first, fetchPolicy: 'cache-and-network', context: TOGETHER });
  const happened = useQuery(TicketHistoryDocument, { variables: first, fetchPolicy: 'cache-and-network', context: TOGETHER, skip: filter === 'COMMENTS' });
  const comments = said.data?.ticket?.comments;
  const steps = happened.data?.ticket?.activity;
  const read = async (page: { first?: number; after: string | null }) => (await said.fetchMore({ variables: page })).data?.ticket?.comments.pageInfo;
  const readSteps = async (page: { first?: number; after: string | null }) => (await happened.fetchMore({ variables: page })).data?.ticket?.activity.pageInfo;
  // what is shown once more; who had read to the end is shown what has been said since, too
  const shown = comments?.pageInfo.hasNextPage === false ? Infinity : Math.max(PAGE, comments?.nodes.length ?? 0);
  const again = (): void => void readAgain(shown, read).catch(() => undefined);
  const onNews = useEffectEvent(() => {
    again();
    // the newest steps take their place before those that are known
    if (filter !== 'COMMENTS') void readSteps({ first: PAGE, after: null }).catch(() => undefined);
  });
  useEffect(() => {
    if (news > 0) onNews();
  }, [news]);
  const more = (): Promise<unknown> => read({ after: comments?.pageInfo.endCursor ?? null });
  useCommentAddress(comments, more, filter === 'HISTORY' ? () => chooseStream('ALL') : null);

  const items = streamOf(
    filter,
    { nodes: comments?.nodes ?? [], hasMore: comments?.pageInfo.hasNextPage ?? false },
    { nodes: steps?.nodes ?? [], hasMore: steps?.pageInfo.hasNextPage ?? false },
  );
  return (
    <section className={classes.section} aria-labelledby={`stream-${ticketId}`}>
      <div className={own.head}>
        <h3 id={`stream-${ticketId}`} className={classes.heading}>
          {t('stream.title')}
        </h3>
        <Segments
          label={t('stream.filter')}
          value={filter}
          onChange={chooseStream}
          data={STREAM_FILTERS.map((value) => ({
            value,
            label: value === 'COMMENTS' && comments && comments.totalCount > 0 ? t('stream.comments', { count: comments.totalCount }) : t(`stream.${value}`),
          }))}
        />
      </div>
      <ErrorNotice error={said.error} onRetry={said.refetch} />
      {filter !== 'COMMENTS' && <ErrorNotice error={happened.error} onRetry={happened.refetch} />}
      {items.length > 0 && (
        <ol className={own.list}>
          {items.map((item) => {
            switch (item.kind) {
              case 'COMMENT':
                return <TicketComment key={item.comment.id} ticketKey={ticketKey} comment={item.comment} scope={scope} onChanged={again} />;
              case 'STEP':
                return <HistoryStep key={item.step.seq} step={item.step} />;
              case 'EARLIER_STEPS':
                return (
                  <li key={item.kind} className={own.more}>
                    <ShowMore label={t('stream.earlier')} onMore={() => readSteps({ after: steps?.pageInfo.endCursor ?? null })} />
                  </li>
                );
              case 'LATER_COMMENTS':
                return (
                  <li key={item.kind} className={own.more}>
                    <ShowMore label={t('stream.later')} onMore={more} />
                  </li>
                );
            }
          })}
        </ol>
      )}
      {comments && !comments.pageInfo.hasNextPage && mayWrite && (
        <LeftDrafts begin={draftKeys.comments(ticketKey)} except={(key) => comments.nodes.some(({ id }) => key === draftKeys.comment(ticketKey, id))} />
      )}
      {mayWrite ? (
        <NewComment key={ticketKey} ticketId={ticketId} ticketKey={ticketKey} onAdded={again} />
      ) : (
        filter !== 'HISTORY' && comments?.totalCount === 0 && <p className={own.none}>{t('comments.none')}</p>
      )}
    </section>
  );
}
