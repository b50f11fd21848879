import { lazy, memo, Suspense, useDeferredValue } from 'react';
import { withTexts } from '../../i18n/index.ts';
import classes from './Board.module.css';

const TicketPeek = memo(lazy(withTexts(() => import('../ticket/TicketPeek.tsx').then((module) => ({ default: module.TicketPeek })))));

export interface BoardPeekProps {
  ticketKey: string | undefined;
  follows: boolean;
  /** Both stay the same: a ticket is drawn anew only when it is another. */
  onClose: () => void;
  onOpenPage: (key: string) => void;
}

/**
 * The ticket beside the board. A key that goes on to the next card is answered by the board at once: all of that ticket is drawn after it,
 * in pieces, and not at all where the key after it came first.
 */
export function BoardPeek({ ticketKey, follows, ...acts }: BoardPeekProps) {
  const drawn = useDeferredValue(ticketKey);
  const cameByWalking = useDeferredValue(follows);
  if (ticketKey === undefined) return null;
  const waiting = <aside className={classes.peekWaiting} />;
  if (drawn === undefined) return waiting;
  return (
    <Suspense fallback={waiting}>
      <TicketPeek key={drawn} ticketKey={drawn} follows={cameByWalking} {...acts} />
    </Suspense>
  );
}
