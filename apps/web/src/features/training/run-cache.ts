import type { ApolloCache, Reference } from '@apollo/client';
import { isLive, type RunState } from '@trainyard/domain';
import type { TicketRunFragment } from './runs.generated.ts';

/** Shows a run that was just queued on its ticket, newest first, before any event arrives. */
export function addRunToTicket(cache: ApolloCache, ticketId: string, run: TicketRunFragment): void {
  const id = cache.identify({ __typename: 'Ticket', id: ticketId });
  if (!id) return;
  cache.modify<{ runs: readonly Reference[]; latestRun: Reference | null }>({
    id,
    fields: {
      runs(known = [], { readField, toReference }) {
        const added = toReference({ __typename: 'Run', id: run.id });
        return !added || known.some((one) => readField('id', one) === run.id) ? known : [added, ...known];
      },
      latestRun(known, { readField, toReference }) {
        // Another that trains stays the one the card shows.
        if (known && isLive(readField<RunState>('state', known) ?? 'QUEUED')) return known;
        return toReference({ __typename: 'RunCard', id: run.card.id }) ?? known;
      },
    },
  });
}
