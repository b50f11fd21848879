import { useApolloClient } from '@apollo/client/react';
import { useCallback } from 'react';
import { describeError } from '../shell/error/describe-error.ts';
import { TicketDocument, TicketHistoryDocument, UpdateTicketDocument, type UpdateTicketMutationVariables } from './ticket.generated.ts';
import type { Ticket } from './useTicket.ts';

type Input = UpdateTicketMutationVariables['input'];

/** Somebody else changed the same field meanwhile. */
export class FieldConflict extends Error {
  constructor(
    /** Who it was; empty when the log does not say. */
    readonly by: string,
    /** The ticket as it is now. */
    readonly fresh: Ticket,
  ) {
    super('The field was changed by somebody else');
  }
}

function fieldOf(ticket: Ticket, field: keyof Input): unknown {
  return field === 'assigneeId' ? (ticket.assignee?.id ?? null) : ticket[field];
}
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * Saves fields of a ticket, as it stood in `base` when the person began. Changes of other fields by others do not stand in the
 * way; a change of the same field throws FieldConflict. Answers with the ticket as it is then.
 */
export function useUpdateTicket(): (base: Ticket, input: Input) => Promise<Ticket> {
  const client = useApolloClient();
  return useCallback(
    async (base, input) => {
      const save = async (version: number): Promise<Ticket> => {
        const { data } = await client.mutate({ mutation: UpdateTicketDocument, variables: { id: base.id, version, input } });
        return data?.updateTicket ?? base;
      };
      try {
        return await save(base.version);
      } catch (error) {
        if (describeError(error).code !== 'STALE_VERSION') throw error;
        const { data } = await client.query({ query: TicketDocument, variables: { key: base.key }, fetchPolicy: 'network-only' });
        const fresh = data?.ticket;
        if (!fresh) throw error;
        const fields = Object.keys(input) as (keyof Input)[];
        if (fields.every((field) => same(fieldOf(fresh, field), fieldOf(base, field)))) return save(fresh.version);
        const history = await client.query({ query: TicketHistoryDocument, variables: { id: base.id, first: 20 }, fetchPolicy: 'network-only' });
        const steps = [...(history.data?.ticket?.activity.nodes ?? [])].sort((a, b) => b.seq - a.seq);
        const step = steps.find(({ changes }) => typeof changes === 'object' && changes !== null && fields.some((field) => field in changes));
        throw new FieldConflict(step?.actor?.name ?? '', fresh);
      }
    },
    [client],
  );
}
