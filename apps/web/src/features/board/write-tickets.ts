import type { ApolloCache } from '@apollo/client';
import { writeRunCards } from '../training/runCards.ts';
import { KeptTicketFragmentDoc, TicketAgeFragmentDoc, type SentTicketFragment } from './board.generated.ts';

type SentTicket = Omit<SentTicketFragment, ' $fragmentName'>;

/**
 * Carries tickets from the server to the cache in one broadcast. Pages, events and answers overtake each other:
 * an older ticket never replaces a newer one, nor an older run the newest.
 */
export function writeTickets(cache: ApolloCache, tickets: readonly SentTicket[]): void {
  if (tickets.length === 0) return;
  cache.batch({
    update(batch) {
      writeRunCards(batch, tickets.flatMap((ticket) => ticket.latestRun ?? []));
      for (const ticket of tickets) {
        const id = batch.identify(ticket);
        const known = batch.readFragment({ id, fragment: TicketAgeFragmentDoc, fragmentName: 'TicketAge' });
        if (known && known.version > ticket.version) continue;
        const newerRun = known?.latestRun && known.latestRun.number > (ticket.latestRun?.number ?? 0) ? known.latestRun : ticket.latestRun;
        const latestRun = newerRun && { __typename: newerRun.__typename, id: newerRun.id };
        batch.writeFragment({ id, fragment: KeptTicketFragmentDoc, fragmentName: 'KeptTicket', data: { ...ticket, latestRun } });
      }
    },
  });
}

/** A run queued elsewhere becomes the one its card shows, unless a newer one is shown. */
export function attachRuns(cache: ApolloCache, runs: readonly { id: string; ticketId: string; number: number }[]): void {
  for (const run of runs) {
    const id = cache.identify({ __typename: 'Ticket', id: run.ticketId });
    const known = cache.readFragment({ id, fragment: TicketAgeFragmentDoc, fragmentName: 'TicketAge' });
    if (!known || (known.latestRun && known.latestRun.number >= run.number)) continue;
    cache.writeFragment({
      id,
      fragment: TicketAgeFragmentDoc,
      fragmentName: 'TicketAge',
      data: { ...known, latestRun: { __typename: 'RunCard', id: run.id, number: run.number } },
    });
  }
}
