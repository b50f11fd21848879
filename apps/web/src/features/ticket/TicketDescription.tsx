import { Button } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { TICKET_DESCRIPTION_MAX } from '@trainyard/domain';
import { useState } from 'react';
import { Segments } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { DraftNote } from '../shell/drafts/DraftNote.tsx';
import { useTextEditing, type SavedText } from '../shell/drafts/useTextEditing.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useGone } from '../shell/useToldWhenGone.ts';
import { useToast } from '../shell/useToast.ts';
import { ConflictNotice } from './ConflictNotice.tsx';
import { draftKeys } from './draft-keys.ts';
import { LazyMarkdown } from './markdown/LazyMarkdown.tsx';
import { TextEditor } from './TextEditor.tsx';
import classes from './TicketDetail.module.css';
import own from './TicketDescription.module.css';
import type { Ticket } from './useTicket.ts';
import { FieldConflict, useTicketUpdates } from './useTicketUpdates.ts';

/** What is to be done, in Markdown. Written in a field with a preview; Ctrl or Cmd with Enter saves, Esc closes it and keeps the draft. */
export function TicketDescription({ ticket, mayWrite }: { ticket: Ticket; mayWrite: boolean }) {
  const { t } = useTranslation('ticket');
  const { update } = useTicketUpdates();
  const gone = useGone();
  const toast = useToast();
  const current: SavedText = { version: ticket.version, text: ticket.description };
  const editing = useTextEditing(draftKeys.description(ticket.key), current, true);
  const opened = editing.opened && mayWrite;
  const [asked, setAsked] = useState(false);
  const [preview, setPreview] = useState(false);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const begin = (): void => {
    setAsked(true);
    setError(null);
    setPreview(false);
    editing.open();
  };
  const save = async (base: SavedText): Promise<void> => {
    const { text } = editing;
    if (text === base.text) return editing.saved(text);
    setSaving(true);
    setError(null);
    try {
      await update({ ...ticket, version: base.version, description: base.text }, { description: text });
      editing.saved(text);
    } catch (failure) {
      if (gone()) toast.failed(failure);
      else setError(failure);
    } finally {
      setSaving(false);
    }
  };
  const conflict = error instanceof FieldConflict ? error : null;

  return (
    <section className={classes.section} aria-labelledby={`description-${ticket.id}`}>
      <div className={own.head}>
        <h3 id={`description-${ticket.id}`} className={classes.heading}>
          {t('ticket.description')}
        </h3>
        {mayWrite && !opened && ticket.description !== '' && (
          <Button ref={editing.opener} size="compact-xs" variant="subtle" color="gray" leftSection={<IconPencil size={13} />} onClick={begin}>
            {t('edit')}
          </Button>
        )}
        {opened && (
          <Segments
            label={t('ticket.description')}
            value={preview ? 'PREVIEW' : 'WRITE'}
            onChange={(value) => setPreview(value === 'PREVIEW')}
            data={[
              { value: 'WRITE', label: t('write') },
              { value: 'PREVIEW', label: t('preview') },
            ]}
          />
        )}
      </div>
      {opened ? (
        <div className={own.editing}>
          {editing.keptAt !== null && <DraftNote at={editing.keptAt} onDiscard={editing.discard} />}
          {preview ? (
            <div className={own.preview}>
              {editing.text.trim() === '' ? <p className={own.none}>{t('ticket.noDescription')}</p> : <LazyMarkdown text={editing.text} />}
            </div>
          ) : (
            <TextEditor
              label={t('ticket.description')}
              value={editing.text}
              maxLength={TICKET_DESCRIPTION_MAX}
              minRows={6}
              // opened again for a draft, it takes no key from the page
              autoFocus={asked}
              readOnly={saving}
              onChange={editing.write}
              onSave={() => void save(editing.base)}
              onLeave={editing.leave}
            />
          )}
          {conflict || editing.behind ? (
            <ConflictNotice
              by={conflict?.by ?? ''}
              theirs={conflict?.fresh.description ?? ticket.description}
              onKeepMine={() => void save(conflict ? { version: conflict.fresh.version, text: conflict.fresh.description } : current)}
              onTakeTheirs={editing.discard}
            />
          ) : (
            <ErrorNotice error={error} />
          )}
          <div className={own.actions}>
            <Button size="compact-sm" loading={saving} onClick={() => void save(editing.base)}>
              {t('save')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={editing.discard}>
              {t('cancel')}
            </Button>
            <span className={own.hint}>{t('markdownHint')}</span>
          </div>
        </div>
      ) : (
        <>
          {mayWrite && editing.keptAt !== null && <DraftNote at={editing.keptAt} excerpt={editing.text} onContinue={begin} onDiscard={editing.discard} />}
          {ticket.description !== '' ? (
            <LazyMarkdown text={ticket.description} />
          ) : mayWrite ? (
            <button ref={editing.opener} type="button" className={own.add} onClick={begin}>
              {t('ticket.addDescription')}
            </button>
          ) : (
            <p className={own.none}>{t('ticket.noDescription')}</p>
          )}
        </>
      )}
    </section>
  );
}
