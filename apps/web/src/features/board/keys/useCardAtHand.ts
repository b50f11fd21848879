import type { RefObject } from 'react';
import type { TicketAct, TicketAtHand } from '../../ticket/ticket-at-hand.ts';
import { useTicketCopies } from '../../ticket/useTicketCopies.ts';
import { useTicketPlace } from '../../ticket/useTicketPlace.ts';
import type { BoardParts, QuickField } from '../board-context.ts';

export interface CardActs {
  keyOf: (ticketId: string) => string | undefined;
  /** The same editor that a key opens. */
  edit: (ticketId: string, field: QuickField) => void;
  queueRun: ((ticketId: string) => void) | null;
  remove: ((ticketId: string) => void) | null;
}

const EDITS = { ASSIGN: 'ASSIGNEE', MOVE: 'COLUMN', PRIORITY: 'PRIORITY', DUE: 'DUE', LABEL: 'LABELS', ESTIMATE: 'POINTS' } as const satisfies Partial<
  Record<TicketAct, QuickField>
>;

/** The card that the keyboard is on is at hand: what is wanted of it is done as its keys and its menu do. */
export function useCardAtHand(root: RefObject<HTMLElement | null>, { focus, model, mayWrite }: BoardParts, { keyOf, edit, queueRun, remove }: CardActs): void {
  const copies = useTicketCopies();
  const held = (): TicketAtHand | null => {
    const ticketId = focus.current();
    const key = ticketId !== null && model.placeOf(ticketId) ? keyOf(ticketId) : undefined;
    if (ticketId === null || key === undefined) return null;
    return {
      key,
      acts: {
        ...(mayWrite && Object.fromEntries(Object.entries(EDITS).map(([act, field]) => [act, () => edit(ticketId, field)]))),
        ...(queueRun && { QUEUE_RUN: () => queueRun(ticketId) }),
        COPY_LINK: () => copies.link(key),
        COPY_KEY: () => copies.key(key),
        ...(remove && { DELETE: () => remove(ticketId) }),
      },
    };
  };
  useTicketPlace({ area: () => root.current, ticket: held });
}
