import { useLocation, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useLater } from '../shell/useLater.ts';
import { usePageKeys } from '../shell/usePageKeys.ts';
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

  usePageKeys((key) => {
    if (!offered || key !== 'c') return false;
    openNewTicket();
    return true;
  });
  // it belongs to the page that it was opened on: the way back closes it, and its draft is kept
  useEffect(() => closeNewTicket, [pathname]);

  return Dialog && <Dialog opened={opened} onClose={closeNewTicket} />;
}
