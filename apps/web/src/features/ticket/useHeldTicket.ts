import type { RefObject } from 'react';
import type { TicketAct, TicketAtHand } from './ticket-at-hand.ts';
import { goToField } from './useTicketKeys.ts';
import { useTicketCopies } from './useTicketCopies.ts';
import { useTicketPlace } from './useTicketPlace.ts';

export interface HeldTicket {
  /** What shows the ticket, with its fields. */
  area: RefObject<HTMLElement | null>;
  ticketKey: string;
  mayWrite: boolean;
  mayQueue: boolean;
  onDelete: (() => void) | null;
}

/** The fields of an open ticket by what one wants to do. */
const FIELDS = {
  ASSIGN: 'assignee',
  MOVE: 'column',
  STATE: 'state',
  PRIORITY: 'priority',
  DUE: 'due',
  LABEL: 'label',
  ESTIMATE: 'points',
} as const satisfies Partial<Record<TicketAct, string>>;

/** An open ticket is at hand: what is wanted of it goes to its own fields and buttons. Answers what can be done with it now. */
export function useHeldTicket({ area, ticketKey, mayWrite, mayQueue, onDelete }: HeldTicket): () => TicketAtHand['acts'] {
  const copies = useTicketCopies();
  const held = (): TicketAtHand => {
    const edits = Object.entries(FIELDS).map(([act, field]) => [act, () => void goToField(area.current, field)]);
    return {
      key: ticketKey,
      acts: {
        ...(mayWrite && Object.fromEntries(edits)),
        ...(mayQueue && { QUEUE_RUN: () => area.current?.querySelector<HTMLElement>('[data-act="queue-run"]')?.click() }),
        COPY_LINK: () => copies.link(ticketKey),
        COPY_KEY: () => copies.key(ticketKey),
        ...(onDelete && { DELETE: onDelete }),
      },
    };
  };
  // its panel, too, has a bar of buttons
  useTicketPlace({ area: () => area.current?.closest('aside') ?? area.current, ticket: held });
  return () => held().acts;
}
