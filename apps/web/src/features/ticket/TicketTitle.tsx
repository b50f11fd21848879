import { TICKET_TITLE_MAX, titleExcess, titleOf } from '@trainyard/domain';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DraftNote } from '../shell/drafts/DraftNote.tsx';
import { useTextEditing, type SavedText } from '../shell/drafts/useTextEditing.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { usePageHeading } from '../shell/PageTitle.tsx';
import { useGone } from '../shell/useToldWhenGone.ts';
import { useToast } from '../shell/useToast.ts';
import { ConflictNotice } from './ConflictNotice.tsx';
import { draftKeys } from './draft-keys.ts';
import classes from './TicketTitle.module.css';
import type { Ticket } from './useTicket.ts';
import { FieldConflict, useTicketUpdates } from './useTicketUpdates.ts';

/** The title; a click or Enter makes it a field. Enter saves, Esc leaves it as it was. */
export function TicketTitle({ ticket, mayWrite, isPage }: { ticket: Ticket; mayWrite: boolean; isPage: boolean }) {
  const { t } = useTranslation(['ticket', 'shell']);
  const { update } = useTicketUpdates();
  const gone = useGone();
  const toast = useToast();
  const editing = useTextEditing(draftKeys.title(ticket.key), { version: ticket.version, text: ticket.title }, false);
  const [error, setError] = useState<unknown>(null);
  const [saving, setSaving] = useState(false);
  // leaving the field saves too, and it is left when it is switched off while it saves
  const busy = useRef(false);

  const close = (how: () => void): void => {
    how();
    setError(null);
  };
  const save = async (base: SavedText): Promise<void> => {
    const { text } = editing;
    const title = titleOf(text);
    if (busy.current || titleExcess(text) > 0) return;
    if (title === '' || title === base.text) return close(editing.discard);
    busy.current = true;
    setSaving(true);
    try {
      await update({ ...ticket, version: base.version, title: base.text }, { title });
      close(() => editing.saved(text));
    } catch (failure) {
      if (gone()) toast.failed(failure);
      else setError(failure);
    } finally {
      busy.current = false;
      setSaving(false);
    }
  };

  if (!editing.opened || !mayWrite) {
    return (
      <div className={classes.editing}>
        <Heading of={ticket} isPage={isPage}>
          {mayWrite ? (
            <button ref={editing.opener} type="button" className={classes.open} title={t('ticket.editTitle')} onClick={editing.open}>
              {ticket.title}
            </button>
          ) : (
            ticket.title
          )}
        </Heading>
        {mayWrite && editing.keptAt !== null && <DraftNote at={editing.keptAt} excerpt={editing.text} onContinue={editing.open} onDiscard={editing.discard} />}
      </div>
    );
  }
  const excess = titleExcess(editing.text);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault();
      void save(editing.base);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close(editing.discard);
    }
  };
  return (
    <div className={classes.editing}>
      {editing.keptAt !== null && (
        // a press on it must not leave the field, which would save
        <div onMouseDown={(event) => event.preventDefault()}>
          <DraftNote at={editing.keptAt} onDiscard={() => close(editing.discard)} />
        </div>
      )}
      <textarea
        autoFocus
        className={classes.field}
        aria-label={t('ticket.title')}
        rows={2}
        value={editing.text}
        disabled={saving}
        aria-invalid={excess > 0 || undefined}
        aria-describedby={excess > 0 ? 'title-excess' : undefined}
        onChange={(event) => editing.write(event.target.value)}
        onKeyDown={onKeyDown}
        // one who edits a title most often writes on
        onFocus={({ currentTarget }) => currentTarget.setSelectionRange(currentTarget.value.length, currentTarget.value.length)}
        onBlur={() => {
          if (!error) void save(editing.base);
        }}
      />
      {excess > 0 && (
        <p id="title-excess" className={classes.excess} role="alert">
          {t('shell:excess', { count: excess, max: TICKET_TITLE_MAX })}
        </p>
      )}
      {error instanceof FieldConflict ? (
        <ConflictNotice
          by={error.by}
          theirs={error.fresh.title}
          onKeepMine={() => void save({ version: error.fresh.version, text: error.fresh.title })}
          onTakeTheirs={() => close(editing.discard)}
        />
      ) : (
        <ErrorNotice error={error} />
      )}
    </div>
  );
}

/** Of the page with the key before it; beside a board the key stands above already. */
function Heading({ of: { key, title }, isPage, children }: { of: Ticket; isPage: boolean; children: ReactNode }) {
  return isPage ? (
    <PageHeading title={`${key} ${title}`}>
      <span className={classes.key}>{key}</span> {children}
    </PageHeading>
  ) : (
    <h2 className={classes.title}>{children}</h2>
  );
}

function PageHeading({ title, children }: { title: string; children: ReactNode }) {
  const heading = usePageHeading(title);
  return (
    <h1 ref={heading} tabIndex={-1} data-focus-target className={classes.title} data-page>
      {children}
    </h1>
  );
}
