import type { ApolloCache } from '@apollo/client';
import { isShownBefore, type ShownRun } from '@trainyard/domain';
import { CardRunFragmentDoc } from '../training/run-cards.generated.ts';
import { newsPart } from '../activity/news.ts';
import { runNews, writeRunCards } from '../training/run-cards.ts';
import { KeptTicketFragmentDoc, TicketAgeFragmentDoc, TicketNewsFragmentDoc, type SentTicketFragment, type TicketAgeFragment } from './card.generated.ts';

type SentTicket = Omit<SentTicketFragment, ' $fragmentName'>;

/**
 * Carries tickets from the server to the cache in one broadcast. Pages, events and answers overtake each other:
 * an older ticket never replaces a newer one, nor a run the one that a card shows before it.
 */
export function writeTickets(cache: ApolloCache, tickets: readonly SentTicket[]): void {
  if (tickets.length === 0) return;
  cache.batch({
    update(batch) {
      writeRunCards(
        batch,
        tickets.flatMap((ticket) => ticket.latestRun ?? []),
      );
      for (const ticket of tickets) {
        const id = batch.identify(ticket);
        const known = batch.readFragment({ id, fragment: TicketAgeFragmentDoc, fragmentName: 'TicketAge' });
        if (known && known.version > ticket.version) continue;
        const shown = shownRun(batch, known?.latestRun ?? null, ticket.latestRun);
        const latestRun = shown && { __typename: shown.__typename, id: shown.id };
        batch.writeFragment({ id, fragment: KeptTicketFragmentDoc, fragmentName: 'KeptTicket', data: { ...ticket, latestRun } });
      }
    },
  });
}

/** Of a ticket that came more than once the last; runs first, for which of them a card shows is decided by how they stand. */
export const ticketNews = newsPart(TicketNewsFragmentDoc, (cache, sent) => {
  runNews.write(cache, sent);
  writeTickets(cache, [...new Map(sent.flatMap(({ tickets }) => tickets).map((ticket) => [ticket.id, ticket])).values()]);
});

/** A run that reports becomes the one its card shows, unless another comes before it. */
export function attachRuns(cache: ApolloCache, runs: readonly (ShownRun & { id: string; ticketId: string; queuedAt: string })[]): void {
  for (const run of runs) {
    const id = cache.identify({ __typename: 'Ticket', id: run.ticketId });
    const known = cache.readFragment({ id, fragment: TicketAgeFragmentDoc, fragmentName: 'TicketAge' });
    if (!known || (known.latestRun && (known.latestRun.id === run.id || !isShownBefore(run, known.latestRun)))) continue;
    cache.writeFragment({
      id,
      fragment: TicketAgeFragmentDoc,
      fragmentName: 'TicketAge',
      data: { ...known, latestRun: { __typename: 'RunCard', id: run.id, number: run.number, state: run.state, queuedAt: run.queuedAt } },
    });
  }
}

/** Of the run known and the one sent the one a card shows; each as the cache has it now. */
function shownRun(cache: ApolloCache, known: TicketAgeFragment['latestRun'], sent: SentTicket['latestRun']): TicketAgeFragment['latestRun'] {
  if (!known || !sent || known.id === sent.id) return sent ?? known;
  const sentNow = cache.readFragment({ id: cache.identify(sent), fragment: CardRunFragmentDoc, fragmentName: 'CardRun' }) ?? sent;
  return isShownBefore(known, sentNow) ? known : sent;
}
