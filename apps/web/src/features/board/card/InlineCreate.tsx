import { useApolloClient, useMutation } from '@apollo/client/react';
import { IconPencilPause, IconPlus } from '@tabler/icons-react';
import { intoLane, TICKET_TITLE_MAX, titleExcess, titleOf, type Shorthand } from '@trainyard/domain';
import { memo, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Draft } from '../../shell/drafts/draft-store.ts';
import { drafts, useDraft } from '../../shell/drafts/drafts.ts';
import { DraftNote } from '../../shell/drafts/DraftNote.tsx';
import { useDiscard } from '../../shell/drafts/useDiscard.ts';
import { useErrorMessage } from '../../shell/error/useErrorMessage.ts';
import { useBoardParts } from '../board-context.ts';
import { CreateTicketDocument, type CreateTicketMutationVariables } from '../board.generated.ts';
import { draftKeys } from '../../ticket/draft-keys.ts';
import classes from './InlineCreate.module.css';
import { hideMoveNotice } from '../useMoveMessages.ts';
import { offerOpen } from '../../shell/offer-open.tsx';
import { columnIn, laneIn } from '../model/cells.ts';
import { placeInCell } from '../model/place-in-cell.ts';
import { noteRuns } from '../model/useBoard.ts';
import { useShorthand } from './useShorthand.ts';
import { writeTickets } from '../../ticket/write-tickets.ts';

export interface InlineCreateProps {
  /** The cell, on a board in lanes: the ticket gets what its lane stands for. */
  columnId: string;
  columnName: string;
  /** In a lane, where many of them are: a sign that shows for the hand that is there. */
  small?: boolean;
  onCreated: () => void;
}

const HIDDEN = 'board-created-hidden';

/** What is kept of a title that is being written, and of those that are sent and not answered. */
const titleIn = (draft: Draft | null): string => (typeof draft?.words === 'object' ? String(draft.words.title ?? '') : '');

/** Writes tickets at the foot of a column, one after the other: Enter keeps the field open for the next. */
export const InlineCreate = memo(function InlineCreate({ columnId, columnName, small = false, onCreated }: InlineCreateProps) {
  const { t } = useTranslation('board');
  const { creating, boardId, focus, model } = useBoardParts();
  const made = useRef<string | null>(null);
  const { draft } = useDraft(draftKeys.newTicket(boardId));
  const open = creating.use() === columnId;
  const button = useRef<HTMLButtonElement>(null);
  if (open) {
    return (
      <CreateField
        columnId={columnId}
        columnName={columnName}
        onCreated={(ticketId) => {
          made.current = ticketId;
          onCreated();
        }}
        onClose={(byKey) => {
          creating.set(null);
          const card = made.current ?? focus.current();
          made.current = null;
          // the keyboard goes on from the card that was made, or from the one it came from
          if (byKey) requestAnimationFrame(() => (card !== null && model.placeOf(card) ? focus.want(card) : button.current?.focus()));
        }}
      />
    );
  }
  const begun = !small && typeof draft?.words === 'object' && draft.words.columnId === columnId;
  return (
    <button
      ref={button}
      type="button"
      className={classes.open}
      data-small={small || undefined}
      title={small ? t('create.open') : undefined}
      onClick={() => creating.set(columnId)}
    >
      {begun ? <IconPencilPause size={14} aria-hidden="true" className={classes.icon} /> : <IconPlus size={14} aria-hidden="true" className={classes.icon} />}
      <span className={classes.label}>{begun ? t('create.continue', { title: titleIn(draft) }) : t('create.open')}</span>
    </button>
  );
});

interface CreateFieldProps extends Omit<InlineCreateProps, 'onCreated' | 'small'> {
  onCreated: (ticketId: string) => void;
  onClose: (byKey: boolean) => void;
}

function CreateField({ columnId, columnName, onCreated, onClose }: CreateFieldProps) {
  const { t } = useTranslation(['board', 'shell']);
  const client = useApolloClient();
  const { model, boardId, openTicket, isShown } = useBoardParts();
  const describe = useErrorMessage();
  const key = draftKeys.newTicket(boardId);
  const { draft, write, end } = useDraft(key);
  const discard = useDiscard();
  const [title, setTitle] = useState(() => titleIn(draft));
  const [keptAt, setKeptAt] = useState(draft?.at ?? null);
  const [create, { error, reset }] = useMutation(CreateTicketDocument, { fetchPolicy: 'no-cache' });
  const shorthand = useShorthand();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    hideMoveNotice();
  }, []);

  const typed = useRef(title);
  const sent = useRef(Promise.resolve());
  const onTheWay = useRef<string[]>([]);
  /** To be closed as soon as all that was sent has arrived: what is refused comes back into the field. */
  const closing = useRef<{ byKey: boolean } | null>(null);
  const excess = titleExcess(title);
  const problem = error ? describe(error) : excess > 0 ? t('shell:excess', { count: excess, max: TICKET_TITLE_MAX }) : null;

  const put = (text: string): void => {
    typed.current = text;
    setTitle(text);
    // a title that is on its way is kept too until it has arrived
    const words = [...onTheWay.current, text].filter((one) => one.trim() !== '').join('\n');
    if (words === '') end();
    else write({ title: words, columnId: columnIn(columnId) });
  };
  const lane = laneIn(columnId);
  const by = model.asked?.by;
  const ofLane = by === undefined || lane === undefined ? {} : intoLane(by, { assigneeId: null, labelIds: [], stage: null }, lane);
  const send = async (text: string): Promise<void> => {
    const result = await shorthand(text)
      .then((said) =>
        create({ variables: { input: { columnId: columnIn(columnId), ...ofLane, ...(said.title === '' ? { title: text, type: 'TASK' } : setBy(said)) } } }),
      )
      .catch(() => null);
    const ticket = result?.data?.createTicket;
    onTheWay.current = onTheWay.current.slice(1);
    if (!ticket) {
      closing.current = null;
      // back into the field, above what was typed meanwhile
      put(typed.current === '' ? text : `${text}\n${typed.current}`);
      return;
    }
    put(typed.current);
    writeTickets(client.cache, [ticket]);
    noteRuns(model, [ticket]);
    const place = placeInCell(model, ticket, lane);
    if (model.asked && !(await isShown(ticket.id, model.asked))) {
      offerOpen(HIDDEN, t('create.hidden', { key: ticket.key }), () => openTicket(ticket.key, 'PEEK'));
    } else if (place) model.settle(ticket.id, model.draft(ticket.id, place), place);
    onCreated(ticket.id);
    if (closing.current && onTheWay.current.length === 0) onClose(closing.current.byKey);
  };
  const close = (byKey: boolean): void => {
    if (onTheWay.current.length === 0) onClose(byKey);
    else closing.current = { byKey };
  };

  // Whoever types on while a ticket is on its way loses nothing, and the tickets come in the order they were written.
  const submit = (): void => {
    const text = titleOf(title);
    if (text === '' || excess > 0) return;
    onTheWay.current = [...onTheWay.current, text];
    put('');
    setKeptAt(null);
    sent.current = sent.current.then(() => send(text));
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close(true);
    }
  };

  return (
    <div className={classes.form}>
      {keptAt !== null && (
        <DraftNote
          at={keptAt}
          onDiscard={() => {
            discard(key, () => put(titleIn(drafts.get(key))));
            typed.current = '';
            setTitle('');
            setKeptAt(null);
          }}
        />
      )}
      <textarea
        ref={field}
        className={classes.field}
        aria-label={t('create.label', { column: columnName })}
        placeholder={t('create.placeholder')}
        rows={2}
        value={title}
        onChange={(event) => {
          put(event.target.value);
          closing.current = null;
          if (error) reset();
        }}
        onKeyDown={onKeyDown}
        onBlur={() => {
          if (title.trim() === '') close(false);
        }}
        aria-invalid={problem !== null || undefined}
        aria-describedby={`create-hint-${columnId}`}
      />
      <p id={`create-hint-${columnId}`} className={classes.hint} data-error={problem !== null || undefined} role={problem !== null ? 'alert' : undefined}>
        {problem ?? t('create.hint')}
      </p>
    </div>
  );
}

/** What a title says besides itself. */
const setBy = ({ title, type, assigneeId, labelIds }: Shorthand): Omit<CreateTicketMutationVariables['input'], 'columnId'> => ({
  title,
  type: type ?? 'TASK',
  ...(assigneeId !== null && { assigneeId }),
  ...(labelIds.length > 0 && { labelIds }),
});
