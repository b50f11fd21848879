import { TICKET_TITLE_MAX, titleExcess, titleOf } from '@trainyard/domain';
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
    const title = titleOf(text);
    if (busy.current || titleExcess(text) > 0) return;
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
  const excess = titleExcess(editing.text);
  const onKeyDown = (event: KeyboardEvent): void => {
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
        value={editing.text}
        disabled={saving}
        aria-invalid={excess > 0 || undefined}
        aria-describedby={excess > 0 ? 'title-excess' : undefined}
        onChange={(event) => setEditing({ ...editing, text: event.target.value })}
        onKeyDown={onKeyDown}
        // one who edits a title most often writes on
        onFocus={({ currentTarget }) => currentTarget.setSelectionRange(currentTarget.value.length, currentTarget.value.length)}
        onBlur={() => {
          if (!error) void save(editing.base, editing.text);
        }}
      />
      {excess > 0 && (
        <p id="title-excess" className={classes.excess} role="alert">
          {t('excess', { count: excess, max: TICKET_TITLE_MAX })}
        </p>
      )}
      {error instanceof FieldConflict ? (
        <ConflictNotice conflict={error} theirs={error.fresh.title} onKeepMine={() => void save(error.fresh, editing.text)} onTakeTheirs={close} />
      ) : (
        <ErrorNotice error={error} />
      )}
    </div>
  );
}
