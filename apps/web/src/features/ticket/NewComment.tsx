import { useMutation } from '@apollo/client/react';
import { Button } from '@mantine/core';
import { COMMENT_MAX } from '@trainyard/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../shell/drafts/draft-store.ts';
import { DraftNote } from '../shell/drafts/DraftNote.tsx';
import { useDraft } from '../shell/drafts/drafts.ts';
import { useDiscard } from '../shell/drafts/useDiscard.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { draftKeys } from './draft-keys.ts';
import { TextEditor } from './TextEditor.tsx';
import own from './TicketStream.module.css';
import { AddCommentDocument } from './ticket.generated.ts';

/** The field to say something about a ticket: in reach however long the talk is. */
export function NewComment({ ticketId, ticketKey, onAdded }: { ticketId: string; ticketKey: string; onAdded: () => void }) {
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
