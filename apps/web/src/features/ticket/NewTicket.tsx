import { useLocation, useParams } from '@tanstack/react-router';
import { useEffect, useEffectEvent } from 'react';
import { isCovered, isTyping, keyOf } from '../shell/keys.ts';
import { useLater } from '../shell/useLater.ts';
import { closeNewTicket, openNewTicket, useNewTicketOpened } from './new-ticket.ts';
import { useWritableProjects } from './useWritableProjects.ts';

const load = () => import('./NewTicketDialog.tsx');

/** Listens for C, which opens the dialog of a new ticket. On a board it opens a field in a column instead. */
export function NewTicket() {
  const opened = useNewTicketOpened();
  const Dialog = useLater(load, opened, closeNewTicket);
  const { boardId } = useParams({ strict: false });
  const { pathname } = useLocation();
  const offered = useWritableProjects().length > 0 && boardId === undefined;

  const onKey = useEffectEvent((event: KeyboardEvent) => {
    if (!offered || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
    if (keyOf(event) !== 'c' || isTyping(event) || isCovered(event)) return;
    event.preventDefault();
    openNewTicket();
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => onKey(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
  // it belongs to the page that it was opened on: the way back closes it, and its draft is kept
  useEffect(() => closeNewTicket, [pathname]);

  return Dialog && <Dialog opened={opened} onClose={closeNewTicket} />;
}
