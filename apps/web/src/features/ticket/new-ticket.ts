import { createSignal } from '../shell/signal.ts';

const opened = createSignal(false);

export const useNewTicketOpened = opened.use;
/** Opens the dialog that makes a ticket in any project, over whatever page is there. */
export const openNewTicket = (): void => opened.set(true);
export const closeNewTicket = (): void => opened.set(false);

/** Shows a ticket that was just made, and says whether it is one of those asked for. */
export type ShowsMade = (ticketKey: string) => Promise<boolean>;
const list = createSignal<ShowsMade | null>(null);

/** The list of tickets that is on the screen; called when it leaves. */
export function setListOnScreen(shows: ShowsMade): () => void {
  list.set(shows);
  return () => {
    if (list.get() === shows) list.set(null);
  };
}

/** Has the list on the screen show a ticket. Null: there is none, or it cannot be asked now. */
export async function showInList(ticketKey: string): Promise<boolean | null> {
  return (
    (await list
      .get()?.(ticketKey)
      .catch(() => null)) ?? null
  );
}

const LAST_PROJECT = 'trainyard.new-ticket.project';

/** The project in which this browser made a ticket last. */
export const lastProjectId = (): string | null => localStorage.getItem(LAST_PROJECT);
export const rememberProject = (id: string): void => localStorage.setItem(LAST_PROJECT, id);
