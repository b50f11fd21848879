import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button, Menu } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { can, COMMENT_MAX, type ProjectScope } from '@trainyard/domain';
import { ConfirmDialog, Face } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useActor } from '../access/useActor.ts';
import { DraftNote } from '../shell/drafts/DraftNote.tsx';
import { useTextEditing, type SavedText } from '../shell/drafts/useTextEditing.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { Moment } from '../shell/Moment.tsx';
import { useToast } from '../shell/useToast.ts';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { ConflictNotice } from './ConflictNotice.tsx';
import { draftKeys } from './draft-keys.ts';
import { LazyMarkdown } from './markdown/LazyMarkdown.tsx';
import { TextEditor } from './TextEditor.tsx';
import { useTicketCopies } from './useTicketCopies.ts';
import own from './TicketStream.module.css';
import { DeleteCommentDocument, UpdateCommentDocument, type CommentTextFragment } from './ticket.generated.ts';

export interface TicketCommentProps {
  ticketKey: string;
  comment: CommentTextFragment;
  scope: ProjectScope;
  onChanged: () => void;
}

/** Something that was said of a ticket. */
export function TicketComment({ ticketKey, comment, scope, onChanged }: TicketCommentProps) {
  const { t } = useTranslation('ticket');
  const format = useFormat();
  const actor = useActor();
  const toast = useToast();
  const copies = useTicketCopies();
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
    <li id={commentAnchor(comment.id)} className={own.comment}>
      <Face id={comment.author?.id ?? ''} name={name} />
      <div className={own.said}>
        <div className={own.by}>
          <strong className={own.author}>{name}</strong>
          <Moment at={comment.createdAt} />
          {comment.editedAt && <span title={format.dateTime(comment.editedAt)}>{t('comments.edited')}</span>}
          {!opened && (
            <Menu position="bottom-end">
              <Menu.Target>
                <ActionIcon ref={editing.opener} size={24} variant="subtle" color="gray" className={own.menu} aria-label={t('comments.menu', { name })}>
                  <IconDots size={14} aria-hidden="true" />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {mayEdit && <Menu.Item onClick={begin}>{t('edit')}</Menu.Item>}
                <Menu.Item onClick={() => copies.comment(ticketKey, commentAnchor(comment.id))}>{t('ticket.copyLink')}</Menu.Item>
                {mayDelete && <Menu.Item onClick={() => setConfirming(true)}>{t('delete')}</Menu.Item>}
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

/** Where an address leads to a comment. */
export const commentAnchor = (id: string): string => `comment-${id}`;
