import { TICKET_TITLE_MAX } from '@trainyard/domain';
import { useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { ConflictNotice } from './ConflictNotice.tsx';
import classes from './TicketTitle.module.css';
import type { Ticket } from './useTicket.ts';
import { FieldConflict, useUpdateTicket } from './useUpdateTicket.ts';

/** The title; a click or Enter makes it a field. Enter saves, Esc leaves it as it was. */
export function TicketTitle({ ticket, mayWrite }: { ticket: Ticket; mayWrite: boolean }) {
  const { t } = useTranslation('board');
  const update = useUpdateTicket();
  const button = useRef<HTMLButtonElement>(null);
  const [editing, setEditing] = useState<{ base: Ticket; text: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  // leaving the field saves too, and it is left when it is switched off while it saves
  const busy = useRef(false);

  const close = (): void => {
    setEditing(null);
    setError(null);
    requestAnimationFrame(() => button.current?.focus());
  };
  const save = async (base: Ticket, text: string): Promise<void> => {
    const title = text.trim();
    if (busy.current) return;
    if (title === '' || title === base.title) return close();
    busy.current = true;
    setSaving(true);
    try {
      await update(base, { title });
      close();
    } catch (failure) {
      setError(failure);
    } finally {
      busy.current = false;
      setSaving(false);
    }
  };

  if (!editing) {
    return (
      <h2 className={classes.title}>
        {mayWrite ? (
          <button ref={button} type="button" className={classes.open} title={t('ticket.editTitle')} onClick={() => setEditing({ base: ticket, text: ticket.title })}>
            {ticket.title}
          </button>
        ) : (
          ticket.title
        )}
      </h2>
    );
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter') {
      event.preventDefault();
      void save(editing.base, editing.text);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  };
  return (
    <div className={classes.editing}>
      <textarea
        autoFocus
        className={classes.field}
        aria-label={t('ticket.title')}
        rows={2}
        maxLength={TICKET_TITLE_MAX}
        value={editing.text}
        disabled={saving}
        onChange={(event) => setEditing({ ...editing, text: event.target.value })}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (!error) void save(editing.base, editing.text);
        }}
      />
      {error instanceof FieldConflict ? (
        <ConflictNotice conflict={error} theirs={error.fresh.title} onKeepMine={() => void save(error.fresh, editing.text)} onTakeTheirs={close} />
      ) : (
        <ErrorNotice error={error} />
      )}
    </div>
  );
}
