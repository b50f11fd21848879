import { lazy, memo, Suspense, useDeferredValue, useEffect, useState } from 'react';
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
 * in pieces, and not at all where the key after it came first. What opens or closes it is answered by the panel alone, too: the columns, whose
 * cards are all laid out anew for another width, take their room or leave it once that is painted.
 */
export function BoardPeek({ ticketKey, follows, ...acts }: BoardPeekProps) {
  const drawn = useDeferredValue(ticketKey);
  const cameByWalking = useDeferredValue(follows);
  const wasOpen = useAsPainted(ticketKey !== undefined);
  if (ticketKey === undefined) return wasOpen ? <div className={classes.peekLeaving} /> : null;
  const waiting = <aside className={classes.peekWaiting} />;
  if (drawn === undefined) return waiting;
  return (
    <Suspense fallback={waiting}>
      <TicketPeek key={drawn} ticketKey={drawn} follows={cameByWalking} {...acts} />
    </Suspense>
  );
}

/** What something was when it was painted last. */
function useAsPainted(now: boolean): boolean {
  const [painted, setPainted] = useState(now);
  useEffect(() => {
    if (painted === now) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // the task after a frame
    const frame = requestAnimationFrame(() => (timer = setTimeout(() => setPainted(now))));
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [painted, now]);
  return painted;
}
