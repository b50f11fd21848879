import { useFragment } from '@apollo/client/react';
import { Face } from '@trainyard/ui';
import { memo, useEffect, useLayoutEffect, useRef, useSyncExternalStore, type CSSProperties, type MouseEvent } from 'react';
import { isOverdue, OLD_CARD_DAYS, unfinished } from '@trainyard/domain';
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { today } from '../../lists/export-address.ts';
import { PriorityIcon } from '../../ticket/PriorityIcon.tsx';
import { CardRun } from '../../training/CardRun.tsx';
import { useBoardParts, useCardSurroundings, type Label } from '../board-context.ts';
import { TicketCardFragmentDoc, type TicketCardFragment } from '../../ticket/card.generated.ts';
import { CARD_DRAG } from './card-drag.ts';
import classes from './TicketCard.module.css';
import { TypeIcon } from '../../ticket/TypeIcon.tsx';

export interface TicketCardProps {
  ticketId: string;
  columnId: string;
  index: number;
  /** Cards in the column. */
  total: number;
  /** Pixels from the top of the column, and of the card. */
  start: number;
  height: number;
  /** It may lie here too long, and is over the limit of its column. */
  ages: boolean;
  over: boolean;
}

/** A card in its place in the column. Plain elements only: a board mounts scores of them while it is scrolled. */
export const TicketCard = memo(function TicketCard({ ticketId, columnId, index, total, start, height, ages, over }: TicketCardProps) {
  const { focus, selection, mayWrite } = useBoardParts();
  const row = useRef<HTMLLIElement>(null);
  const link = useRef<HTMLAnchorElement>(null);
  const state = useSyncExternalStore(focus.subscribe, () => focus.of(ticketId, columnId, index));
  const isChosen = useSyncExternalStore(selection.subscribe, () => selection.has(ticketId));

  useLayoutEffect(() => {
    if (!state.wanted) return;
    link.current?.focus({ preventScroll: true });
    // told also where the focus stays: a carried card has it already, and each step is to be scrolled to
    focus.took(ticketId);
  }, [state.wanted, focus, ticketId]);

  useEffect(() => {
    const element = row.current;
    if (!element || !mayWrite) return;
    return draggable({
      element,
      getInitialData: () => ({ type: CARD_DRAG, ticketId, columnId }),
      onDragStart: () => element.setAttribute('data-dragging', ''),
      onDrop: () => element.removeAttribute('data-dragging'),
    });
  }, [ticketId, columnId, mayWrite]);

  return (
    <li
      ref={row}
      className={classes.row}
      style={{ transform: `translateY(${start}px)`, height } satisfies CSSProperties}
      data-ticket-id={ticketId}
      data-index={index}
      data-grabbed={state.grabbed || undefined}
      data-over={over || undefined}
      data-chosen={isChosen || undefined}
      aria-setsize={total}
      aria-posinset={index + 1}
    >
      <CardFace ticketId={ticketId} link={link} tabbable={state.tabbable} ages={ages} isChosen={isChosen} />
    </li>
  );
});

interface CardFaceProps {
  ticketId: string;
  link: React.RefObject<HTMLAnchorElement | null>;
  tabbable: boolean;
  ages: boolean;
  isChosen: boolean;
}

const CardFace = memo(function CardFace({ ticketId, ...face }: CardFaceProps) {
  const { data, complete } = useFragment({ fragment: TicketCardFragmentDoc, fragmentName: 'TicketCard', from: { __typename: 'Ticket', id: ticketId } });
  return complete ? <CardText card={data} {...face} /> : <div className={classes.card} />;
});

function CardText({ card, link, tabbable, ages, isChosen }: { card: TicketCardFragment } & Omit<CardFaceProps, 'ticketId'>) {
  const { openTicket, openMenu, focus, selection, mayWrite } = useBoardParts();
  const { labels, words } = useCardSurroundings();
  const dropped = card.resolution === 'CANCELLED' || card.resolution === 'DUPLICATE' ? words.dropped[card.resolution] : null;
  const days = ages ? daysSince(card.enteredAt) : 0;
  const blockers = card.blockers.length === 0 || card.resolution !== null ? [] : unfinished(card.blockers);
  const blocked = blockers.length === 0 ? null : words.blocked(blockers.map(({ key }) => key).join(', '));
  const isLate = card.dueDate !== null && isOverdue(card, today());
  const isWarned = blocked !== null || isLate;
  const shown = card.labelIds.flatMap((id) => labels.get(id) ?? []);

  const open = (event: MouseEvent): void => {
    // a new tab is the browser's business
    if (event.metaKey || event.ctrlKey || event.button !== 0) return;
    event.preventDefault();
    if (event.shiftKey && mayWrite) return selection.reach(card.id);
    openTicket(card.key, 'PEEK');
  };

  return (
    <div
      className={classes.card}
      data-dropped={dropped !== null || undefined}
      data-blocked={blocked !== null || undefined}
      data-warned={isWarned || undefined}
      // a range that is chosen by shift is no text that is marked
      onMouseDown={(event) => event.shiftKey && event.preventDefault()}
      onContextMenu={(event) => {
        event.preventDefault();
        openMenu(card.id, event.currentTarget, event);
      }}
    >
      <a
        ref={link}
        href={`/tickets/${card.key}`}
        className={classes.title}
        draggable={false}
        tabIndex={tabbable ? 0 : -1}
        aria-label={[
          `${card.key} ${card.title}`,
          ...(dropped === null ? [] : [dropped]),
          ...(blocked === null ? [] : [blocked]),
          ...(isChosen ? [words.chosen] : []),
        ].join(', ')}
        aria-describedby="board-card-keys"
        onClick={open}
        onFocus={() => focus.took(card.id)}
        onBlur={() => focus.left()}
      >
        {card.title}
      </a>
      {isWarned && (
        <div className={classes.warnings}>
          {blocked !== null && (
            <span className={classes.blocked} title={blockers.map(({ key, title }) => `${key} ${title}`).join('\n')}>
              {blocked}
            </span>
          )}
          {isLate && card.dueDate !== null && (
            <span className={classes.overdue} title={words.overdue(card.dueDate)}>
              {words.overdueShort(card.dueDate)}
            </span>
          )}
        </div>
      )}
      <div className={classes.facts}>
        <TypeIcon type={card.type} label={words.type[card.type]} />
        {card.priority && <PriorityIcon priority={card.priority} label={words.fact.priority(words.priority[card.priority])} />}
        <span className={classes.key} title={card.key}>
          {card.key}
        </span>
        {/* what has no room in a narrow column is left out whole, the last first */}
        <span className={classes.more}>
          {dropped !== null && <span className={classes.dropped}>{dropped}</span>}
          {card.dueDate !== null && !isLate && (
            <span className={classes.due} title={words.fact.due(words.day(card.dueDate))}>
              {words.day(card.dueDate)}
            </span>
          )}
          {days >= OLD_CARD_DAYS && (
            <span className={classes.age} title={words.age(days)}>
              {words.days(days)}
            </span>
          )}
          <Chips labels={shown} />
          {card.commentCount > 0 && (
            <span className={classes.comments} title={words.fact.comments(card.commentCount)}>
              {card.commentCount}
            </span>
          )}
          {card.attachmentCount > 0 && (
            <span className={classes.files} title={words.fact.files(card.attachmentCount)}>
              {card.attachmentCount}
            </span>
          )}
        </span>
        {card.points !== null && (
          <span className={classes.points} title={words.fact.points(card.points)}>
            {card.points}
          </span>
        )}
        {card.assignee && <Face {...card.assignee} size={20} label={words.fact.assignee(card.assignee.name)} />}
      </div>
      {card.latestRun && (
        <div className={classes.run}>
          <CardRun run={card.latestRun} />
        </div>
      )}
      <button
        type="button"
        className={classes.menu}
        tabIndex={-1}
        aria-label={words.menu(card.key)}
        aria-haspopup="menu"
        onClick={(event) => openMenu(card.id, event.currentTarget)}
      />
    </div>
  );
}

/** Whole days. A card is drawn anew often enough for that. */
const daysSince = (moment: string): number => Math.floor((Date.now() - new Date(moment).getTime()) / 86_400_000);

/** The first label in words, the others as a number: a card has one line for them. */
function Chips({ labels }: { labels: readonly Label[] }) {
  const { words } = useCardSurroundings();
  const [first, ...others] = labels;
  return (
    <span
      className={classes.chips}
      data-none={labels.length === 0 || undefined}
      title={labels.length > 1 ? words.fact.label(labels.map((label) => label.name).join(', ')) : undefined}
    >
      {first && (
        <span className={classes.chip} data-label-color={first.color}>
          {first.name}
        </span>
      )}
      {others.length > 0 && <span className={classes.others}>+{others.length}</span>}
    </span>
  );
}
