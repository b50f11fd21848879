import { Button, SegmentedControl } from '@mantine/core';
import { IconPencil } from '@tabler/icons-react';
import { TICKET_DESCRIPTION_MAX } from '@trainyard/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { ConflictNotice } from './ConflictNotice.tsx';
import { LazyMarkdown } from './LazyMarkdown.tsx';
import { TextEditor } from './TextEditor.tsx';
import classes from './TicketDetail.module.css';
import own from './TicketDescription.module.css';
import type { Ticket } from './useTicket.ts';
import { FieldConflict, useUpdateTicket } from './useUpdateTicket.ts';

/** What is to be done, in Markdown. Written in a field with a preview; Ctrl or Cmd with Enter saves. */
export function TicketDescription({ ticket, mayWrite }: { ticket: Ticket; mayWrite: boolean }) {
  const { t } = useTranslation('board');
  const update = useUpdateTicket();
  const [editing, setEditing] = useState<{ base: Ticket; text: string } | null>(null);
  const [preview, setPreview] = useState(false);
  const [saving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const close = (): void => {
    setEditing(null);
    setError(null);
    setPreview(false);
  };
  const save = async (base: Ticket, text: string): Promise<void> => {
    if (text === base.description) return close();
    setSaving(true);
    setError(null);
    try {
      await update(base, { description: text });
      close();
    } catch (failure) {
      setError(failure);
    } finally {
      setSaving(false);
    }
  };
  const begin = (): void => setEditing({ base: ticket, text: ticket.description });

  return (
    <section className={classes.section} aria-labelledby={`description-${ticket.id}`}>
      <div className={own.head}>
        <h3 id={`description-${ticket.id}`} className={classes.heading}>
          {t('ticket.description')}
        </h3>
        {mayWrite && !editing && ticket.description !== '' && (
          <Button size="compact-xs" variant="subtle" color="gray" leftSection={<IconPencil size={13} />} onClick={begin}>
            {t('edit')}
          </Button>
        )}
        {editing && (
          <SegmentedControl
            size="xs"
            value={preview ? 'PREVIEW' : 'WRITE'}
            onChange={(value) => setPreview(value === 'PREVIEW')}
            data={[
              { value: 'WRITE', label: t('write') },
              { value: 'PREVIEW', label: t('preview') },
            ]}
          />
        )}
      </div>
      {editing ? (
        <div className={own.editing}>
          {preview ? (
            <div className={own.preview}>{editing.text.trim() === '' ? <p className={own.none}>{t('ticket.noDescription')}</p> : <LazyMarkdown text={editing.text} />}</div>
          ) : (
            <TextEditor
              label={t('ticket.description')}
              value={editing.text}
              maxLength={TICKET_DESCRIPTION_MAX}
              minRows={6}
              autoFocus
              onChange={(text) => setEditing({ ...editing, text })}
              onSave={() => void save(editing.base, editing.text)}
              onCancel={close}
            />
          )}
          {error instanceof FieldConflict ? (
            <ConflictNotice conflict={error} theirs={error.fresh.description} onKeepMine={() => void save(error.fresh, editing.text)} onTakeTheirs={close} />
          ) : (
            <ErrorNotice error={error} />
          )}
          <div className={own.actions}>
            <Button size="compact-sm" loading={saving} onClick={() => void save(editing.base, editing.text)}>
              {t('save')}
            </Button>
            <Button size="compact-sm" variant="default" onClick={close}>
              {t('cancel')}
            </Button>
            <span className={own.hint}>{t('markdownHint')}</span>
          </div>
        </div>
      ) : ticket.description === '' ? (
        mayWrite ? (
          <button type="button" className={own.add} onClick={begin}>
            {t('ticket.addDescription')}
          </button>
        ) : (
          <p className={own.none}>{t('ticket.noDescription')}</p>
        )
      ) : (
        <LazyMarkdown text={ticket.description} />
      )}
    </section>
  );
}
