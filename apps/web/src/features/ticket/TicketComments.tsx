import { useMutation, useQuery } from '@apollo/client/react';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { can, COMMENT_MAX, type ProjectScope } from '@trainyard/domain';
import { ConfirmDialog, Face } from '@trainyard/ui';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAgain } from '../../apollo-pages.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { useActor } from '../access/useActor.ts';
import { textOf } from '../shell/drafts/draft-store.ts';
import { DraftNote } from '../shell/drafts/DraftNote.tsx';
import { useDraft } from '../shell/drafts/drafts.ts';
import { LeftDrafts } from '../shell/drafts/LeftDrafts.tsx';
import { useDiscard } from '../shell/drafts/useDiscard.ts';
import { useTextEditing, type SavedText } from '../shell/drafts/useTextEditing.ts';
import { Moment } from '../shell/Moment.tsx';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { ShowMore } from '../shell/ShowMore.tsx';
import { useToast } from '../shell/useToast.ts';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { ConflictNotice } from './ConflictNotice.tsx';
import { draftKeys } from './draft-keys.ts';
import { LazyMarkdown } from './markdown/LazyMarkdown.tsx';
import { TextEditor } from './TextEditor.tsx';
import own from './TicketComments.module.css';
import classes from './TicketDetail.module.css';
import { AddCommentDocument, DeleteCommentDocument, TicketCommentsDocument, UpdateCommentDocument, type CommentTextFragment } from './ticket.generated.ts';

/** Comments loaded at first, and with every "show more". */
const PAGE = 50;

export interface TicketCommentsProps {
  ticketId: string;
  ticketKey: string;
  /** A change of it means that there may be news. */
  news: number;
  /** Of the ticket's project: what may be done to a comment follows from it and from who wrote it. */
  scope: ProjectScope;
}

/** What was said of a ticket, oldest first, and the field to say more. */
export function TicketComments({ ticketId, ticketKey, news, scope }: TicketCommentsProps) {
  const { t } = useTranslation('ticket');
  const mayWrite = can(useActor(), 'comment.write', scope);
  const { data, error, refetch, fetchMore } = useQuery(TicketCommentsDocument, { variables: { id: ticketId, first: PAGE }, fetchPolicy: 'cache-and-network' });
  const comments = data?.ticket?.comments;
  const read = async (page: { first?: number; after: string | null }) => (await fetchMore({ variables: page })).data?.ticket?.comments.pageInfo;
  // what is shown once more; who had read to the end is shown what has been said since, too
  const shown = comments?.pageInfo.hasNextPage === false ? Infinity : Math.max(PAGE, comments?.nodes.length ?? 0);
  const again = (): void => void readAgain(shown, read).catch(() => undefined);
  const onNews = useEffectEvent(again);
  useEffect(() => {
    if (news > 0) onNews();
  }, [news]);
  return (
    <section className={classes.section} aria-labelledby={`comments-${ticketId}`}>
      <h3 id={`comments-${ticketId}`} className={classes.heading}>
        {comments && comments.totalCount > 0 ? t('comments.count', { count: comments.totalCount }) : t('comments.title')}
      </h3>
      <ErrorNotice error={error} onRetry={refetch} />
      {comments && comments.nodes.length > 0 && (
        <ol className={own.list}>
          {comments.nodes.map((comment) => (
            <CommentItem key={comment.id} ticketKey={ticketKey} comment={comment} scope={scope} onChanged={again} />
          ))}
        </ol>
      )}
      {comments?.pageInfo.hasNextPage && <ShowMore onMore={() => read({ after: comments.pageInfo.endCursor })} />}
      {comments && !comments.pageInfo.hasNextPage && mayWrite && (
        <LeftDrafts begin={draftKeys.comments(ticketKey)} except={(key) => comments.nodes.some(({ id }) => key === draftKeys.comment(ticketKey, id))} />
      )}
      {mayWrite ? (
        <NewComment key={ticketKey} ticketId={ticketId} ticketKey={ticketKey} onAdded={again} />
      ) : (
        comments?.totalCount === 0 && <p className={own.none}>{t('comments.none')}</p>
      )}
    </section>
  );
}

function NewComment({ ticketId, ticketKey, onAdded }: { ticketId: string; ticketKey: string; onAdded: () => void }) {
  const { t } = useTranslation('ticket');
  const key = draftKeys.newComment(ticketKey);
  const { draft, write, end } = useDraft(key);
  const discard = useDiscard();
  const [keptAt, setKeptAt] = useState(draft?.at ?? null);
  const text = draft ? textOf(draft) : '';
  const [add, { loading, error }] = useMutation(AddCommentDocument, { errorPolicy: 'all', ...useToldWhenGone() });
  const send = async (): Promise<void> => {
    if (text.trim() === '' || loading) return;
    const { data } = await add({ variables: { ticketId, body: text.trim() } });
    if (!data) return;
    end(text);
    setKeptAt(null);
    onAdded();
  };
  return (
    <div className={own.composer}>
      {draft && keptAt !== null && <DraftNote at={keptAt} onDiscard={() => discard(key)} />}
      <TextEditor
        label={t('comments.new')}
        placeholder={t('comments.placeholder')}
        value={text}
        maxLength={COMMENT_MAX}
        minRows={2}
        readOnly={loading}
        onChange={(next) => (next === '' ? end() : write(next))}
        onSave={() => void send()}
      />
      <ErrorNotice error={error} />
      {text.trim() !== '' && (
        <div className={own.actions}>
          <Button size="compact-sm" loading={loading} onClick={() => void send()}>
            {t('comments.send')}
          </Button>
          <span className={own.hint}>{t('markdownHint')}</span>
        </div>
      )}
    </div>
  );
}

interface CommentItemProps {
  ticketKey: string;
  comment: CommentTextFragment;
  scope: ProjectScope;
  onChanged: () => void;
}

function CommentItem({ ticketKey, comment, scope, onChanged }: CommentItemProps) {
  const { t } = useTranslation('ticket');
  const format = useFormat();
  const actor = useActor();
  const toast = useToast();
  const current = { version: comment.version, text: comment.body };
  const editing = useTextEditing(draftKeys.comment(ticketKey, comment.id), current, true);
  const [asked, setAsked] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const [update, { loading, error, reset }] = useMutation(UpdateCommentDocument, { errorPolicy: 'all', ...useToldWhenGone() });
  const [remove, { loading: removing }] = useMutation(DeleteCommentDocument);
  const thing = { ...scope, ownerId: comment.author?.id ?? null };
  const mayEdit = can(actor, 'comment.edit', thing);
  const mayDelete = can(actor, 'comment.delete', thing);
  const opened = editing.opened && mayEdit;
  const name = comment.author?.name ?? t('somebody');

  const begin = (): void => {
    reset();
    setAsked(true);
    editing.open();
  };
  const save = async ({ version, text }: SavedText): Promise<void> => {
    const body = editing.text.trim();
    if (body === '') return editing.discard();
    if (body === text) return editing.saved(editing.text);
    const { data } = await update({ variables: { id: comment.id, version, body } });
    if (data) editing.saved(editing.text);
    else onChanged();
  };
  const onDelete = async (): Promise<void> => {
    try {
      await remove({ variables: { id: comment.id, version: comment.version } });
      onChanged();
    } catch (failure) {
      toast.failed(failure);
    } finally {
      setConfirming(false);
    }
  };

  return (
    <li className={own.comment}>
      <Face id={comment.author?.id ?? ''} name={name} />
      <div className={own.said}>
        <div className={own.by}>
          <strong className={own.author}>{name}</strong>
          <Moment at={comment.createdAt} />
          {comment.editedAt && <span title={format.dateTime(comment.editedAt)}>{t('comments.edited')}</span>}
          {mayDelete && !opened && (
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon ref={editing.opener} size={22} variant="subtle" color="gray" className={own.more} aria-label={t('comments.menu', { name })}>
                  <IconDots size={14} aria-hidden="true" />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {mayEdit && <Menu.Item onClick={begin}>{t('edit')}</Menu.Item>}
                <Menu.Item onClick={() => setConfirming(true)}>{t('delete')}</Menu.Item>
              </Menu.Dropdown>
            </Menu>
          )}
        </div>
        {!opened ? (
          <>
            <LazyMarkdown text={comment.body} />
            {mayEdit && editing.keptAt !== null && <DraftNote at={editing.keptAt} excerpt={editing.text} onContinue={begin} onDiscard={editing.discard} />}
          </>
        ) : (
          <div className={own.composer}>
            {editing.keptAt !== null && <DraftNote at={editing.keptAt} onDiscard={editing.discard} />}
            <TextEditor
              label={t('comments.edit')}
              value={editing.text}
              maxLength={COMMENT_MAX}
              minRows={2}
              autoFocus={asked}
              readOnly={loading}
              onChange={(next) => {
                editing.write(next);
                if (error) reset();
              }}
              onSave={() => void save(editing.base)}
              onLeave={editing.leave}
            />
            {editing.behind ? (
              <ConflictNotice by="" theirs={comment.body} onKeepMine={() => void save(current)} onTakeTheirs={editing.discard} />
            ) : (
              <ErrorNotice error={error} />
            )}
            <div className={own.actions}>
              <Button size="compact-sm" loading={loading} onClick={() => void save(editing.base)}>
                {t('save')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={editing.discard}>
                {t('cancel')}
              </Button>
            </div>
          </div>
        )}
        <ConfirmDialog
          opened={confirming}
          title={t('comments.deleteTitle')}
          labels={{ confirm: t('delete'), cancel: t('cancel') }}
          pending={removing}
          onConfirm={() => void onDelete()}
          onCancel={() => setConfirming(false)}
        >
          {t('comments.deleteText')}
        </ConfirmDialog>
      </div>
    </li>
  );
}
